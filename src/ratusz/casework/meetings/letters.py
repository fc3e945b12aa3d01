"""What each notice says: subject, paragraphs, one button; pure words, in the language of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.meetings.models import Meeting, Registration
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.dates import polish_moment, polish_until


@dataclass(frozen=True)
class Letter:
    """One message. The subject alone is what a text message says, so it says everything that matters."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    has_calendar: bool = False
    has_door_code: bool = False


def letter_of(mine: Registration, event: str, facts: dict[str, Any], at: datetime) -> Letter | None:
    """The words of a notice; None when it says nothing any more, such as a reminder of a meeting that was cancelled since."""
    return WRITERS[event](mine, facts, at)


def _where_when(meeting: Meeting) -> str:
    where = str(meeting.place) if meeting.place else _("online: %(link)s") % {"link": meeting.joining_link}
    return _("%(title)s: %(moment)s, %(where)s.") % {
        "title": meeting.title,
        "moment": polish_moment(meeting.starts_at),
        "where": where,
    }


def _short(mine: Registration) -> dict[str, str]:
    return {"title": mine.meeting.title, "moment": polish_moment(mine.meeting.starts_at), "code": mine.door_code}


def _signature(meeting: Meeting) -> str:
    return _("Questions? %(contact)s") % {"contact": meeting.contact} if meeting.contact else ""


def _seats(mine: Registration) -> str:
    words = ngettext("You have %(count)d place.", "You have %(count)d places.", mine.persons) % {"count": mine.persons}
    said = _("Your registration says:")
    return f"{words} {said} {mine.group.name}." if mine.group else words


def _at_the_door() -> str:
    return _("At the door show the picture from this message or say the code. You may also just give the name you registered with.")


