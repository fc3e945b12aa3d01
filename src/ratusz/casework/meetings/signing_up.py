"""When people may register, and how; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import Through
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day

HOLD = timedelta(minutes=30)
"""How long a seat, or the place in the line, waits for the address to be confirmed."""
LINK_LIVES = timedelta(days=30)
"""After the end of the meeting."""
MOST_PERSONS = 5
CODE_TRIES = 5
OPEN_TO_ALL = ("open", "accreditation", "slot")
SENDS, SENDS_WITHIN = 20, timedelta(hours=1)
"""Registrations from one connection."""
TO_ONE_ADDRESS = 3
"""Registrations that write to one address within that time: nobody fills a stranger's mailbox."""


class SignUpRefused(ValueError):
    """Nobody can register so; the message says why and what to do."""


class AlreadyRegistered(SignUpRefused):
    """This address has a registration here. Shown to staff only: the website says nothing of who is registered."""

    def __init__(self, registration: Registration):
        super().__init__(_("This address is registered for this meeting already."))
        self.registration = registration


def why_closed(meeting: Meeting, at: datetime, through: str = Through.WEB) -> str:
    """In words why nobody can register in this way now; empty while they can."""
    kind = meeting.rules_of_kind
    if meeting.state == State.CANCELLED:
        return _("This meeting is cancelled.")
    if meeting.state != State.ANNOUNCED:
        return _("This meeting is not announced.") if meeting.state == State.DRAFT else _("This meeting is over.")
    if meeting.starts_at <= at:
        return _("The meeting has begun. You may still come: free seats are given at the door.")
    if kind.registration == "closed":
        return _("Nobody registers for this meeting: who comes is known.")
    if words := why_list_closed(meeting, at) if through == Through.WEB else "":
        return words
    if through == Through.WEB and kind.registration not in OPEN_TO_ALL:
        return _("This meeting is for invited people. Answer by the link in your invitation.")
    if through in (Through.PHONE, Through.DESK):
        return ""
    if meeting.registration_opens_at and at < meeting.registration_opens_at:
        return _("Registration opens on %(moment)s.") % {"moment": page_dates.moment(meeting.registration_opens_at)}
    if meeting.registration_closes_at and at >= meeting.registration_closes_at:
        return _("Registration is closed. You may still come: free seats are given at the door.")
    return ""


def list_closes_at(meeting: Meeting) -> datetime | None:
    """The first moment of the day of a meeting whose list is open until the day before; None for the others."""
    if not meeting.rules_of_kind.closes_day_before:
        return None
    return end_of_day(local_day(meeting.starts_at) - timedelta(days=1))


def speakers_of(meeting: Meeting) -> SeatGroup | None:
    """The group of those who want to speak, where the meeting has a list of speakers: its only group; None elsewhere."""
    if not meeting.rules_of_kind.closes_day_before:
        return None
    groups = [each for each in meeting.seat_groups.all() if not each.by_invitation]
    return groups[0] if len(groups) == 1 else None


def may_ask_to_speak(meeting: Meeting, at: datetime) -> bool:
    """Whether people may still say that they want to speak, or that they only listen."""
    return speakers_of(meeting) is not None and not why_list_closed(meeting, at)


def why_list_closed(meeting: Meeting, at: datetime) -> str:
    """In words why nobody comes on the list any more, by telephone and at the desk neither; empty while it is open."""
    closes_at = list_closes_at(meeting)
    if closes_at is None or at < closes_at:
        return ""
    last = page_dates.day(closes_at - timedelta(seconds=1))
    return _("The list was open until %(day)s, the day before. You may still come and listen.") % {"day": last}


def check_list_open(meeting: Meeting, at: datetime) -> None:
    """Raises SignUpRefused."""
    if words := why_list_closed(meeting, at):
        raise SignUpRefused(words)


def came_at(registration: Registration, at: datetime) -> datetime:
    """What counts for a list with a last day: whoever came in time has half an hour for the address, past midnight too."""
    return registration.made_at if registration.meeting.rules_of_kind.closes_day_before and holds(registration, at) else at


def check_open(meeting: Meeting, at: datetime, through: str = Through.WEB) -> None:
    """Raises SignUpRefused."""
    if words := why_closed(meeting, at, through):
        raise SignUpRefused(words)


def is_judged(meeting: Meeting) -> bool:
    """Whether each registration waits for the organiser's word."""
    return meeting.is_moderated or meeting.rules_of_kind.registration == "accreditation"


def link_ends(meeting: Meeting) -> datetime:
    """From when on the personal link opens nothing."""
    return meeting.ends_at + LINK_LIVES


def holds(registration: Registration, at: datetime) -> bool:
    """Whether its address may still be confirmed with the seat or the place in the line it got on arrival."""
    end = registration.hold_expires_at
    return registration.standing == Standing.UNCONFIRMED and end is not None and at < end


def offer_holds(registration: Registration, at: datetime) -> bool:
    """At the exact moment of its end an offer is over."""
    end = registration.offer_expires_at
    return registration.standing == Standing.OFFERED and end is not None and at < end


def shown_standing(registration: Registration, at: datetime) -> str:
    """Where it stands by the clock, whether or not the sweep has been there."""
    is_over = registration.standing in (Standing.UNCONFIRMED, Standing.OFFERED)
    if is_over and not holds(registration, at) and not offer_holds(registration, at):
        return Standing.EXPIRED
    return registration.standing
