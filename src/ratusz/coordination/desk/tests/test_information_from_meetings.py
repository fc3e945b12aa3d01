"""A request for public information from a meeting stands in the Office's register once, with the clock of the law from its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.actions import give_outcome
from ratusz.casework.meetings.factories import make_meeting, make_meeting_request, make_voice
from ratusz.casework.requests.models import Request
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


def test_a_filed_request_takes_its_words_contact_and_day_along(editor):
    filed_at = database_now() - timedelta(days=3)
    filed = make_meeting_request(
        make_meeting(in_days=-3), email="halina@example.pl", name="Halina", text="Ile kosztował most?", filed_at=filed_at
    )
    for _twice in range(2):
        done = give_outcome(thing=filed, outcome="information", person=editor)
    made = Request.objects.get()
    clock = Clock.objects.get(rule_code="public_information.answer")
    assert (made.text, made.name, made.contact, made.contact_value) == (
        "Ile kosztował most?",
        "Halina",
        "email",
        "halina@example.pl",
    )
    assert (done.target_key, clock.subject, local_day(clock.started_at)) == (made.key, made.key, local_day(filed_at))
    assert str(made.pk) in done.target_number


def test_a_voice_becomes_a_request_of_nobody(editor):
    give_outcome(thing=make_voice(make_meeting(), "Ile kosztował most?"), outcome="information", person=editor)
    made = Request.objects.get()
    assert (made.text, made.name, made.contact) == ("Ile kosztował most?", "", "none")
