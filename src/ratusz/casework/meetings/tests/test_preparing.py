"""Before the meeting: the list of things to do with owners, words asked of units, the sheet, poster and letter as PDF."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import actions, doors
from ratusz.casework.meetings.briefing import briefing_of
from ratusz.casework.meetings.checklists import all_lines
from ratusz.casework.meetings.factories import give_task, make_meeting, make_meeting_request, make_question
from ratusz.casework.meetings.kinds import all_kinds
from ratusz.casework.meetings.models import ChecklistItem, MeetingDuty, Official
from ratusz.casework.meetings.papers import letter_content, letter_pdf, poster_pdf, receipt_document, sheet_document
from ratusz.casework.meetings.registries import AgendaSource, OpenPoint, agenda_sources
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


def test_the_template_names_kinds_and_tasks_that_exist():
    assert {kind for line in all_lines() for kind in line.kinds} <= {kind.code for kind in all_kinds()}
    assert {line.task for line in all_lines()} <= set(MeetingDuty.Task.values)


def test_the_list_is_filled_once_with_owners_by_their_tasks(editor):
    meeting = make_meeting()
    helper = AppointmentFactory(role_code="unit_editor").person
    give_task(meeting, helper, "helper")
    made = actions.make_checklist(meeting=meeting, person=editor)
    assert actions.make_checklist(meeting=meeting, person=editor) == []
    posters = next(each for each in made if each.code == "posters")
    assert (posters.owner, posters.due_at) == (helper, meeting.starts_at - timedelta(days=7))
    assert [each.what for each in doors.moves_of_the_day(helper, database_now())] == [
        f"Wywiesić plakaty w dzielnicy ({meeting.title})", f"Sprawdzić nagłośnienie, ekran i nagrywanie ({meeting.title})"
    ]  # fmt: skip


def test_a_thing_is_ticked_by_its_owner_and_given_to_others_by_who_prepares(editor):
    meeting, owner = make_meeting(), AppointmentFactory(role_code="unit_editor").person
    item = actions.add_task(meeting=meeting, what="Woda", owner=None, due_at=None, person=editor)
    with pytest.raises(NotYours):
        actions.tick_task(item=item, is_done=True, person=owner)
    item = actions.change_task(item=item, owner=owner, due_at=None, person=editor)
    seen = [
        actions.tick_task(item=item, is_done=is_done, person=owner).done_at is not None for is_done in (True, True, False, False)
    ]
    assert seen == [True, True, False, False]
    with pytest.raises(Refused):
        actions.add_task(meeting=meeting, what=" ", owner=None, due_at=None, person=editor)
    assert ChecklistItem.objects.count() == 1


def test_a_unit_is_asked_with_a_clock_and_its_answer_stands_on_the_sheet(editor):
    meeting, unit = make_meeting(), UnitFactory(name="Wydział Zieleni")
    due = meeting.starts_at - timedelta(days=2)
    asked = actions.ask_unit(meeting=meeting, unit=unit, question="Co z parkiem?", due_at=due, person=editor)
    clock = Clock.objects.get(subject=asked.key)
    assert (clock.unit, clock.due_at) == (unit, due)
    clerk = AppointmentFactory(role_code="unit_editor", unit=unit).person
    with pytest.raises(NotYours):
        actions.answer_unit_question(asked=asked, answer="x", person=AppointmentFactory(role_code="unit_editor").person)
    with pytest.raises(Refused):
        actions.answer_unit_question(asked=asked, answer=" ", person=clerk)
    for words in ("Ławki w maju.", "Ławki w czerwcu."):
        actions.answer_unit_question(asked=asked, answer=words, person=clerk)
    assert not Clock.objects.running().exists()
    assert [each.answer for each in briefing_of(meeting, database_now()).replies] == ["Ławki w czerwcu."]
    meeting.starts_at = database_now() - timedelta(minutes=1)
    meeting.save()
    with pytest.raises(Refused):
        actions.answer_unit_question(asked=asked, answer="Za późno", person=clerk)


@pytest.mark.parametrize(("question", "shift"), [(" ", -1), ("Co?", 1), ("Co?", -99)])
def test_a_question_to_a_unit_without_words_or_time_is_refused(editor, question, shift):
    meeting = make_meeting()
    with pytest.raises(Refused):
        actions.ask_unit(
            meeting=meeting, unit=UnitFactory(), question=question, due_at=meeting.starts_at + timedelta(days=shift), person=editor
        )


def test_the_sheet_gathers_open_matters_questions_by_subject_and_replies(editor, monkeypatch):
    source = AgendaSource(
        "ustalenia", lambda meeting, at: [OpenPoint("decisions.decision:1", "Chodnik", unit="MZUiM", due="1 maja", is_late=True)]
    )
    monkeypatch.setitem(agenda_sources._entries, "decisions.open", source)
    meeting = make_meeting()
    for words, subject in (("Kiedy tramwaj?", "Tramwaj"), ("Gdzie tramwaj?", "Tramwaj"), ("Park?", ""), ("Ukryte", "")):
        make_question(
            meeting, words, when="ahead", group_words=subject, state="hidden" if words == "Ukryte" else "new", hidden_because="x"
        )
    actions.save_preparation(meeting=meeting, note="Proszę zacząć od parku.", equipment="mikrofon\n\n ekran ", person=editor)
    actions.make_checklist(meeting=meeting, person=editor)
    actions.ask_unit(meeting=meeting, unit=UnitFactory(), question="Co?", due_at=meeting.starts_at, person=editor)
    meeting.refresh_from_db()
    found = briefing_of(meeting, database_now())
    assert [(each.subject, [one.text for one in each.questions]) for each in found.asked] == [
        ("Tramwaj", ["Kiedy tramwaj?", "Gdzie tramwaj?"]), ("Inne pytania", ["Park?"])
    ]  # fmt: skip
    assert ([each.title for each in found.open_points], found.equipment) == (["Chodnik"], ["mikrofon", "ekran"])
    document = sheet_document(found, database_now())
    assert "Ukryte" not in str(document)
    assert pdf_of_document(document).startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_posters_letter_and_receipt_are_pdf(paper):
    meeting = make_meeting(
        title="Spotkanie w Ligocie", summary="O parku i tramwaju.", joining_link="https://example.pl/x", needs_interpreter=True
    )
    assert poster_pdf(meeting, paper).startswith(b"%PDF")
    assert letter_pdf(meeting, "Zapraszamy.", database_now()).startswith(b"%PDF")
    receipt = receipt_document(make_meeting_request(meeting, name="Halina Tajna"))
    assert "Tajna" not in str(receipt)
    assert receipt.address.endswith("/numer/")
    assert pdf_of_document(receipt).startswith(b"%PDF")


def test_the_letter_is_a_letter():
    starts = datetime(2031, 5, 6, 17, tzinfo=WARSAW)
    meeting = make_meeting(
        title="Park i tramwaj", starts_at=starts, group_name="Rada Dzielnicy Ligota", needs_interpreter=True,
        registration_closes_at=starts - timedelta(days=2),
    )  # fmt: skip
    meeting.officials.add(Official.objects.create(name="Prezydent Miasta"))
    letter = letter_content(meeting, "", starts - timedelta(days=20))
    named = ("head", "place_and_day", "addressee", "title", "greeting", "closing", "signer")
    assert [letter[name] for name in named] == [
        ["Urząd Miasta Katowice", "ul. Młyńska 4", "40-098 Katowice"], "Katowice, 16 kwietnia 2031 r.", "Rada Dzielnicy Ligota",
        "Zaproszenie: Park i tramwaj", "Szanowni Państwo,", "Z poważaniem", "Prezydent Miasta",
    ]  # fmt: skip
    assert letter["paragraphs"] == [
        "zapraszamy na spotkanie „Park i tramwaj”.",
        "Spotkanie odbędzie się 6 maja 2031 r. (wtorek), godz. 17.00–19.00. Miejsce: Szkoła Podstawowa nr 0 (próbna), ul. Próbna 1.",
        "Kto może przyjść: każdy.",
        "Prosimy o odpowiedź do 4 maja 2031 r., godz. 17.00. Zapisy są na stronie spotkania; jej adres i kod są niżej. "
        "Kontakt: tel. 32 000 00 00.",
        "Co ułatwia udział: wejście bez schodów, tłumacz języka migowego (PJM). Potrzebne jest coś jeszcze? Proszę nam powiedzieć, "
        "przygotujemy to.",
    ]
    assert "SHA-256" not in str(letter)
    meeting.is_public, meeting.summary = False, "O parku."
    quiet = letter_content(meeting, "Proszę przyjść.", starts)
    assert (quiet["address"], quiet["qr"], quiet["paragraphs"][0], quiet["paragraphs"][2]) == (
        "",
        "",
        "Proszę przyjść.",
        "O parku.",
    )


def test_a_letter_of_a_talk_online_says_so_and_the_unit_signs():
    meeting = make_meeting(announced=False, joining_link="https://example.pl/x", contact="", who_may_come="")
    letter = letter_content(meeting, "", database_now())
    assert (letter["signer"], letter["addressee"]) == (str(meeting.owner_unit), "")
    assert len(letter["paragraphs"]) == 3
    assert letter["paragraphs"][2].startswith("Prosimy o wiadomość, czy można się Państwa spodziewać.")
    assert letter_pdf(meeting, "", database_now()).startswith(b"%PDF")
