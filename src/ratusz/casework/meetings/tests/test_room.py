"""Who speaks and how long, questions before and during the meeting, one support for one link, captions of a recording."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting, make_question, make_registration
from ratusz.casework.meetings.models import Question, Speaker
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


def test_one_speaks_after_another_in_the_order_of_the_line(editor):
    meeting = make_meeting()
    one, two, three = (actions.sign_up_speaker(meeting=meeting, who=who, person=editor) for who in ("A", "B", "C"))
    for speaker, step in (
        (three, "up"),
        (two, "down"),
        (three, "up"),
        (three, "up"),
        (three, "start"),
        (one, "start"),
        (one, "stop"),
        (two, "leave"),
    ):
        actions.run_speaker(speaker=speaker, step=step, person=editor)
    rows = Speaker.objects.order_by("order")
    assert [(each.who, bool(each.started_at), bool(each.ended_at), bool(each.left_at)) for each in rows] == [
        ("C", True, True, False), ("A", True, True, False), ("B", False, False, True)
    ]  # fmt: skip
    assert {each.minutes for each in rows} == {3}
    for speaker, step in ((two, "start"), (two, "stop"), (one, "leave"), (one, "up"), (one, "sing")):
        with pytest.raises(Refused):
            actions.run_speaker(speaker=speaker, step=step, person=editor)


def test_minutes_of_a_speaker_are_the_organisers_word_or_the_kinds(editor):
    meeting = make_meeting()
    actions.save_preparation(meeting=meeting, speaker_minutes=5, person=editor)
    assert actions.sign_up_speaker(meeting=meeting, who="A", person=editor).minutes == 5
    with pytest.raises(Refused):
        actions.sign_up_speaker(meeting=meeting, who=" ", person=editor)


def test_questions_of_registered_people_become_rows_once_and_follow_changed_words_until_read(editor):
    meeting = make_meeting()
    first, read = make_registration(meeting, question="Kiedy tramwaj?"), make_registration(meeting, question="Kiedy park?")
    make_registration(meeting, question="Nie ma mnie", standing="cancelled")
    assert (actions.gather_questions(), actions.gather_questions()) == (2, 0)
    actions.settle_question(question=read.questions.get(), state="shown", group_words="Park", person=editor)
    for each in (first, read):
        each.question += " A autobus?"
        each.save()
    actions.gather_questions()
    assert sorted(Question.objects.values_list("text", "state", "group_words")) == [
        ("Kiedy park?", "shown", "Park"), ("Kiedy tramwaj? A autobus?", "new", "")
    ]  # fmt: skip


def test_one_link_supports_a_shown_question_once(editor):
    meeting = make_meeting()
    question, registration = make_question(meeting), make_registration(meeting)
    with pytest.raises(Refused):
        actions.support_question(question=question, registration=registration)
    question = actions.settle_question(question=question, state="shown", person=editor)
    assert [actions.support_question(question=question, registration=registration) for _twice in range(2)] == [True, False]
    for stranger in (make_registration(make_meeting()), make_registration(meeting, standing="cancelled")):
        with pytest.raises(NotYours):
            actions.support_question(question=question, registration=stranger)


def test_a_question_is_hidden_for_a_reason_only(editor):
    question = make_question(make_meeting())
    for facts in ({"state": "hidden", "because": " "}, {"state": "gone"}):
        with pytest.raises(Refused):
            actions.settle_question(question=question, person=editor, **facts)
    hidden = actions.settle_question(question=question, state="hidden", because="nazwisko sąsiada", person=editor)
    assert actions.settle_question(question=hidden, state="shown", because="", person=editor).hidden_because == ""


def test_questions_in_writing_come_from_staff_or_by_a_link_with_a_seat(editor):
    meeting = make_meeting()
    actions.note_question(meeting=meeting, text="Z sali?", person=editor)
    actions.note_question(meeting=meeting, text="Z internetu?", registration=make_registration(meeting))
    assert list(Question.objects.values_list("text", "state")) == [("Z sali?", "new"), ("Z internetu?", "new")]
    with pytest.raises(Refused):
        actions.note_question(meeting=meeting, text=" ", person=editor)
    for stranger in (
        {"registration": make_registration(meeting, standing="waiting")},
        {"person": AppointmentFactory(role_code="unit_editor").person},
    ):
        with pytest.raises(NotYours):
            actions.note_question(meeting=meeting, text="?", **stranger)


def test_a_link_asks_five_questions_and_none_after_the_meeting():
    meeting, over = make_meeting(), make_meeting(in_days=-1)
    registration, late = make_registration(meeting), make_registration(over)
    for number in range(5):
        actions.note_question(meeting=meeting, text=f"Pytanie {number}?", registration=registration)
    with pytest.raises(Refused, match="5"):
        actions.note_question(meeting=meeting, text="Szóste?", registration=registration)
    actions.note_question(meeting=meeting, text="Ktoś inny?", registration=make_registration(meeting))
    with pytest.raises(Refused, match="nie przyjmujemy"):
        actions.note_question(meeting=over, text="Po spotkaniu?", registration=late)
    with pytest.raises(Refused):
        actions.support_question(question=make_question(over, state="shown"), registration=late)


def test_a_recorded_meeting_closed_as_held_gets_the_clock_of_its_captions_once():
    now = database_now()
    facts = {"in_days": -1, "state": "held", "held_at": now}
    recorded = make_meeting(is_recorded=True, **facts)
    make_meeting(**facts)
    make_meeting(in_days=-1, is_recorded=True)
    assert (actions.start_captions(), actions.start_captions()) == (1, 0)
    clock = Clock.objects.get()
    assert (clock.subject, clock.rule_code, clock.started_at) == (recorded.key, "recording.captions", recorded.ends_at)
    assert clock.due_at - clock.started_at > timedelta(days=13)
