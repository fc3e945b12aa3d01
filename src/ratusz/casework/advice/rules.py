"""Who may do what at a consultation point, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.casework.advice import terms
from ratusz.casework.advice.models import Appointment, State
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.plain_numbers import long_number
from ratusz.foundation.units.rules import holds_department_role, holds_role

MANAGE = ("head", "deputy_head", "editor", "budget_coordinator")
BOOKINGS, BOOKINGS_WITHIN = 10, timedelta(hours=1)
"""Forms sent from one connection within an hour."""
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


class AdviceRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """`see` (numbers), `serve` (the day, appointments, the log), `manage` (points and their hours).

    The department manages and serves, the service desk serves, the data-protection officer sees.
    """
    if holds_department_role(person, *MANAGE, at=at):
        return True
    if deed in ("see", "serve") and holds_role(person, "desk_officer", at=at):
        return True
    return deed == "see" and holds_role(person, "data_protection_officer", at=at)


def check_may(person: Any, deed: str, object: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, object, at):
        raise NotYours


def check_contact(mine: int, at: datetime) -> None:
    """Raises AdviceRefused when one address or telephone has as many appointments, held or booked, as it may."""
    if mine >= terms.term("most_per_contact", at):
        raise AdviceRefused(gettext("This address or telephone has appointments already. Cancel one of them, or call us."))


def check_free(is_free: bool) -> None:
    """Raises AdviceRefused for a time that is taken, over or not offered."""
    if not is_free:
        raise AdviceRefused(gettext("Somebody took this time a moment ago, or it is too near. Choose another one."))


def check_state(appointment: Appointment, *states: str) -> None:
    """Raises AdviceRefused when the appointment does not stand where the deed needs it."""
    if appointment.state not in states:
        raise AdviceRefused(gettext("This appointment has changed a moment ago. Look at it again."))


def check_nobody_named(*texts: str) -> None:
    """Raises AdviceRefused for a text with an e-mail address, a telephone or a personal number: the log names nobody."""
    for text in texts:
        mailbox = MAILBOX.search(text)
        if found := mailbox.group() if mailbox else long_number(text):
            words = gettext("The log names nobody: take out “%(found)s”. Whoever waits for an answer is entered as a request.")
            raise AdviceRefused(words % {"found": found})


def check_topic(code: str, at: datetime) -> None:
    """Raises AdviceRefused for a topic that the list does not have."""
    if code not in terms.topics_on(local_day(at)):
        raise AdviceRefused(gettext("Choose a topic from the list."))


def check_happened(happened_at: datetime, at: datetime) -> None:
    """Raises AdviceRefused for a conversation that is still ahead."""
    if happened_at > at:
        raise AdviceRefused(gettext("This moment is still ahead. Write when the conversation took place."))


def is_cancellable(appointment: Appointment, at: datetime) -> bool:
    """Whether the person may still call it off: until it begins."""
    return appointment.state in (State.HELD, State.BOOKED) and at < appointment.starts_at
