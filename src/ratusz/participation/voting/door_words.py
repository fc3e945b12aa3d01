"""Words for staff about the ways in: why one of them cannot be used now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ratusz.participation.voting.adapters.node import NodeAway, missing


def node_stop(problem: NodeAway) -> str:
    """What is not right with the settings of login.gov.pl, and who mends it."""
    if absent := missing():
        return _("login.gov.pl is not connected. Whoever runs the server sets: {names}.").format(names=", ".join(absent))
    return _(
        "A key or a certificate for login.gov.pl is missing, cannot be read or is of another kind than P-256 or RSA."
        " Whoever runs the server looks into the folder RATUSZ_NODE_KEYS."
    )
