"""Words about ballots: what a number on a receipt says, why a ballot does not keep to the rules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.voting import receipt_codes
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.models.roll import Channel
from ratusz.participation.voting.queries import BallotEnd, ballot_end
from ratusz.participation.voting.registries import identity_adapters
from ratusz.participation.voting.rules import BallotFault, FaultKind

if TYPE_CHECKING:
    from ratusz.participation.voting.steps import Step

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
}
"""Codes of reasons of an annulment, in words."""
FROZEN = {
    "ballot": gettext_lazy("projects, costs and rules on the ballot (SHA-256)"),
    "ballot_list": gettext_lazy("list of projects as it was frozen (SHA-256)"),
    "rules": gettext_lazy("rules of the edition (SHA-256)"),
    "version": gettext_lazy("version of the program"),
}
"""What a vote froze when it was opened."""
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


STAFF_STATES = {
    "prepared": gettext_lazy("draft: being prepared"),
    "open": gettext_lazy("sent: residents vote"),
    "closed": gettext_lazy("with: the committee, verification"),
    "verified": gettext_lazy("approved: verification ended"),
    "stripped": gettext_lazy("with: the committee, to be opened"),
    "opened": gettext_lazy("with: the coordinator, to be counted"),
    "counted": gettext_lazy("closed: counted"),
}
"""Where a vote stands, beginning with one of the five words for state."""


def staff_state(vote: Vote, at: datetime) -> str:
    """Where a vote stands, for staff; an open one before its hour waits for it."""
    if vote.state == Vote.State.OPEN and at < vote.opens_at:
        return _("approved: opens at its hour")
    return str(STAFF_STATES[vote.state])


def way_in(vote: Vote) -> str:
    """How voters are known, in words."""
    return str(identity_adapters[vote.identity].name) if vote.identity in identity_adapters else vote.identity


def step_state(step: Step) -> str:
    """Done, now, or later."""
    if step.is_done:
        return _("done")
    if step.is_now:
        return _("now, but something stops it") if step.stops else _("now")
    return _("later")


def channel(code: str) -> str:
    """A way of voting in words."""
    return str(dict(Channel.choices).get(code, code))


SIGNALS = {
    "line": gettext_lazy("many ballots over one line"),
    "phone": gettext_lazy("telephones at their limit"),
    "ages": gettext_lazy("one age band far more often than elsewhere"),
    "burst": gettext_lazy("far more ballots of a district than usual in one hour"),
    "officer": gettext_lazy("one officer too quickly"),
}
"""Signals of anomalies.py in words."""
