"""Words of codes that stand on screens."""

from __future__ import annotations

from django.utils.translation import gettext as _


def reasons() -> dict[str, str]:
    """Why a paper card does not count, the same codes as in every consultation."""
    return {
        "N01": _("data missing or incomplete"), "N02": _("the same person once more"), "N03": _("not a resident of the district"),
        "N04": _("not a resident of the city"), "N05": _("illegible card"), 
        "N06": _("no answer marked, or several where one is asked"),
        "N07": _("no signature where it is needed"), "N08": _("handed in after the end"), "N09": _("form of another survey"),
    }  # fmt: skip
