"""What the database refuses about the day of a meeting, whoever asks it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import (
    make_meeting,
    make_meeting_request,
    make_point,
    make_question,
    make_registration,
    make_speaker,
    make_voice,
)
from ratusz.casework.meetings.models import CheckIn, MeetingRequest, Question, Speaker, WalkIn
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day

pytestmark = pytest.mark.django_db


def refused(name: str, deed) -> bool:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        deed()
    return True


def test_an_outcome_needs_what_belongs_to_it():
    meeting, now = make_meeting(), database_now()
    wrong = {
        "voice_nothing_follows_for_a_reason": {"outcome": "none", "triaged_at": now},
        "voice_follow_up_has_its_unit": {"outcome": "follow_up", "triaged_at": now},
        "voice_decision_is_made": {"outcome": "decision", "triaged_at": now},
        "voice_outcome_has_its_moment": {"outcome": "remark"},
        "an_answered_voice_has_its_answer": {"outcome": "answered", "triaged_at": now},
    }
    assert all(refused(name, lambda facts=facts: make_voice(meeting, **facts)) for name, facts in wrong.items())


def test_a_voice_number_a_source_point_and_a_check_in_stand_once():
    meeting, now = make_meeting(), database_now()
    make_voice(meeting)
    assert refused("a_voice_has_its_number", lambda: make_voice(meeting, number=1))
    make_point(meeting, source_key="decisions.decision:1")
    assert refused("a_source_point_stands_once", lambda: make_point(meeting, source_key="decisions.decision:1"))
    came = {"registration": make_registration(meeting), "door": "A", "moment": now, "received_at": now}
    CheckIn.objects.create(**came)
    assert refused("registration_id", lambda: CheckIn.objects.create(**came))
    press = {"meeting": meeting, "press": meeting.uid, "door": "A", "moment": now}
    WalkIn.objects.create(**press)
    assert refused("a_press_counts_once", lambda: WalkIn.objects.create(**press))


def test_one_person_speaks_at_a_time():
    meeting, now = make_meeting(), database_now()
    make_speaker(meeting, started_at=now)
    assert refused("one_speaks_at_a_time", lambda: make_speaker(meeting, started_at=now))
    assert refused("a_speech_ends_after_start", lambda: make_speaker(meeting, started_at=now, ended_at=now - timedelta(seconds=1)))
    assert refused("a_point_ended_had_begun", lambda: make_point(meeting, ended_at=now))


def test_requests_are_numbered_in_their_year_without_gaps():
    meeting = make_meeting()
    year = local_day(database_now()).year
    assert [make_meeting_request(meeting).number for _each in range(3)] == [f"W/{year}/{number:04}" for number in (1, 2, 3)]


def test_a_kind_says_how_long_words_and_requests_are_kept():
    meeting = make_meeting(in_days=-40)
    meeting.kind_facts["keep"] |= {"words": 60, "requests": 400}
    meeting.save()
    make_speaker(meeting)
    make_question(meeting, who="Halina")
    triaged = database_now() - timedelta(days=390)
    make_meeting_request(meeting, outcome="none", outcome_reason="nie dotyczy miasta", name="Halina", triaged_at=triaged)
    assert actions.forget_the_day() == 0
    assert actions.forget_the_day(at=database_now() + timedelta(days=21)) == 3


def test_words_go_when_their_time_is_over_and_an_open_request_stays():
    meeting = make_meeting(in_days=-40)
    make_speaker(meeting)
    make_question(meeting, who="Halina")
    triaged = {"triaged_at": database_now() - timedelta(days=366)}
    make_meeting_request(meeting, outcome="none", outcome_reason="nie dotyczy miasta", name="Halina", **triaged)
    make_meeting_request(meeting, outcome="application", name="Halina", **triaged)
    make_meeting_request(meeting, outcome="complaint", foreign_number="WK.1", name="Halina", **triaged)
    assert actions.forget_the_day() == 4
    assert actions.forget_the_day() == 0
    assert [Speaker.objects.get().who, Question.objects.get().text, Question.objects.get().who] == ["", "", ""]
    assert list(MeetingRequest.objects.values_list("name", "text")) == [
        ("", ""),
        ("Halina", "Proszę o latarnie w parku."),
        ("", ""),
    ]
