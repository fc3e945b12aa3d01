"""Days of meetings in the demo city: two districts with voices, requests and questions, loaded once."""

from __future__ import annotations

import pytest

from ratusz.casework.meetings.models import AgendaItem, Meeting, MeetingRequest, Question, Voice
from ratusz.demo import meeting_day, people, territory

pytestmark = pytest.mark.slow


@pytest.mark.django_db
def test_two_districts_were_visited_and_the_next_agenda_has_what_was_left():
    for load in (territory.load, people.load, meeting_day.load, meeting_day.load):
        load(lambda words: None)
    assert (Voice.objects.count(), Voice.objects.filter(outcome="").count(), MeetingRequest.objects.count()) == (28, 3, 6)
    assert (Meeting.objects.filter(state="held").count(), Question.objects.filter(state="shown").count()) == (2, 3)
    coming = Meeting.objects.get(state="announced")
    assert AgendaItem.objects.filter(meeting=coming, source="meetings.unfinished").count() > 3
    tasks = {(duty.task, duty.person.email.partition("@")[0]) for duty in coming.duties.select_related("person")}
    assert tasks == {
        ("organiser", "editor"), ("host", "head"), ("minute_taker", "editor"), ("registrar", "desk-officer"),
        ("helper", "press-officer"),
    }  # fmt: skip
    assert not coming.checklist.filter(owner=None).exists()
