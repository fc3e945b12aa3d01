"""Deeds at one moment that somebody tried to break: seats freed three ways at once, the door against a farewell, minutes twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from tests.harness.at_once import at_once as begun_together

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting, make_registration, make_voice
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, target_of_decisions, write_block
from ratusz.casework.meetings.models import CheckIn, Meeting, MinutesPublication, MinutesVersion, Notice, Registration
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.kit.clock import database_now

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


at_once = partial(begun_together, refusals=(Refused,))


def test_m2_a_cancel_two_more_seats_and_an_expiry_at_once_offer_each_freed_seat_once_in_order():
    """M2, the burst: four seats are freed by three at once."""
    person = make_minute_taker()
    meeting, now = make_meeting(capacity=3), database_now()
    leaving, _staying = (make_registration(meeting, email=f"m{number}@example.pl") for number in range(2))
    late = make_registration(meeting, standing="offered", email="p@example.pl", offer_expires_at=now - timedelta(seconds=1))
    line = [
        make_registration(
            meeting, standing="waiting", email=f"k{number}@example.pl", waiting_since=now - timedelta(hours=9 - number)
        )
        for number in range(7)
    ]
    at_once(
        lambda: actions.give_up_seat(registration=leaving),
        lambda: actions.change_meeting(meeting=meeting, facts={"capacity": 5}, person=person),
        actions.sweep_seats,
        actions.sweep_seats,
    )
    rows = Registration.objects.in_bulk([each.pk for each in line])
    assert [rows[each.pk].standing for each in line] == ["offered"] * 4 + ["waiting"] * 3
    assert (Registration.objects.get(pk=late.pk).standing, Registration.objects.get(pk=leaving.pk).standing) == (
        "expired",
        "cancelled",
    )
    assert Notice.objects.filter(event="offer").count() == 4 and Notice.objects.filter(event="offer_over").count() == 1
    assert sum(meeting.registrations.taking_seats(database_now()).values_list("persons", flat=True)) == 5


def test_whoever_was_let_in_a_moment_ago_gives_up_no_seat():
    """The farewell was read before the door wrote: it finds the person inside."""
    person = make_minute_taker()
    meeting = make_meeting(in_days=0.01)
    mine = make_registration(meeting, email="a@example.pl")
    thread = threading.Thread(target=lambda: at_once(lambda: actions.give_up_seat(registration=mine)))
    with transaction.atomic():
        actions.check_in(meeting=meeting, code=mine.door_code, door="A", person=person)
        thread.start()
        thread.join(1)
    thread.join(10)
    mine.refresh_from_db()
    assert (mine.standing, mine.ended_at, CheckIn.objects.count()) == ("checked_in", None, 1)


def test_minutes_approved_and_published_twice_at_once_are_one_version_and_one_publication():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    write_block(minutes, "decision", person, text="Ławka", public_text="Ławka stanie.")
    with target_of_decisions() as made:
        at_once(*[lambda: actions.approve_minutes(minutes=minutes, person=person)] * 3)
        at_once(*[lambda: actions.publish_minutes(minutes=minutes, person=person)] * 3)
        assert len(made) == 1
    assert (MinutesVersion.objects.count(), MinutesPublication.objects.count()) == (1, 1)


def test_a_voice_written_while_minutes_are_approved_is_in_them_or_holds_them_back():
    """I4. Never approved with a voice that has no outcome and stands before the approval."""
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    make_voice(minutes.meeting, outcome="none", outcome_reason="Sprawdzone.", triaged_at=database_now())
    with target_of_decisions():
        at_once(
            lambda: actions.approve_minutes(minutes=minutes, person=person),
            lambda: actions.write_voice(meeting=Meeting.objects.get(), question="Kiedy?", person=person),
        )
    minutes.refresh_from_db()
    later = minutes.meeting.voices.get(question="Kiedy?")
    version = minutes.versions.first()
    assert version is None or later.written_at >= version.approved_at
    assert "Kiedy?" not in (version.canonical if version else "")


def test_minutes_begun_twice_at_once_are_one():
    person, meeting = make_minute_taker(), make_meeting(in_days=-1)
    at_once(*[lambda: actions.begin_minutes(meeting=meeting, person=person)] * 3)
    assert Meeting.objects.get().minutes.blocks.filter(kind="heading").count() == 1
