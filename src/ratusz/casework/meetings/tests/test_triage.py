"""Each voice and request gets exactly one outcome, with its clock or its number; 14 voices are 14 numbered records."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings import actions, doors
from ratusz.casework.meetings.factories import give_task, make_meeting, make_meeting_request, make_question, make_voice
from ratusz.casework.meetings.models import MeetingRequest, Voice
from ratusz.casework.meetings.registries import Target, targets
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def taken(monkeypatch):
    """A target for decisions; what it was given."""
    given: list[dict] = []

    def take(*, meeting, key, facts, person):
        given.append({"key": key, **facts})
        if facts["text"] == "zły":
            raise ValueError("Za krótko.")
        return "decisions.decision:7", "U/2026/0007", "/admin/ustalenia/7/"

    target = Target("ustalenie", take, needs=("text", "unit", "due_on"), is_offered=lambda meeting: meeting.kind != "reception")
    monkeypatch.setitem(targets._entries, "decisions.decision", target)
    return given


def running(thing) -> list[str]:
    return list(Clock.objects.running().filter(subject=thing.key).values_list("rule_code", flat=True))


def test_fourteen_voices_are_fourteen_numbered_records_without_holes(editor):
    meeting = make_meeting()
    for number in range(14):
        actions.write_voice(meeting=meeting, question=f"Głos {number}", who="mieszkaniec, Ligota", person=editor)
    assert list(meeting.voices.values_list("number", flat=True)) == list(range(1, 15))
    with pytest.raises(Refused):
        actions.remove_voice(voice=meeting.voices.get(number=13), person=editor)
    actions.remove_voice(voice=meeting.voices.get(number=14), person=editor)
    assert actions.write_voice(meeting=meeting, question="Czternasty", person=editor).number == 14


def test_outcomes_start_the_clock_of_the_law_from_the_day_of_filing(editor):
    meeting, unit = make_meeting(in_days=-20), UnitFactory()
    filed = make_meeting_request(meeting, filed_at=database_now() - timedelta(days=20))
    actions.give_outcome(thing=filed, outcome="application", person=editor)
    said = make_voice(meeting)
    actions.give_outcome(thing=said, outcome="follow_up", unit=unit, person=editor)
    clocks = {each.rule_code: each for each in Clock.objects.all()}
    assert local_day(clocks["meetings.application"].started_at) == local_day(filed.filed_at)
    assert (local_day(clocks["meetings.follow_up"].started_at), clocks["meetings.follow_up"].unit) == (
        local_day(database_now()),
        unit,
    )


def test_another_outcome_withdraws_the_clock_of_the_first(editor, monkeypatch):
    monkeypatch.delitem(targets._entries, "requests.information", raising=False)
    filed = make_meeting_request(make_meeting())
    seen = []
    for outcome in ("complaint", "information", "application"):
        actions.give_outcome(thing=filed, outcome=outcome, person=editor)
        seen.append(running(filed))
    actions.give_outcome(thing=filed, outcome="none", reason="wycofany na miejscu", person=editor)
    assert [*seen, running(filed)] == [["meetings.complaint"], ["public_information.answer"], ["meetings.application"], []]


@pytest.mark.parametrize(
    ("outcome", "facts"), [("", {}), ("none", {"reason": " "}), ("follow_up", {}), ("answered", {}), ("decision", {})]
)
def test_an_outcome_without_what_it_needs_is_refused(editor, monkeypatch, outcome, facts):
    monkeypatch.delitem(targets._entries, "decisions.decision", raising=False)
    with pytest.raises(Refused):
        actions.give_outcome(thing=make_voice(make_meeting()), outcome=outcome, person=editor, **facts)


def test_a_decision_is_made_once_and_cannot_become_something_else(editor, taken):
    voice = make_voice(make_meeting(), who="Jan Nowak, mieszkaniec, Ligota")
    facts = {"text": "Naprawimy chodnik", "unit": UnitFactory(), "due_on": date(2027, 3, 1)}
    for _twice in range(2):
        made = actions.give_outcome(thing=voice, outcome="decision", facts=facts, person=editor)
    assert (made.target_number, [each["key"] for each in taken]) == ("U/2026/0007", [voice.key])
    assert [(each["asked"], each["who"]) for each in taken] == [(voice.question, "mieszkaniec, Ligota")]
    filed = make_meeting_request(make_meeting(), "Ławka przy stawie")
    actions.give_outcome(thing=filed, outcome="decision", facts=facts, person=editor)
    assert (taken[-1]["asked"], "who" in taken[-1]) == ("Ławka przy stawie", False)
    with pytest.raises(Refused, match="U/2026/0007"):
        actions.give_outcome(thing=voice, outcome="none", reason="pomyłka", person=editor)


def test_what_a_target_needs_or_refuses_is_said_in_words(editor, taken):
    voice = make_voice(make_meeting())
    with pytest.raises(Refused, match="dzień"):
        actions.give_outcome(thing=voice, outcome="decision", facts={"text": "x", "unit": UnitFactory()}, person=editor)
    facts = {"text": "zły", "unit": UnitFactory(), "due_on": date(2027, 3, 1)}
    with pytest.raises(Refused, match="Za krótko"):
        actions.give_outcome(thing=voice, outcome="decision", facts=facts, person=editor)
    assert Voice.objects.get().outcome == ""


def test_remarks_without_a_register_wait_here_with_their_number(editor):
    voice = make_voice(make_meeting("consultation"))
    made = actions.give_outcome(thing=voice, outcome="remark", person=editor)
    assert (made.outcome, made.target_key, made.number) == ("remark", "", 1)


def test_the_number_of_the_document_system_is_pasted_back(editor):
    filed = make_meeting_request(make_meeting())
    with pytest.raises(Refused):
        actions.note_foreign_number(thing=filed, number="WK.1", person=editor)
    actions.give_outcome(thing=filed, outcome="application", person=editor)
    assert actions.note_foreign_number(thing=filed, number=" WK.1511.7.2026 ", person=editor).foreign_number == "WK.1511.7.2026"


def test_the_answer_given_later_stops_the_clock_and_is_mailed_once(editor):
    filed = make_meeting_request(make_meeting(), email="halina@example.pl")
    unit = UnitFactory()
    with pytest.raises(Refused):
        actions.answer_later(thing=filed, answer="Tak.", person=editor)
    actions.give_outcome(thing=filed, outcome="follow_up", unit=unit, person=editor)
    clerk = AppointmentFactory(role_code="unit_editor", unit=unit).person
    with pytest.raises(Refused):
        actions.answer_later(thing=filed, answer=" ", person=clerk)
    for _twice in range(2):
        actions.answer_later(thing=filed, answer="Latarnie staną w maju.", person=clerk)
    assert (running(filed), OutboxMessage.objects.filter(purpose="meetings.receipt").count()) == ([], 1)
    with pytest.raises(NotYours):
        actions.answer_later(thing=filed, answer="x", person=AppointmentFactory(role_code="unit_editor").person)
    assert doors.find_receipt(filed.code, database_now()).status == "Odpowiedzieliśmy."


def test_a_request_gets_its_number_and_a_receipt_by_mail(editor):
    filed = actions.file_request(
        meeting=make_meeting(), subject="Latarnie", text="Proszę o latarnie.", email="halina@example.pl", person=editor
    )
    year = local_day(database_now()).year
    message = OutboxMessage.objects.get()
    assert (filed.number, filed.receipt in message.content.text, filed.number in message.content.subject) == (
        f"W/{year}/0001",
        True,
        True,
    )
    found = doors.find_receipt(filed.code, database_now())
    assert (found.status, dict(found.facts)["Numer"]) == ("Czytamy go.", filed.number)
    assert doors.find_receipt("K7QM2X9D4TRA", database_now()) is None
    MeetingRequest.objects.update(target_number="U/2026/0001", target_url="/admin/ustalenia/1/")
    became = doors.find_receipt(filed.code, database_now())
    assert (became.url, dict(became.facts)["Powstało z niego"]) == ("", "U/2026/0001"), "no way to a page of staff"


@pytest.mark.parametrize("facts", [{"subject": " ", "text": "x"}, {"subject": "x", "text": " "}])
def test_a_request_without_words_is_refused(editor, facts):
    with pytest.raises(Refused):
        actions.file_request(meeting=make_meeting(), person=editor, **facts)


def test_an_attachment_that_is_not_what_its_name_says_is_refused_and_nothing_is_numbered(editor):
    meeting = make_meeting()
    with pytest.raises(Refused):
        actions.file_request(
            meeting=meeting, subject="Skan", scan=(io.BytesIO(b"MZ\x90\x00 to nie jest PDF"), "wniosek.pdf"), person=editor
        )
    kept = actions.file_request(meeting=meeting, subject="Skan", scan=(io.BytesIO(make_pdf()), "wniosek.pdf"), person=editor)
    assert (kept.number[-4:], kept.scan.kind, MeetingRequest.objects.count(), StoredFile.objects.count()) == ("0001", "pdf", 1, 1)
    assert doors.may_read_scan(editor, kept.scan, database_now())
    assert not doors.may_read_scan(AppointmentFactory(role_code="unit_editor").person, kept.scan, database_now())


def test_after_the_meeting_what_has_no_outcome_waits_on_the_desk(editor):
    meeting = make_meeting(in_days=-1)
    voice, taker = make_voice(meeting), AppointmentFactory(role_code="unit_editor").person
    give_task(meeting, taker, "minute_taker")
    at = database_now()
    moves = [
        [each.url for each in doors.moves_of_the_day(person, at)]
        for person in (editor, taker, AppointmentFactory(role_code="unit_editor").person)
    ]
    assert [len(each) for each in moves] == [1, 1, 0]
    actions.give_outcome(thing=voice, outcome="none", reason="poza miastem", person=editor)
    assert list(doors.moves_of_the_day(editor, at)) == []


def test_a_voice_is_changed_and_keeps_its_number_and_an_answered_one_its_answer(editor):
    question = make_question(meeting := make_meeting())
    voice = actions.write_voice(
        meeting=meeting, question="Kiedy?", answer="Jutro", answered_by="Prezydent", asked=question, person=editor
    )
    actions.give_outcome(thing=voice, outcome="answered", person=editor)
    with pytest.raises(Refused):
        actions.change_voice(voice=voice, answer=" ", person=editor)
    with pytest.raises(Refused):
        actions.change_voice(voice=voice, question="", person=editor)
    changed = actions.change_voice(voice=voice, who="radna", number=99, person=editor)
    question.refresh_from_db()
    assert (changed.number, changed.who, question.state) == (1, "radna", "answered")
    with pytest.raises(Refused):
        actions.write_voice(meeting=meeting, question=" ", person=editor)
