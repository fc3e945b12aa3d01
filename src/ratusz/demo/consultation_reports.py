"""Reports in the demo city: one published with what came of it, one that is being written and still lacks things. All made up."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report as Tell
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Area, Consultation, Form
from ratusz.participation.remarks.actions.signing_off import sign_off
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.participation.reports import actions, gate
from ratusz.participation.reports.models import Report, SignOff

PUBLISHED, DRAFT = "demo-zielony-skwer-przy-bibliotece", "demo-lawki-na-trasie-spacerowej"
REMARKS: list[tuple[str, str, str, str]] = [
    # who, channel, what, position with its reasons
    ("resident", "online", "Prosimy o drzewa od strony ulicy: latem na skwerze nie ma cienia.",
     "accepted|Posadzimy dwanaście lip wzdłuż ogrodzenia od strony ulicy. Będą podlewane przez trzy lata."),
    ("resident", "urn", "Ławki powinny mieć oparcia i podłokietniki, bo inaczej trudno z nich wstać.",
     "accepted|Wszystkie ławki będą miały oparcie i podłokietniki. Zmieniliśmy opis zamówienia."),
    ("ngo", "email", "Zostawcie kawałek łąki niekoszonej: są tam jeże i trzmiele.",
     "partly|Łąka zostanie na połowie terenu. Drugą połowę kosimy, bo tędy prowadzi dojście do biblioteki."),
    ("resident", "hand", "Skwer powinien mieć parking na dziesięć samochodów.",
     "rejected|Działka jest w planie miejscowym zielenią i parking nie może tu powstać. Miejsca są przy ulicy obok."),
    ("institution", "email", "Biblioteka prosi o gniazdo prądu do czytania pod chmurką.",
     "accepted|Skrzynka z gniazdem stanie przy wejściu do biblioteki, zamykana na klucz."),
    ("resident", "oral", "Alejka niech będzie z kostki bez szczelin, żeby dało się przejechać wózkiem.",
     "accepted|Alejka będzie z gładkiej nawierzchni i szeroka na dwa metry, tak żeby minęły się dwa wózki."),
]  # fmt: skip
SHORT = (
    "Pytaliśmy, jak urządzić mały skwer przy bibliotece. Napisało sześć osób i instytucji. Chcecie cienia, wygodnych ławek"
    " i równej alejki. To zrobimy. Nie zbudujemy parkingu, bo to teren zielony."
)
NEXT = "Projekt poprawi Zakład Zieleni. Prace zaczną się wiosną. O każdej zmianie napiszemy na tej stronie."


def load(tell: Tell) -> None:
    """Repeatable: nothing is added to a consultation that is there."""
    if Consultation.objects.filter(slug=PUBLISHED).exists():
        return
    tell("raporty z konsultacji")
    with acting(system("demo")):
        day = local_day(database_now())
        _published(day)
        _draft(day)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _consultation(slug: str, title: str, number: str, ends_on: date) -> Consultation:
    made = Consultation.objects.create(
        slug=slug, title=title, number=number, label=Consultation.Label.FORMAL, modes=["art5a"], order_number="0/0000 (zmyślone)",
        subject="Jak ma wyglądać to miejsce: zieleń, ławki, alejki, światło.",
        purpose="Miejsce jest zaniedbane, a pieniądze są w budżecie.",
        open_questions="Układ zieleni i wyposażenie. Granice terenu są ustalone.", decided_by="Prezydent Miasta",
        owner_unit=Unit.objects.get(short_name="ZZM"), owner_person=_person("head"), starts_on=ends_on - timedelta(days=20),
        ends_on=ends_on, announced_at=database_now() - timedelta(days=90), created_at=database_now() - timedelta(days=120),
    )  # fmt: skip
    Area.objects.create(consultation=made, kind=Area.Kind.CITY, name="Całe miasto")
    Form.objects.create(consultation=made, kind="remarks", title="Uwagi na piśmie i przez internet")
    return made


def _answered(consultation: Consultation, rows: list[tuple[str, str, str, str]], *, without_last: bool = False) -> None:
    now, form = database_now(), consultation.forms.get()
    for number, (category, channel, words, position) in enumerate(rows, 1):
        intake = Intake.objects.create(
            consultation=consultation, form=form, receipt=f"DEMO-{consultation.pk}-{number:03}", form_key=uuid.uuid4(),
            channel=channel, category=category, state="accepted", received_at=now - timedelta(days=60), entered_at=now,
            organisation="Stowarzyszenie Zielone Próby" if category == "ngo" else "",
        )  # fmt: skip
        remark = Remark.objects.create(
            consultation=consultation, intake=intake, number=number, content=words, public_content=words, is_public=True,
            shown_at=now, unit=consultation.owner_unit, made_at=now,
        )  # fmt: skip
        if without_last and number == len(rows):
            continue
        verdict, reasons = position.split("|")
        Position.objects.create(
            remark=remark, version=1, verdict=verdict, reasons=reasons, state="approved", unit=consultation.owner_unit,
            written_at=now, approved_at=now,
        )  # fmt: skip


def _published(day: date) -> None:
    title = "Zielony skwer przy bibliotece (przykład zmyślony)"
    consultation = _consultation(PUBLISHED, title, "KS/DEMO/0101", day - timedelta(days=40))
    _answered(consultation, REMARKS)
    editor, head = _person("editor"), _person("head")
    report = actions.begin_report(consultation=consultation, person=editor)
    report.annexes.filter(kind="ordinance").delete()
    actions.renumber(report=report, person=editor)
    notes = "Plakaty w trzech bibliotekach, informacja na stronie miasta i w newsletterze."
    report = actions.write_texts(
        report=report, person=editor, in_short=SHORT, what_next=NEXT, contact="Punkt Miejski, Rynek 13", campaign_notes=notes
    )
    sign_off(consultation=consultation, person=editor)
    _sign(report, {"personal_data": editor, "unit": head, "department": head, "president": _person("presidents_secretariat")})
    version = actions.begin_publication(report=report, person=head)
    actions.make_version(version_id=version.pk)
    version.refresh_from_db()
    if version.published_at is None:
        raise RuntimeError(version.refused)
    actions.note_evidence(version=version, place="unit", done_on=day, words="pokój 205, w godzinach pracy", person=editor)
    _came_of_it(report, day)


def _sign(report: Report, people: dict[str, Any]) -> None:
    digest = gate.look(report, database_now()).draft.digest
    for step in SignOff.Step.values:
        note = "pismo zmyślone na potrzeby demo" if step == "president" else ""
        actions.sign(report=report, step=step, person=people[step], digest=digest, note=note)


def _came_of_it(report: Report, day: date) -> None:
    editor, unit = _person("editor"), Unit.objects.get(short_name="ZZM")
    words = "Prezydent przyjął poprawiony projekt skweru."
    actions.note_outcome(report=report, kind="changed", decided_on=day, words=words, person=editor)
    trees = actions.add_effect(
        report=report, title="Dwanaście lip wzdłuż ulicy", unit=unit, due_on=day + timedelta(days=150), remarks=[1], person=editor
    )
    words = "Drzewa są zamówione w szkółce, przyjadą wiosną."
    actions.tell_effect(effect=trees, state="in_progress", words=words, due_on=day + timedelta(days=160), person=editor)
    benches = actions.add_effect(
        report=report,
        title="Ławki z oparciem i podłokietnikami",
        unit=unit,
        due_on=day + timedelta(days=30),
        remarks=[2],
        person=editor,
    )
    actions.tell_effect(effect=benches, state="done", words="Osiem ławek stoi na skwerze.", person=editor)


def _draft(day: date) -> None:
    title = "Ławki na trasie spacerowej (przykład zmyślony)"
    consultation = _consultation(DRAFT, title, "KS/DEMO/0102", day - timedelta(days=12))
    _answered(consultation, REMARKS[:4], without_last=True)
    report = actions.begin_report(consultation=consultation, person=_person("editor"))
    actions.write_texts(
        report=report, person=_person("editor"), in_short="Pytaliśmy, gdzie postawić ławki. Odpowiedziały cztery osoby."
    )
