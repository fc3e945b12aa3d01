"""Two hundred people press the button at one moment for the last twenty places: twenty get them, the others wait in fair order."""

from __future__ import annotations

from functools import partial

import pytest
from tests.harness.at_once import at_once as begun_together

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.actions import Person
from ratusz.casework.meetings.factories import make_meeting, make_registration
from ratusz.casework.meetings.models import Notice, Registration
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORKERS, SEATED = 8, 16
"""Of those seated before, each of the eight lets two go."""


def at_once(deed, things) -> list:
    """The deed on each thing by eight workers that begin together."""
    return begun_together(*[partial(deed, thing) for thing in things], workers=WORKERS)


def test_twenty_of_two_hundred_get_the_last_places_and_the_rest_wait_in_order():
    UnitFactory(is_department=True)
    meeting = make_meeting(capacity=SEATED + 20)
    for _each in range(SEATED):
        make_registration(meeting)
    people = [Person(f"o{number}", (("email", f"o{number}@example.pl"),)) for number in range(200)]
    made = at_once(lambda person: actions.register(meeting=meeting, person=person), people)
    at_once(lambda each: actions.confirm_registration(registration=each), made)
    rows = Registration.objects.filter(name__startswith="o").order_by("made_at", "pk")
    assert [each.standing for each in rows] == ["confirmed"] * 20 + ["waiting"] * 180, "by arrival at the lock"
    assert sum(meeting.registrations.taking_seats(database_now()).values_list("persons", flat=True)) == SEATED + 20
    assert [each.pk for each in meeting.registrations.in_line()] == [each.pk for each in rows[20:]]
    assert len({each.door_code for each in Registration.objects.all()}) == SEATED + 200
    leaving = list(meeting.registrations.filter(standing="confirmed").exclude(name__startswith="o"))
    at_once(lambda each: actions.give_up_seat(registration=each), leaving)
    offered = list(meeting.registrations.filter(standing="offered").order_by("made_at", "pk"))
    assert [each.pk for each in offered] == [each.pk for each in rows[20 : 20 + SEATED]], "as many offers, in order"
    assert Notice.objects.filter(event="offer").count() == SEATED
    at_once(lambda _number: actions.sweep_seats(), range(WORKERS))
    assert Notice.objects.filter(event="offer").count() == SEATED


def test_one_address_sent_twenty_times_at_once_is_one_registration():
    UnitFactory(is_department=True)
    meeting = make_meeting(capacity=20)
    same = [Person("Ala", (("email", "ala@example.pl"),)) for _time in range(20)]
    assert len({each.pk for each in at_once(lambda person: actions.register(meeting=meeting, person=person), same)}) == 1
    assert Registration.objects.count() == 1
