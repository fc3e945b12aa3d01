"""Who may do what with applications for consultations, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day, polish_date, polish_until
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import Application, ApplicationState
from ratusz.participation.consultations.models.applications import OPEN

HEADS = ("head", "deputy_head")
CLERKS = (*HEADS, "editor")
DEEDS = {
    "see": CLERKS,
    "enter": CLERKS,
    "read_people": CLERKS,
    "check": CLERKS,
    "note": CLERKS,
    "decide": HEADS,
    "set_terms": HEADS,
}
"""Deed to the roles of the department that do it. `decide` writes down what the President decided."""
CALL, REPLY, DECISION = "application.completion_call", "application.completion_reply", "application.decision"
APPEAL, COUNCIL = "application.appeal", "application.council"
SENDS, SENDS_WITHIN = 10, timedelta(hours=1)


class ApplicationRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, application: Application | None, at: datetime) -> bool:
    """Deeds of the department by its roles; the service desk enters papers, the data-protection officer sees."""
    if deed in ("see", "enter") and holds_role(person, "desk_officer", at=at):
        return True
    if deed in ("see", "read_people") and holds_role(person, "data_protection_officer", at=at):
        return True
    return holds_department_role(person, *DEEDS[deed], at=at)


def check_may(person: Any, deed: str, application: Application | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, application, at):
        raise NotYours


def check_state(application: Application, *states: str) -> None:
    """Raises ApplicationRefused when the application has moved on."""
    if application.state not in states:
        raise ApplicationRefused(moved_on_words())


def moved_on_words() -> str:
    """What is told of a deed that came too late."""
    return _("This application has moved on a moment ago. Look where it stands now.")


def check_words(words: str) -> str:
    """The words without spaces around; raises ApplicationRefused when there are none."""
    if not words.strip():
        raise ApplicationRefused(_("Write the words: the applicant gets exactly these, and everybody reads them in the register."))
    return words.strip()


def check_reasons(words: str, at: datetime) -> str:
    """The words of a refusal without spaces around; raises ApplicationRefused for fewer letters than the pack asks for."""
    words, least = check_words(words), terms.term("refusal_reasons_min", at)
    if len(words) < least:
        raise ApplicationRefused(
            ngettext(
                "A refusal needs reasons: what was weighed and why it speaks against it. Write at least %(least)s letter.",
                "A refusal needs reasons: what was weighed and why it speaks against it. Write at least %(least)s letters.",
                least,
            )
            % {"least": least}
        )
    return words


def check_areas(areas: list[Any]) -> None:
    """Raises ApplicationRefused for an application without a scope."""
    if not areas:
        raise ApplicationRefused(_("Say whom it concerns: the whole city, districts, or an area drawn on the map."))


def check_complete(application: Application, valid: int, waits: bool) -> None:
    """Raises ApplicationRefused while too few supporters count, or something of their lists is still to be read."""
    if waits:
        raise ApplicationRefused(_("Some lines of the lists are still to be typed or looked at. Finish them first."))
    missing = application.needed - valid
    if missing > 0:
        words = ngettext(
            "%(valid)s supporters of %(needed)s count: %(missing)s is missing. Call the applicant to complete the list.",
            "%(valid)s supporters of %(needed)s count: %(missing)s are missing. Call the applicant to complete the list.",
            missing,
        )
        raise ApplicationRefused(words % {"valid": valid, "needed": application.needed, "missing": missing})


def check_received(day: date, at: datetime) -> None:
    """Raises ApplicationRefused for a day that is still ahead."""
    if day > local_day(at):
        raise ApplicationRefused(_("This day is still ahead. Write the day on which it came."))


def check_session_over(application: Application, at: datetime) -> None:
    """Raises ApplicationRefused for a resolution of a session that is still ahead."""
    if application.session_on and application.session_on > local_day(at):
        words = _("The session is on %(day)s. Write its resolution after it, or correct the day of the session.")
        raise ApplicationRefused(words % {"day": polish_date(application.session_on)})


def check_appeal(application: Application, due_at: datetime | None, at: datetime) -> None:
    """Raises ApplicationRefused for an appeal that is not due or comes too late."""
    if application.state != ApplicationState.REFUSED:
        raise ApplicationRefused(_("Only a refusal can be appealed against."))
    if due_at is not None and due_at <= at:
        words = _("The term of the appeal is over: it ran %(until)s. You may apply anew, or write a petition.")
        raise ApplicationRefused(words % {"until": polish_until(due_at)})


def is_withdrawable(application: Application) -> bool:
    """Whether the applicant may still take it back."""
    return application.state in (ApplicationState.DRAFT, ApplicationState.COLLECTING, *OPEN, ApplicationState.APPEALED)
