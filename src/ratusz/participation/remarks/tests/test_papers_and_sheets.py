"""Papers are typed by two people and settled by a third; positions go out as a workbook and come back with every row checked."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ratusz.casework.meetings.actions.triage import give_outcome
from ratusz.casework.meetings.actions.voices import write_voice
from ratusz.casework.meetings.factories import make_meeting
from ratusz.casework.meetings.factories_minutes import make_minute_taker
from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.remarks import found_by, papers, queries, rules, sheets
from ratusz.participation.remarks.actions import paper as papering
from ratusz.participation.remarks.actions.importing import import_positions
from ratusz.participation.remarks.factories import make_form, make_intake, make_position, make_remark
from ratusz.participation.remarks.models import Intake, PaperReading, Position, Remark
from ratusz.participation.remarks.parting import parted

WRITTEN = {
    "content": "Za mało ławek.\n---\nI cienia.", "category": "resident", "organisation": "", "name": "Ewa Przykładowa",
    "address": "ul. Przykładowa 1/2", "email": "",
}  # fmt: skip


def receive(form, desk):
    return papering.receive_paper(form=form, channel="hand", arrived_at=database_now() - timedelta(hours=1), person=desk)


@pytest.mark.django_db
def test_two_alike_typings_take_a_paper_in_under_the_number_of_its_stub(form, desk, editor):
    paper = receive(form, desk)
    found = found_by.find_receipt(paper.receipt, database_now())
    assert found is not None and "Czeka" in found.status
    papering.type_paper(paper=paper, facts=WRITTEN, person=desk)
    with pytest.raises(rules.RemarkRefused, match="Inna osoba"):
        papering.type_paper(paper=paper, facts=WRITTEN, person=desk)
    other = WRITTEN | {"name": "PRZYKLADOWA EWA", "address": "Przykładowa 1 m. 2", "content": "za malo lawek\n----\nI cienia"}
    done = papering.type_paper(paper=paper, facts=other, person=editor)
    assert (done.state, done.intake.receipt, done.intake.author_name) == ("taken_in", paper.receipt, "Ewa Przykładowa")
    assert list(done.intake.remarks.values_list("content", flat=True)) == ["Za mało ławek.", "I cienia."]
    assert set(PaperReading.objects.values_list("facts__name", flat=True)) == {None}
    with pytest.raises(rules.RemarkRefused, match="już w rejestrze"):
        papering.type_paper(paper=paper, facts=WRITTEN, person=AppointmentFactory(role_code="head").person)


@pytest.mark.django_db
def test_a_third_person_settles_what_two_typed_differently(form, desk, editor, staff_client):
    client = staff_client("head")
    paper = receive(form, desk)
    papering.type_paper(paper=paper, facts=WRITTEN, person=desk)
    assert papering.type_paper(paper=paper, facts=WRITTEN | {"name": "Ewa Zmyślona"}, person=editor).state == "differs"
    url = reverse("remarks_typing", args=[paper.pk])
    page = client.get(url).content.decode()
    assert "Ewa Zmyślona" in page and "Ewa Przykładowa" in page
    client.post(url, WRITTEN | {"name": "Ewa Zmyślona"})
    intake = Intake.objects.get()
    assert (intake.author_name, intake.channel, intake.entered_by) == ("Ewa Zmyślona", "hand", client.person)
    assert papers.paper_stub_pdf(paper).startswith(b"%PDF") and papers.stub_pdf(intake).startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_paper_of_a_plan_has_all_that_the_statutory_form_asks_and_is_complete(desk, editor, staff_client):
    form = FormFactory(consultation=ConsultationFactory(running=True, modes=["plan"]))
    paper, url = receive(form, desk), "remarks_typing"
    typed = WRITTEN | {"is_owner": "yes", "plots": "12/3", "place_words": "ul. Przykładowa"}
    client = staff_client("editor")
    assert "wieczyst" in client.get(reverse(url, args=[paper.pk])).content.decode()
    client.post(reverse(url, args=[paper.pk]), typed)
    assert papering.type_paper(paper=paper, facts=typed | {"plots": "12/4"}, person=desk).state == "differs"
    done = papering.type_paper(paper=paper, facts=typed, person=AppointmentFactory(role_code="head").person)
    assert (done.intake.state, done.intake.missing) == ("accepted", [])
    assert done.intake.answers == {"is_owner": "yes", "plots": "12/3"}
    assert set(done.intake.remarks.values_list("place_words", flat=True)) == {"ul. Przykładowa"}
    other = receive(form, desk)
    for person in (desk, editor):
        other = papering.type_paper(paper=other, facts=WRITTEN | {"name": "Jan Przykładowy"}, person=person)
    assert other.intake.missing == ["is_owner"]
    page, act = (reverse(name, args=[other.intake.pk]) for name in ("remarks_intake", "remarks_judge"))
    assert "wieczyst" in client.get(page).content.decode()
    facts = {"name": "Jan Przykładowy", "address": "ul. Przykładowa 1/2", "category": "resident", "is_owner": "no"}
    client.post(act, {"deed": "complete", **facts})
    other.intake.refresh_from_db()
    assert (other.intake.state, other.intake.missing) == ("accepted", [])


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="-\r\x00", blacklist_categories=["Cs"]), min_size=1), min_size=1, max_size=5
    )
)
def test_parting_loses_no_remark(texts):
    kept = [each.strip() for each in texts if each.strip()]
    assert [each.content for each in parted("\n---\n".join(texts))] == (kept or [""])


def filled(consultation, person, changes):
    """The workbook as taken, with cells changed: {number: (verdict, reasons, day)}."""
    rows = queries.register_rows(queries.register_of(consultation, person, database_now()), is_public=False)
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook(consultation, rows)))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for place, value in zip((5, 6, 7), changes.get(row[0].value, ()), strict=False):
            row[place].value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.django_db
def test_positions_brought_twice_are_written_once(form, editor, head):
    remarks = [make_remark(form, f"Uwaga {number}.") for number in range(3)]
    make_position(remarks[2], head)
    changes = {
        1: ("uwzględniona", "Posadzimy lipy jeszcze tej jesieni."),
        2: ("do dalszej analizy", "Sprawdzamy grunt.", "2099-01-31"),
    }
    content = filled(form.consultation, editor, changes)
    found = import_positions(consultation=form.consultation, content=content, person=editor)
    assert (found.written, found.same, found.faults) == (2, 1, [])
    again = import_positions(consultation=form.consultation, content=content, person=editor)
    assert (again.written, again.same, Position.objects.count()) == (0, 3, 3)
    first = Position.objects.get(remark=remarks[0])
    assert (first.verdict, first.state, first.version) == ("accepted", "draft", 1)


@pytest.mark.django_db
def test_one_bad_row_writes_nothing_and_is_named(form, editor, head, staff_client):
    remarks = [make_remark(form, f"Uwaga {number}.") for number in range(3)]
    content = filled(
        form.consultation, editor, {1: ("tak", "x"), 2: ("do dalszej analizy", "x", "kiedyś"), 3: ("uwzględniona", "Dobre.")}
    )
    make_position(remarks[2], head, reasons="Inne słowa, zmienione w międzyczasie.")
    page = (
        staff_client("editor")
        .post(reverse("remarks_bring", args=[form.consultation.pk]), {"sheet": SimpleUploadedFile("s.xlsx", content)})
        .content.decode()
    )
    assert all(words in page for words in ("Wiersz 2", "Wiersz 3", "Wiersz 4", "2026-12-31", "Weź plik"))
    assert Position.objects.count() == 1
    with pytest.raises(rules.RemarkRefused, match="XLSX"):
        import_positions(consultation=form.consultation, content=b"PK nic", person=editor)


@pytest.mark.django_db
def test_a_workbook_of_another_consultation_or_with_moved_rows_writes_nothing(form, editor):
    other = make_form(is_read_before=False)
    for number in range(2):
        make_remark(form, f"Proszę o drzewa przy ulicy {number}.")
        make_remark(other, f"Nie chcę ławek na placu {number}.")
    changes = {1: ("uwzględniona", "Posadzimy lipy."), 2: ("uwzględniona", "Posadzimy dęby.")}
    content = filled(other.consultation, editor, changes)
    found = import_positions(consultation=form.consultation, content=content, person=editor)
    assert [each.line for each in found.faults] == [2, 3] and "innej konsultacji" in found.faults[0].words
    assert not Position.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_fourteen_voices_of_minutes_are_fourteen_remarks(form):
    taker = make_minute_taker()
    meeting = make_meeting(in_days=-1)
    FormFactory(consultation=form.consultation, kind="open_meeting", title="Spotkanie", subject=meeting.key)
    voices = [write_voice(meeting=meeting, question=f"Głos {number}.", who="mieszkaniec", person=taker) for number in range(1, 15)]
    done = [give_outcome(thing=each, outcome="remark", person=taker) for each in voices]
    again = give_outcome(thing=voices[0], outcome="remark", person=taker)
    assert again.target_key == done[0].target_key and Remark.objects.count() == 14
    assert [each.target_number for each in done] == [f"uwaga nr {number}" for number in range(1, 15)]
    assert set(Intake.objects.values_list("channel", "source_key")) == {("meeting", each.key) for each in voices}
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=database_now() + timedelta(hours=1))
    meeting.refresh_from_db()
    late = write_voice(meeting=meeting, question="Głos w trakcie.", who="mieszkaniec", person=taker)
    give_outcome(thing=late, outcome="remark", person=taker)
    assert Intake.objects.get(source_key=late.key).received_at <= database_now(), "people still speak: it is received now"


@pytest.mark.django_db
def test_every_row_of_an_export_is_a_row_of_the_query(form, client):
    for number in range(3):
        make_remark(form, f'=HYPERLINK("x") uwaga {number}')
    make_intake(form, "Telefon 600 700 800.")
    address = [form.consultation.slug]
    lines = b"".join(client.get(reverse("remarks:download", args=[*address, "csv"])).streaming_content).decode().splitlines()
    assert len(lines) - 1 == 3 == queries.public_remarks(form.consultation).count()
    assert "'=HYPERLINK" in lines[1] and "600" not in "".join(lines)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("remarks:download", args=[*address, "xlsx"])).content))
    assert book.active.max_row == 4 and book.active.cell(2, 8).data_type == "s"
