"""Words about a vote as a whole, for staff and the public log: where it stands, its steps, what it froze, odd ballots and rows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.models.roll import Channel
from ratusz.participation.voting.registries import identity_adapters

if TYPE_CHECKING:
    from ratusz.participation.voting.steps import Step

CARD_PARTS = {
    "person": gettext_lazy("the person"),
    "guardian": gettext_lazy("the guardian"),
    "why": gettext_lazy("whether the card is valid"),
}
"""Parts of a paper card that are no project, in words."""
ROW_FAULTS = {
    "pesel_not_eleven_digits": gettext_lazy("the PESEL has not eleven digits"),
    "pesel_lost_zero": gettext_lazy("the PESEL lost its first zero: set the column to text in the spreadsheet"),
    "pesel_checksum": gettext_lazy("there is a slip in the PESEL: its check digit does not fit"),
    "pesel_date": gettext_lazy("the PESEL names a day that does not exist"),
    "pesel_century": gettext_lazy("the PESEL names an impossible century"),
    "pesel_future": gettext_lazy("the PESEL names a day of birth in the future"),
    "pesel_too_old": gettext_lazy("the PESEL names an age over 115"),
    "pesel_odd": gettext_lazy("the PESEL is one digit eleven times: ask where it comes from"),
    "district": gettext_lazy("this district is not in the edition"),
    "no_name": gettext_lazy("there is no name"),
    "no_street": gettext_lazy("there is no address"),
    "born": gettext_lazy("the date of birth cannot be read or nobody is that old"),
    "repeated": gettext_lazy("this person stands in the file already; taken once"),
    "repeated_differs": gettext_lazy("this person stands in the file already with another district; the first row is taken"),
    "cells": gettext_lazy("the row has too few cells"),
}
"""What is wrong with a row of a register file, in words."""
FROZEN = {
    "ballot": gettext_lazy("projects, costs and rules on the ballot (SHA-256)"),
    "ballot_list": gettext_lazy("list of projects as it was frozen (SHA-256)"),
    "rules": gettext_lazy("rules of the edition (SHA-256)"),
    "version": gettext_lazy("version of the program"),
}
"""What a vote froze when it was opened."""
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
