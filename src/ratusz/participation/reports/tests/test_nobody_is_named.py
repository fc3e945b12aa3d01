"""No name, address or contact of an author leaves the house in a report: not on its pages, not in the text of any file (property 6)."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.harness.at_once import at_once

from ratusz.casework.documents.blocks import Document, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.jobs.actions import run_due
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.factories import make_address
from ratusz.participation.remarks.models import Remark
from ratusz.participation.reports import actions, gate, rules
from ratusz.participation.reports.factories import REASONS, Staff, answer, ended_consultation, publish, sign_all, written_report
from ratusz.participation.reports.models import Version
from ratusz.participation.reports.together import combined_of, newest_of, zip_of

NAME, STREET = "Żaneta Przykładowska-Zmyślona", "ul. Wymyślona 77/13"
PLANTED = ("Żaneta", "Przykładowska", "Wymyślona", "zaneta.zmyslona")


@pytest.fixture
def staff(db):
    return Staff()


def text_of(file) -> str:
    """Everything one can read in a file, the text layer of a PDF included."""
    content = bytes(file.content)
    if file.name.endswith(".pdf"):
        return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    if file.name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_gate_names_where_an_author_stands_and_no_file_holds_one(staff, client):
    consultation = ended_consultation(staff)
    answer(consultation, 3)
    consultation.intakes.update(author_name=NAME, author_address=STREET, contact=make_address("zaneta.zmyslona"))
    Remark.objects.filter(consultation=consultation, number=2).update(public_content=f"Mówi {NAME.upper()}: więcej drzew.")
    Remark.objects.filter(consultation=consultation, number=3).update(public_content="Proszę dzwonić: 600 100 200.")
    report = written_report(staff, consultation)
    report = actions.write_texts(report=report, person=staff.editor, campaign_notes=f"Plakaty wieszała {NAME}.")
    found = {gap.code: gap for gap in gate.look(report, database_now()).gaps}
    assert found["personal.rows"].words.endswith(": 2.") and "jak informowaliśmy" in found["personal.section"].words.lower()
    assert found["personal.looks"].is_warning and found["personal.looks"].words.endswith(": 3.")
    assert not any(word.lower() in gap.words.lower() for gap in found.values() for word in PLANTED)
    digest = gate.look(report, database_now()).draft.digest
    with pytest.raises(rules.GapsLeft):
        actions.sign(report=report, step="unit", person=staff.unit_head, digest=digest)

    Remark.objects.filter(consultation=consultation, number=2).update(public_content="Mówi mieszkanka: więcej drzew.")
    Remark.objects.filter(consultation=consultation, number=3).update(public_content="Proszę o ławki.")
    report = actions.write_texts(report=report, person=staff.editor, campaign_notes="Plakaty wisiały w bibliotekach.")
    spoken = SimpleUploadedFile(
        "protokol.pdf", pdf_of_document(Document("Protokół", [Text(f"Głos zabrała {NAME} i mówiła o cieniu.")]))
    )
    annex = actions.add_annex(report=report, kind="meeting", title="Protokół", upload=spoken, person=staff.editor)
    with pytest.raises(rules.GapsLeft, match="w załączniku"):
        sign_all(report, staff)
    actions.remove_annex(annex=annex, person=staff.editor)
    sign_all(report, staff)
    version = publish(report, staff)
    assert "więcej drzew" in text_of(version.files.get(name="raport.pdf"))
    pages = [client.get(f"/konsultacje/{consultation.slug}/raport/{part}").content.decode() for part in ("", "v/1/uwagi/")]
    for text in [*pages, *map(text_of, version.files.all())]:
        assert not [word for word in PLANTED if word.lower() in text.lower()]


@pytest.mark.slow
@pytest.mark.django_db
def test_three_reports_of_a_series_are_one_zip_and_one_combined_report(staff):
    made = []
    for number, remarks in enumerate((0, 1, 12)):
        consultation = ended_consultation(staff, title=f"Statut dzielnicy {number}", number=f"KS/2021/{number + 7:04}")
        answer(consultation, remarks, reasons=REASONS)
        report = written_report(staff, consultation)
        sign_all(report, staff)
        made.append(publish(report, staff))
    versions = newest_of(each.report.consultation for each in made)
    with zipfile.ZipFile(io.BytesIO(zip_of(versions))) as archive:
        names = archive.namelist()
        assert len(archive.read("sha256sums.txt").decode().splitlines()) == len(names) - 1
    assert {name.rpartition("/")[2] for name in names} >= {"raport.pdf", "raport.html", "raport.docx", "wykaz-uwag.csv"}
    assert [row[2] for row in combined_of("Statuty", versions).blocks[0].rows] == ["0", "1", "12"]
    for version, remarks in zip(made, (0, 1, 12), strict=True):
        csv = version.files.filter(name="wykaz-uwag.csv").first()
        rows = bytes(csv.content).decode().strip().splitlines() if csv else ["heading"]
        assert (version.rows.count(), len(rows) - 1) == (remarks, remarks)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_makes_the_version():
    staff = Staff()
    consultation = ended_consultation(staff)
    answer(consultation, 1)
    report = written_report(staff, consultation)
    sign_all(report, staff)

    def press():
        return actions.begin_publication(report=report, person=staff.head)

    came = at_once(press, press, refusals=(rules.ReportRefused,))
    assert sorted(type(each).__name__ for each in came) == ["ReportRefused", "Version"]
    run_due()
    run_due()
    assert [each.number for each in Version.objects.published()] == [1]
