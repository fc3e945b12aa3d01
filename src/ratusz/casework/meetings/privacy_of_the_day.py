"""Where personal data lie in what is said and filed at meetings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.models import MeetingRequest, Question
from ratusz.casework.meetings.privacy import TASK
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of

REQUEST = "art. 6 ust. 1 lit. c RODO w związku z działem VIII KPA: przyjęcie i załatwienie wniosku; do potwierdzenia z IOD"


def _requests_at(addresses: Iterable[Address]):
    return MeetingRequest.objects.filter(address__in=list(addresses)).select_related("scan").order_by("pk")


def _questions_at(addresses: Iterable[Address]):
    addresses = list(addresses)
    theirs = Q(registration__address__in=addresses) | Q(registration__second_address__in=addresses)
    return Question.objects.filter(theirs).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    count = actions.erase_questions(questions=_questions_at([address]))
    return count + actions.erase_requests(requests=_requests_at([address]))


def _export_requests(person: Any) -> Iterable[dict[str, Any]]:
    rows = _requests_at(addresses_of(person))
    return rows.values("number", "meeting__title", "filed_at", "subject", "text", "name", "address__value", "outcome", "scan__name")


def _export_questions(person: Any) -> Iterable[dict[str, Any]]:
    return _questions_at(addresses_of(person)).values("meeting__title", "asked_at", "text", "who", "state")


def register() -> None:
    """Fills the registry of personal data; `forget_the_day` cleans at night."""
    register_personal_data(
        MeetingRequest, fields=("name", "address", "text", "scan"), purpose=_("to accept a request at a meeting and answer it"),
        legal_basis=REQUEST,
        retention="rok od rozstrzygnięcia (według rodzaju spotkania); sprawa w EZD według wykazu akt (do potwierdzenia)",
        export=_export_requests, erase=lambda person: actions.erase_requests(requests=_requests_at(addresses_of(person))),
        kept_because=_("a request that is still to be dealt with, and its number and outcome (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    register_personal_data(
        Question, fields=("text", "who", "registration"), purpose=_("to answer questions at a meeting"), legal_basis=TASK,
        retention="30 dni po spotkaniu (według rodzaju spotkania)", export=_export_questions,
        erase=lambda person: actions.erase_questions(questions=_questions_at(addresses_of(person))),
        kept_because=_("that a question was asked: the numbers of the meeting (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    for name, reason in LOOKS_PERSONAL.items():
        not_personal.register(f"ratusz_meetings.{name}", reason)


STAFF = "kto z urzędu zrobił: część wewnętrznego zapisu sprawy"
LOOKS_PERSONAL = {
    "AgendaItem.owner": "stanowisko albo wydział, słownie",
    "AgendaVersion.published_by": STAFF,
    "CheckIn.let_in_by": STAFF,
    "ChecklistItem.done_by": STAFF,
    "ChecklistItem.owner": STAFF,
    "MeetingRequest.triaged_by": STAFF,
    "MeetingRequest.written_by": STAFF,
    "Speaker.who": "słowa, które osoba podała na ekran sali; znikają 30 dni po spotkaniu",
    "UnitReply.answered_by": STAFF,
    "UnitReply.asked_by": STAFF,
    "Voice.answered_by": "stanowisko osoby urzędowej",
    "Voice.triaged_by": STAFF,
    "Voice.who": "rola i dzielnica, bez nazwiska",
    "Voice.written_by": STAFF,
}
