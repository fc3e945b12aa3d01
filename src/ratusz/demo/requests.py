"""Requests of residents and clocks of the demo city: new, late, extended, answered, refused; made-up texts, no address is real."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone

from ratusz.casework.deadlines.actions import start_clock
from ratusz.casework.requests import actions
from ratusz.casework.requests.models import Contact, Kind, Outcome, Request
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit

NAMESPACE = uuid.UUID("5c1d9f3e-3c52-4f53-9a0c-6a1d6a6f0f10")
REQUESTS = [
    # kind, days ago, text, more facts
    (Kind.ACCESSIBILITY, 1, "Czytnik ekranu nie czyta planu remontu, bo to skan. Potrzebuję listy ulic i dni.",
     {"place": "Plan remontu ulicy Kościuszki (PDF) na stronie aktualności", "wanted": "Ten sam plan jako tekst"}),
    (Kind.ACCESSIBILITY, 12, "Film z otwarcia parku nie ma napisów. Nie słyszę, więc nie wiem, co powiedziano.",
     {"place": "Film „Otwarcie parku” na stronie głównej", "wanted": "Napisy albo tekst"}),
    (Kind.ACCESSIBILITY, 20, "Na tablicy w holu rozkład pokoi wisi tak wysoko, że z wózka nie da się go przeczytać.",
     {"place": "Urząd, hol na parterze", "wanted": "Tablica niżej"}),
    (Kind.COMPLAINT, 4, "Prośba o napisy do filmu została bez odpowiedzi dłużej niż 7 dni.", {}),
    (Kind.INFORMATION, 2, "Proszę o listę umów na druk informatora miejskiego z 2025 roku: z kim, na ile, na jak długo.",
     {"wanted": "plik z arkuszem"}),
    (Kind.INFORMATION, 10, "Ile razy w 2025 roku Miasto zapłaciło za reklamę w mediach i komu?", {"wanted": "plik"}),
    (Kind.INFORMATION, 30, "Proszę o protokoły przeglądu placów zabaw z ostatnich trzech lat.", {"wanted": "kopie"}),
    (Kind.INFORMATION, 45, "Kto i kiedy zatwierdził projekt graficzny plakatów Roku Rzek?", {}),
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: a request is known by its place in the list."""
    report("wnioski i terminy")
    with acting(system("demo")):
        made = [_receive(number, *facts) for number, facts in enumerate(REQUESTS)]
        _answer(made)
        _other_clocks()


def _receive(number: int, kind: str, days: int, text: str, more: dict) -> Request:
    contact = {"contact": Contact.EMAIL, "contact_value": f"mieszkaniec{number}@demo.ratusz.example"}
    return actions.receive_request(
        kind=kind, facts={"text": text, **contact, **more}, form_key=uuid.uuid5(NAMESPACE, str(number)),
        received_at=database_now() - timedelta(days=days),
    )  # fmt: skip


def _answer(made: list[Request]) -> None:
    head = User.objects.filter(email__startswith="head@").first()
    editor = User.objects.filter(email__startswith="editor@").first()
    if head is None or editor is None or made[2].replies.exists():
        return
    actions.settle_request(
        request=made[2], outcome=Outcome.DONE, person=editor,
        text="Tablica w holu wisi teraz na wysokości 120 cm. Dziękujemy za zgłoszenie.",
    )  # fmt: skip
    last_day = local_day(made[5].received_at) + timedelta(days=50)
    reason = "Zestawienie obejmuje faktury trzech komórek i musimy je połączyć."
    actions.extend_request(request=made[5], last_day=last_day, reason=reason, person=editor)
    actions.note_case_number(request=made[5], case_number="KS.1431.12.2026", person=editor)
    actions.settle_request(
        request=made[7], outcome=Outcome.ANSWERED, person=editor,
        text="Projekt zatwierdził Wydział Komunikacji Społecznej 12 stycznia. Kopia karty zatwierdzenia jest w aktach.",
    )  # fmt: skip
    actions.take_request(request=made[4], person=editor)


def _other_clocks() -> None:
    """Clocks that no module of this release starts: captions of a broadcast, the yearly declaration."""
    unit = Unit.objects.filter(short_name="KS").first()
    now = database_now()
    start_clock(
        rule="recording.captions", subject="demo.recording:1", label="Transmisja sesji Rady Miasta", unit=unit,
        started_at=now - timedelta(days=8),
    )  # fmt: skip
    year = local_day(now).year + 1
    due = timezone.make_aware(datetime.combine(datetime(year, 4, 1).date(), time.min))
    start_clock(
        rule="a11y.declaration", subject=f"demo.declaration:{year}", label=f"Portal miasta, rok {year}", unit=unit, due_at=due
    )