def _confirm(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    if facts["sms_code"]:
        words = _("%(sms)s is your code to confirm the registration: %(title)s.")
        return Letter(words % {**_short(mine), "sms": facts["sms_code"]}, ())
    paragraphs = (
        _("Somebody, we think you, registered this address for:"),
        _where_when(mine.meeting),
        _what_is_kept(mine),
        _("Was it not you? Do nothing: without your word the registration ends by itself."),
        _signature(mine.meeting),
    )
    return Letter(
        _("Confirm your registration: %(title)s, %(moment)s") % _short(mine), paragraphs, _("To the page of my registration")
    )


def _what_is_kept(mine: Registration) -> str:
    if mine.waiting_since:
        return _("All places are taken. Open the page and press the button within 30 minutes: then you are on the waiting list.")
    return _("Open the page and press the button within 30 minutes: so long we keep your place. Later the place may be taken.")


def _again(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _("This address is registered already, so we made no second registration. Your page has everything:"),
        _where_when(mine.meeting),
        _("There you can change the registration or give up the place. Was it not you? Nothing has changed."),
    )
    return Letter(_("You are registered already: %(title)s, %(moment)s") % _short(mine), paragraphs, _("My registration"))


def _pending(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _where_when(mine.meeting),
        _("The organiser looks through the registrations. We write to you as soon as yours is decided."),
    )
    return Letter(_("We have your registration, the organiser decides: %(title)s") % _short(mine), paragraphs, _("My registration"))


def _seat(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _("We wait for you:"),
        _where_when(mine.meeting),
        _seats(mine),
        _("Code for the door: %(code)s") % _short(mine),
        _at_the_door(),
        _access(mine.meeting),
        _("Cannot you come? Give up the place on your page: somebody else will get it."),
        _signature(mine.meeting),
    )
    words = _("You have a place: %(title)s, %(moment)s. Code for the door: %(code)s")
    return Letter(words % _short(mine), paragraphs, _("My place"), has_calendar=True, has_door_code=True)


def _access(meeting: Meeting) -> str:
    place = meeting.place
    if place is None:
        return ""
    said = [
        _("entry without steps") if place.is_step_free else _("there are steps at the entry"),
        _("induction loop") if place.has_loop else "",
        _("accessible toilet") if place.has_accessible_toilet else "",
        _("sign-language (PJM) interpreter") if meeting.needs_interpreter else "", place.note,
    ]  # fmt: skip
    return _("The place: %(what)s.") % {"what": ", ".join(each for each in said if each)}


def _waiting(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _where_when(mine.meeting),
        _("All places are taken. You are number %(position)s on the waiting list.") % {"position": facts["position"]},
        _("When a place frees up we write to you at once. Answer then in time: the place goes to the next person otherwise."),
    )
    return Letter(_("You are on the waiting list: %(title)s, %(moment)s") % _short(mine), paragraphs, _("My registration"))


def _offer(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    if mine.offer_expires_at is None or mine.offer_expires_at <= at:
        return None
    until = {**_short(mine), "until": polish_until(mine.offer_expires_at)}
    paragraphs = (
        _("A place is free for you:"),
        _where_when(mine.meeting),
        ngettext("It is for %(count)d person.", "It is for %(count)d persons.", mine.persons) % {"count": mine.persons},
        _("Say %(until)s whether you take it. After that it goes to the next person.") % until,
    )
    return Letter(_("A place is free, answer %(until)s: %(title)s") % until, paragraphs, _("I take the place or give it up"))


def _offer_over(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _where_when(mine.meeting),
        _("You did not answer in time, so the place went to the next person. You may join the list again, at its end."),
    )
    return Letter(_("The place went to the next person: %(title)s") % _short(mine), paragraphs, _("Join the list again"))


def _given(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    words = _("A place freed up and it is yours: %(title)s, %(moment)s. Code for the door: %(code)s")
    paragraphs = (
        _("There is no time left to ask, so the place is yours:"),
        _where_when(mine.meeting),
        _seats(mine),
        _at_the_door(),
    )
    return Letter(words % _short(mine), paragraphs, _("My place"), has_calendar=True, has_door_code=True)


def _altered(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    return Letter(
        _("Your registration is changed: %(title)s") % _short(mine), (_where_when(mine.meeting), _seats(mine)), _("My registration")
    )


def _gave_up(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (
        _where_when(mine.meeting),
        _("Thank you for telling us. Have you changed your mind? You may register again on your page."),
    )
    return Letter(_("You gave up your place: %(title)s, %(moment)s") % _short(mine), paragraphs, _("My registration"))


def _declined(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    paragraphs = (_where_when(mine.meeting), _("The organiser could not accept your registration."), _signature(mine.meeting))
    return Letter(_("Your registration was not accepted: %(title)s") % _short(mine), paragraphs)


def _moved(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    move = facts["move"]
    if mine.meeting.state != State.ANNOUNCED or move is None:
        return None
    told = {**_short(mine), "old": polish_moment(move.was_starting_at), "reason": move.reason}
    paragraphs = (
        _("The meeting you registered for has a new day. It was to be on %(old)s.") % told,
        _where_when(mine.meeting),
        _("Why: %(reason)s") % told,
        _("Your place is kept. Tell us on your page whether you come on the new day or give the place up."),
        _signature(mine.meeting),
    )
    return Letter(_("New day: %(title)s, %(moment)s") % told, paragraphs, _("I come or I give up the place"), has_calendar=True)


def _called_off(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    told = {**_short(mine), "reason": mine.meeting.cancel_reason}
    paragraphs = (
        _("This meeting will not take place:"),
        _where_when(mine.meeting),
        _("Why: %(reason)s") % told,
        _signature(mine.meeting),
    )
    return Letter(_("Cancelled: %(title)s, %(moment)s") % told, paragraphs, has_calendar=True)


def _changed(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    if mine.meeting.state != State.ANNOUNCED:
        return None
    paragraphs = (
        _("The place or the hour changed. Now it is:"),
        _where_when(mine.meeting),
        _access(mine.meeting),
        _signature(mine.meeting),
    )
    return Letter(_("Change: %(title)s, %(moment)s") % _short(mine), paragraphs, _("My place"), has_calendar=True)


def _reminder(mine: Registration, facts: dict[str, Any], at: datetime) -> Letter | None:
    if mine.meeting.state != State.ANNOUNCED or at >= mine.meeting.starts_at or not mine.is_alive:
        return None
    paragraphs = (
        _where_when(mine.meeting),
        _seats(mine),
        _("Code for the door: %(code)s") % _short(mine),
        _at_the_door(),
        _("Cannot you come? Give up the place on your page: somebody else will get it."),
    )
    words = _("Reminder: %(title)s, %(moment)s. Code for the door: %(code)s")
    return Letter(words % _short(mine), paragraphs, _("My place"), has_door_code=True)


WRITERS = {
    "confirm": _confirm, "again": _again, "pending": _pending, "seat": _seat, "waiting": _waiting, "offer": _offer,
    "offer_over": _offer_over, "given": _given, "altered": _altered, "gave_up": _gave_up, "declined": _declined, "moved": _moved,
    "called_off": _called_off, "changed": _changed, "in_days": _reminder, "in_hours": _reminder,
}  # fmt: skip
