"""What may be done with groups of remarks, and what is refused in which words; pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

LONGEST_NAME = 200


class GroupingRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


def check_open(consultation: Any) -> None:
    """Raises GroupingRefused once the report is published: groups stand in it."""
    if consultation.reported_at is not None:
        raise GroupingRefused(
            _("The report is published and its groups stand in it. A correction is made in a new version of the report.")
        )


def checked_name(name: str) -> str:
    """The name with single spaces. Raises GroupingRefused for none or a too long one."""
    name = " ".join(name.split())
    if not name:
        raise GroupingRefused(_("Give the group a name that says what its remarks are about."))
    if len(name) > LONGEST_NAME:
        raise GroupingRefused(_("The name is longer than 200 characters. Shorten it."))
    return name


def check_chosen(remarks: Collection[Any]) -> None:
    """Raises GroupingRefused when nothing was chosen."""
    if not remarks:
        raise GroupingRefused(_("Choose at least one remark."))


def check_leaves_some(chosen: int, whole: int) -> None:
    """Raises GroupingRefused when a split would leave nothing behind: that is a new name."""
    if chosen >= whole:
        raise GroupingRefused(_("You chose all remarks of the group. Leave at least one, or rename the group."))


def check_several(clusters: Collection[Any]) -> None:
    """Raises GroupingRefused for fewer than two groups."""
    if len(clusters) < 2:
        raise GroupingRefused(_("Choose at least two groups to merge."))


def check_undecided(proposal: Any) -> None:
    """Raises GroupingRefused when somebody was faster."""
    if proposal.state != proposal.State.OPEN:
        raise GroupingRefused(_("Somebody decided on this proposal a moment ago. Look at the groups again."))
