"""The door: six signs, two phones without a network, walk-ins as numbers."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.actions import Press
from ratusz.casework.meetings.attendance import attendance_of
from ratusz.casework.meetings.factories import make_meeting, make_place, make_registration
from ratusz.casework.meetings.models import CheckIn, Registration, SeatGroup, WalkIn
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return AppointmentFactory(role_code="desk_officer").person


@pytest.fixture
def meeting():
    """It began an hour ago."""
    return make_meeting(in_days=-1 / 24)


def test_two_phones_an_hour_without_a_network_give_one_check_in_each_at_the_earliest_moment(officer, meeting):
    people = [make_registration(meeting, persons=number) for number in (1, 2, 3)]
    start = meeting.starts_at
    walk = str(uuid.uuid4())
    first = [Press("in", each.door_code, start + timedelta(minutes=5 + number)) for number, each in enumerate(people)]
    first.append(Press("walk", walk, start + timedelta(minutes=1)))
    second = [
        Press("in", people[0].door_code, start + timedelta(minutes=2)),
        Press("in", people[1].door_code, start + timedelta(minutes=9)),
    ]
    one = actions.sync_door(meeting=meeting, door="A", device="a", presses=first, person=officer)
    two = actions.sync_door(meeting=meeting, door="B", device="b", presses=second, person=officer)
    again = actions.sync_door(meeting=meeting, door="A", device="a", presses=first, person=officer)
    assert [each.result for each in one] == ["in"] * 4
    assert [(each.result, each.door) for each in two] == [("already", "B"), ("already", "A")]
    assert [each.result for each in again] == ["in", "already", "already", "already"]
    assert list(CheckIn.objects.order_by("pk").values_list("door", "moment")) == [
        ("B", start + timedelta(minutes=2)), ("A", start + timedelta(minutes=6)), ("A", start + timedelta(minutes=7))
    ]  # fmt: skip
    assert (attendance_of(meeting, database_now()).inside, WalkIn.objects.count()) == (7, 1)


def test_a_second_device_learns_when_and_where_the_person_came_in(officer, meeting):
    person = make_registration(meeting)
    actions.check_in(meeting=meeting, code=person.door_code.lower(), door="A", person=officer)
    answer = actions.check_in(meeting=meeting, code=person.door_code, door="B", person=officer)
    known = CheckIn.objects.get()
    assert (answer.result, answer.door, answer.moment) == ("already", "A", known.moment)
    assert Registration.objects.get().standing == "checked_in"


@pytest.mark.parametrize("standing", ["waiting", "cancelled", "declined"])
def test_who_has_no_seat_is_not_on_the_list(officer, meeting, standing):
    person = make_registration(meeting, standing=standing)
    assert actions.check_in(meeting=meeting, code=person.door_code, door="A", person=officer).result == "unknown"


def test_the_code_of_another_meeting_lets_nobody_in(officer, meeting):
    other = make_registration(make_meeting())
    assert actions.check_in(meeting=meeting, code=other.door_code, door="A", person=officer).result == "unknown"


@pytest.mark.parametrize("shift", [{"days": -2}, {"days": 1}])
def test_a_phone_with_a_wrong_clock_is_not_believed(officer, meeting, shift):
    person = make_registration(meeting)
    at = database_now()
    came = actions.check_in(meeting=meeting, code=person.door_code, door="A", moment=at + timedelta(**shift), person=officer)
    assert at <= came.moment <= database_now()


def test_walk_ins_are_counted_by_group_and_taken_back_by_mistake_only(officer, meeting):
    group = SeatGroup.objects.create(meeting=meeting, name="Rodzice")
    press = uuid.uuid4()
    count = {"meeting": meeting, "person": officer}
    numbers = [actions.count_walk_in(press=each, group=group, **count) for each in (press, press, uuid.uuid4())]
    assert numbers == [1, 1, 2]
    assert actions.count_walk_in(press=uuid.uuid4(), group=group, step=-1, **count) == 1
    with pytest.raises(Refused):
        actions.count_walk_in(press=uuid.uuid4(), step=-1, **count)
    assert [each.result for each in actions.sync_door(
        meeting=meeting, door="A", device="a", presses=[Press("walk", "nie-uuid", database_now())], person=officer
    )] == ["unknown"]  # fmt: skip


@pytest.mark.parametrize(("inside", "warning"), [(8, ""), (9, "near"), (10, "full"), (11, "full")])
def test_the_room_warns_at_ninety_and_at_a_hundred_percent(officer, inside, warning):
    meeting = make_meeting(in_days=-1 / 24, capacity=50, place=make_place("Mała sala", capacity=10))
    for _each in range(inside):
        actions.count_walk_in(meeting=meeting, press=uuid.uuid4(), person=officer)
    assert attendance_of(meeting, database_now()).warning == warning


def test_unclaimed_seats_are_free_ten_minutes_after_the_start():
    meeting = make_meeting(capacity=10)
    make_registration(meeting, persons=4)
    free = [attendance_of(meeting, meeting.starts_at + timedelta(minutes=minutes)).free for minutes in (9, 10)]
    assert (free, attendance_of(make_meeting(), database_now()).free) == ([6, 10], None)


def test_only_people_of_the_door_let_in(meeting):
    stranger = AppointmentFactory(role_code="unit_editor").person
    with pytest.raises(NotYours):
        actions.check_in(meeting=meeting, code="AAAAAA", door="A", person=stranger)
