"""Words about ballots, in three languages: what a number on a receipt says, why a ballot does not keep to the rules."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.voting import receipt_codes
from ratusz.participation.voting.queries import BallotEnd, ballot_end
from ratusz.participation.voting.rules import SECOND_BALLOT, BallotFault, FaultKind

EXAMPLE = receipt_codes.shown(receipt_codes.code_of(b""))
STATES = {
    "accepted": gettext_lazy("accepted: the sealed ballot is in the box"),
    "in_verification": gettext_lazy("in verification: people look at whether it may count"),
    "superseded": gettext_lazy("replaced by a later ballot of the same person"),
    "annulled": gettext_lazy("annulled"),
    "to_count": gettext_lazy("apart from its voter, waits to be opened and counted"),
    "counted": gettext_lazy("counted"),
}
REASONS = {
    "not_me": gettext_lazy("the person says that somebody else cast it"),
    "false_declaration": gettext_lazy("the declaration was not true"),
    "double_identity": gettext_lazy("one person voted under two identities"),
    "not_entitled": gettext_lazy("the person may not vote in this city"),
    "paper_invalid": gettext_lazy("the paper card is not valid"),
    "cast_for_others": gettext_lazy("one person cast it for others without their will"),
    SECOND_BALLOT: gettext_lazy("a second ballot of the person came in, and by the rules none of them counts"),
}
"""Codes of reasons of an annulment, in words."""
ASKED_FOR = {code: words for code, words in REASONS.items() if code != SECOND_BALLOT}
"""Those for which people annul."""
FAULTS = {
    FaultKind.EMPTY: gettext_lazy("Give at least one point: an empty ballot cannot be cast."),
    FaultKind.UNKNOWN_POOL: gettext_lazy("This part is not on the ballot. Open the ballot again."),
    FaultKind.NOT_YOUR_DISTRICT: gettext_lazy("You vote in one district. Take back the points in the other one."),
    FaultKind.UNKNOWN_PROJECT: gettext_lazy("A project that is not on this part of the ballot got points. Open the ballot again."),
    FaultKind.REPEATED_PROJECT: gettext_lazy("Each project stands once, with its own place."),
    FaultKind.TOO_FEW: gettext_lazy("You have to choose more projects here."),
    FaultKind.TOO_MANY: gettext_lazy("There are too many projects here. Take some back."),
    FaultKind.NO_POINTS: gettext_lazy("Points are whole numbers from 1."),
    FaultKind.TOO_MANY_POINTS: gettext_lazy("There are more points here than you have. Take some back."),
    FaultKind.TOO_MANY_FOR_ONE: gettext_lazy("One project got more points than it may get."),
    FaultKind.UNUSED_POINTS: gettext_lazy("Use all your points here."),
    FaultKind.OVER_THE_POOL: gettext_lazy("Together these projects cost more than there is money."),
}


def state(end: BallotEnd) -> str:
    """What became of a ballot, with the reason where there is one."""
    words = str(STATES[end.state])
    return f"{words}: {REASONS.get(end.reason, end.reason)}" if end.reason else words


def fault(found: BallotFault) -> str:
    """What to mend in a part of the ballot."""
    return str(FAULTS[found.kind])


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """What "check by number" says of a ballot; never the choice."""
    code = receipt_codes.read_code(typed)
    end = ballot_end(code) if code else None
    if end is None:
        return None
    facts = ((_("Edition"), str(end.vote.edition)),)
    return Receipt(_("Ballot of the participatory budget"), state(end), reverse("voting:log", args=[end.vote.edition.slug]), facts)
