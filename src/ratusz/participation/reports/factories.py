"""Consultations with remarks, positions and a report in any stage, for tests, benchmarks and the demo."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.actions.signing_off import sign_off
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.participation.reports import actions, gate
from ratusz.participation.reports.models import Annex, Report, SignOff, Version

WORDS = "Proszę o więcej cienia przy wejściu {number}."
REASONS = "Drzewa posadzimy po północnej stronie alejki; po południowej biegnie ciepłociąg i sadzić tam nie wolno."


class Staff:
    """Whoever a report passes: an editor and the head of the department, the head of the unit, the President's office."""

    def __init__(self) -> None:
        self.department = Unit.objects.filter(is_department=True).first() or UnitFactory(
            is_department=True, short_name="KS", name="Wydział Komunikacji Społecznej"
        )
        self.unit = UnitFactory(name="Wydział Kształtowania Środowiska")
        self.editor, self.head = self._holding("editor", self.department), self._holding("head", self.department)
        self.unit_head = self._holding("unit_editor", self.unit)
        self.office = self._holding("presidents_secretariat", self.department)

    def _holding(self, role: str, unit: Any) -> Any:
        return AppointmentFactory(role_code=role, unit=unit, person=UserFactory(is_staff=True)).person


def ended_consultation(staff: Staff, **facts: Any) -> Consultation:
    """One that ended ten days ago, of the whole city, with a remark box and an owner who answers."""
    made = ConsultationFactory(
        **({"ended": True, "owner_unit": staff.unit, "owner_person": staff.unit_head, "order_number": ""} | facts)
    )
    AreaFactory(consultation=made)
    FormFactory(consultation=made)
    return made


def intakes_for(consultation: Consultation, count: int, **facts: Any) -> list[Intake]:
    """Accepted intakes through the online form."""
    now = database_now()
    common = {
        "consultation": consultation, "form": consultation.forms.first(), "channel": "online", "state": "accepted",
        "received_at": now - timedelta(days=12), "entered_at": now,
    }  # fmt: skip
    first = Intake.objects.count()
    rows = [
        Intake(receipt=f"T{consultation.pk}-{first + each}", form_key=uuid.uuid4(), **(common | facts)) for each in range(count)
    ]
    return Intake.objects.bulk_create(rows, batch_size=2000)


def answer(consultation: Consultation, count: int, *, reasons: str = REASONS, **facts: Any) -> list[Remark]:
    """So many remarks, each of an intake of its own, each with an approved position and its own reasons."""
    now = database_now()
    start = consultation.remarks.count()
    remarks = Remark.objects.bulk_create(
        [
            Remark(
                consultation=consultation, intake=intake, number=number, content=WORDS.format(number=number),
                public_content=WORDS.format(number=number), is_public=True, unit=consultation.owner_unit, made_at=now,
            )
            for number, intake in enumerate(intakes_for(consultation, count, **facts), start + 1)
        ],
        batch_size=2000,
    )  # fmt: skip
    Position.objects.bulk_create(
        [
            Position(
                remark=remark, version=1, verdict=("accepted", "partly", "rejected")[remark.number % 3],
                reasons=f"{reasons} Wejście nr {remark.number}.", state="approved", unit=consultation.owner_unit, written_at=now,
                approved_at=now,
            )
            for remark in remarks
        ],
        batch_size=2000,
    )  # fmt: skip
    return remarks


SHORT = "Pytaliśmy o nowy park. Chcecie więcej drzew i ławek. Posadzimy drzewa wiosną, a ławki staną w maju."
NEXT = "Poprawiony projekt trafi do Prezydenta w marcu. O każdej zmianie napiszemy na tej stronie."


def written_report(staff: Staff, consultation: Consultation) -> Report:
    """A report whose texts are written."""
    report = actions.begin_report(consultation=consultation, person=staff.editor)
    return actions.write_texts(report=report, person=staff.editor, in_short=SHORT, what_next=NEXT, contact="Punkt Miejski, pokój 7")


def sign_all(report: Report, staff: Staff) -> None:
    """The words of remarks vouched for, then all four signatures under the content as it is."""
    if report.consultation.remarks.exists():
        sign_off(consultation=report.consultation, person=staff.editor)
    people = {"personal_data": staff.editor, "unit": staff.unit_head, "department": staff.head, "president": staff.office}
    digest = gate.look(report, database_now()).draft.digest
    for step in SignOff.Step.values:
        note = "pismo z obiegu dokumentów" if step == "president" else ""
        actions.sign(report=report, step=step, person=people[step], digest=digest, note=note)


def publish(report: Report, staff: Staff, reason: str = "") -> Version:
    """The next version, made and published at once."""
    version = actions.begin_publication(report=report, person=staff.head, reason=reason)
    actions.make_version(version_id=version.pk)
    version.refresh_from_db()
    return version


def published_report(staff: Staff, remarks: int = 3) -> Version:
    """A whole report from an ended consultation to its first version."""
    consultation = ended_consultation(staff)
    if remarks:
        answer(consultation, remarks)
    report = written_report(staff, consultation)
    sign_all(report, staff)
    return publish(report, staff)


def paper(name: str = "zarzadzenie.pdf") -> SimpleUploadedFile:
    """A small PDF as somebody uploads it."""
    return SimpleUploadedFile(name, BytesIO(make_pdf()).read(), "application/pdf")


def hang(report: Report, staff: Staff, kind: str, title: str, *, parent: Annex | None = None, with_file: bool = True) -> Annex:
    """An annex with a file of its own, or a heading."""
    upload = paper() if with_file else None
    return actions.add_annex(report=report, kind=kind, title=title, parent=parent, upload=upload, person=staff.editor)
