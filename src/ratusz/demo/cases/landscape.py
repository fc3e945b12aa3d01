"""The landscape resolution, 2017: two ordinances, 1,418 people, 62 motions, six annexes, and the consultation that follows it."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta

from ratusz.casework.documents.blocks import Document, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.demo.cases.past import AGAIN, announced, moment, person, planned, reported
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.participation.consultations import actions
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.participation.reports import actions as reporting

TITLE, NEXT = "Uchwała krajobrazowa", "Projekt uchwały krajobrazowej: ciąg dalszy"
MOTIONS = 62
ANNEXES = (
    ("ordinance", "Zarządzenie nr 1235/2017 z 14 lutego 2017 r."),
    ("ordinance", "Zarządzenie nr 1629/2017 z 3 października 2017 r."),
    ("survey", "Raport z ankiety diagnostycznej"), ("meeting", "Materiały ze spotkań"), ("other", "Załącznik nr 5"),
)  # fmt: skip
PLACES = (
    "przy ulicy wjazdowej",
    "na elewacji kamienicy",
    "przy przystanku",
    "w witrynie sklepu",
    "na ogrodzeniu",
    "przy parku",
    "na dachu",
)
THINGS = ("banerów", "tablic świetlnych", "szyldów", "słupów ogłoszeniowych", "murali reklamowych", "reklam na rusztowaniach",
          "stojaków na chodniku", "flag", "pylonów")  # fmt: skip
CATEGORIES = ("resident", "firm", "institution")


def load() -> None:
    """Repeatable."""
    if not Consultation.objects.filter(title=f"{TITLE} {AGAIN}").exists():
        _follows(_reported())


def _reported() -> Consultation:
    made = planned(
        TITLE, areas=[], starts_on=date(2017, 2, 15), ends_on=date(2017, 11, 30), order_number="1235/2017 i 1629/2017",
        ordered_on=date(2017, 2, 14), target_group="mieszkańcy, zarządcy nieruchomości, branża reklamowa",
        subject="Zasady dla reklam, szyldów, ogrodzeń i małej architektury.",
        purpose="Reklam jest za dużo i nie ma dla nich zasad.",
        open_questions="Jakie reklamy, gdzie i jak duże.", decided_by="Rada Miasta Katowice",
        summary="Pytaliśmy o zasady dla reklam w całym mieście.",
        made_up="treść 62 wniosków i stanowisk, treść załączników, dni spotkań, pierwszy i ostatni dzień.",
    )  # fmt: skip
    _forms(made)
    announced(made)
    # The last day is not known, so no clock of the report is counted from it.
    Consultation.objects.filter(pk=made.pk).update(report_days=0)
    made.refresh_from_db()
    _motions(made)
    _annexes(made)
    reported(
        made, in_short="Wzięło udział 1418 osób. Złożono 62 wnioski. Raport ogłoszono 11 stycznia 2018 r.",
        what_next="Z wniosków powstaje projekt uchwały. Zapytamy o niego jeszcze raz.",
    )  # fmt: skip
    return made


def _forms(made: Consultation) -> None:
    Form.objects.create(consultation=made, kind="remarks", title="Wnioski na piśmie i przez internet")
    for number, day in enumerate((date(2017, 3, 9), date(2017, 10, 19)), 1):
        starts = moment(day, 17)
        ends = starts + timedelta(hours=2)
        Form.objects.create(
            consultation=made, kind="open_meeting", title=f"Spotkanie {number}", starts_at=starts, ends_at=ends, held_at=ends,
            result_summary="Spotkanie odbyło się; materiały są w załączniku 4.",
        )  # fmt: skip


def _motions(made: Consultation) -> None:
    form, at, now = made.forms.get(kind="remarks"), moment(date(2017, 10, 20), 12), database_now()
    for number in range(1, MOTIONS + 1):
        thing, place = THINGS[number % len(THINGS)], PLACES[number % len(PLACES)]
        words = f"Wniosek {number} (treść zmyślona): ograniczyć liczbę {thing} {place}."
        intake = Intake.objects.create(
            consultation=made, form=form, receipt=f"DEMO-{made.pk}-{number:03}", form_key=uuid.uuid4(), channel="online",
            category=CATEGORIES[number % 3], state="accepted", received_at=at, entered_at=now,
        )  # fmt: skip
        remark = Remark.objects.create(
            consultation=made, intake=intake, number=number, content=words, public_content=words, is_public=True, shown_at=now,
            unit=made.owner_unit, made_at=now,
        )  # fmt: skip
        reasons = (
            f"Stanowisko {number} (zmyślone): projekt uchwały określi, ile może być {thing} {place}. Zapytamy o niego ponownie."
        )
        Position.objects.create(
            remark=remark, version=1, verdict=("accepted", "partly")[number % 2], reasons=reasons, state="approved",
            unit=made.owner_unit, written_at=now, approved_at=now,
        )  # fmt: skip


def _annexes(made: Consultation) -> None:
    """In the public order: the register is the sixth. Their content is not known, and each file says so."""
    editor = person("editor")
    report = reporting.begin_report(consultation=made, person=editor)
    report.annexes.exclude(source="register").delete()
    reporting.renumber(report=report, person=editor)
    for kind, title in ANNEXES:
        words = "To zmyślony plik przykładu: treści tego załącznika nie ma w publicznych danych, z których go odtworzono."
        upload = io.BytesIO(pdf_of_document(Document(title, [Text(words)])))
        upload.name = "zalacznik.pdf"
        reporting.add_annex(report=report, kind=kind, title=title, upload=upload, person=editor)


def _follows(before: Consultation) -> None:
    """A plan of today: since 24 September 2023 it would be a planning act, and the check of the plan says what that asks."""
    first = working_day_from(local_day(database_now()) + timedelta(days=60))
    made = planned(
        NEXT, areas=[], starts_on=first, ends_on=first + timedelta(days=20), made_up="cały ten plan.", modes=["landscape"],
        follows=before, key_dates={"intent_resolution": str(local_day(database_now()) - timedelta(days=90))},
        subject="Projekt uchwały krajobrazowej.", purpose="Z wniosków z 2017 roku powstaje projekt.",
        open_questions="Treść projektu.", decided_by="Rada Miasta Katowice", summary="Zapytamy o projekt uchwały o reklamach.",
    )  # fmt: skip
    form = {"title": "Uwagi do projektu"}
    actions.add_form(consultation=made, kind="remarks", facts=form, person=person("editor"))
