"""The waiting list fills free seats by itself, in order, by offers of twelve daytime hours; each event is told once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from ratusz.casework.meetings import actions, signing_up
from ratusz.casework.meetings.actions import Person, TooLate
from ratusz.casework.meetings.factories import make_meeting, make_registration
from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup, Standing
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


def on_the_list(meeting: Meeting, editor, *names: str, persons: int = 1, group=None) -> list[Registration]:
    return [
        actions.register(
            meeting=meeting, person=Person(name, (("email", f"{name}@example.pl"),), persons, group), through="phone", by=editor
        )
        for name in names
    ]


def standings(*registrations: Registration) -> list[str]:
    for each in registrations:
        each.refresh_from_db()
    return [each.standing for each in registrations]


@pytest.fixture
def morning(clock):
    """Ten o'clock of a day: an offer made now runs until ten of the next."""
    clock.to(datetime.combine(clock.at.astimezone(WARSAW).date(), datetime.min.time(), WARSAW) + timedelta(days=1, hours=10))
    return clock


def test_one_gives_up_the_offer_runs_out_the_next_accepts_in_the_last_second_another_a_second_late(morning, editor, told):
    meeting = make_meeting(capacity=1, in_days=9)
    a, b, c, d = on_the_list(meeting, editor, *"abcd")
    told()
    actions.give_up_seat(registration=a)
    assert (standings(a, b, c), b.offer_expires_at) == (["cancelled", "offered", "waiting"], morning.at + timedelta(days=1))
    morning.on(days=1)
    actions.sweep_seats()
    assert standings(b, c) == ["expired", "offered"]
    morning.to(c.offer_expires_at - timedelta(seconds=1))
    assert actions.accept_offer(registration=c).standing == Standing.CONFIRMED
    actions.give_up_seat(registration=c)
    assert standings(d) == ["offered"]
    morning.to(d.offer_expires_at)
    with pytest.raises(TooLate):
        actions.accept_offer(registration=d)
    assert actions.rejoin(registration=d).standing == Standing.CONFIRMED, "nobody waits for the free seat"
    assert told() == [
        *[(name, "seat" if name == "a" else "waiting") for name in "abcd"], ("a", "gave_up"), ("b", "offer_over"), ("c", "seat"),
        ("c", "gave_up"), ("d", "offer_over"), ("d", "seat"),
    ], "an offer that is over before its letter is written is not written"  # fmt: skip


def test_after_expiry_the_answer_leads_back_to_the_end_of_the_list(morning, editor):
    meeting = make_meeting(capacity=1, in_days=9)
    a, b, c = on_the_list(meeting, editor, *"abc")
    actions.give_up_seat(registration=a)
    morning.on(days=1)
    with pytest.raises(TooLate):
        actions.accept_offer(registration=b)
    assert standings(b, c) == ["expired", "offered"]
    assert (actions.rejoin(registration=b).standing, standings(c)) == (Standing.WAITING, ["offered"])
    assert [each.name for each in meeting.registrations.in_line()] == ["b"]


def test_a_party_of_three_waits_and_nobody_overtakes_unless_smaller_ones_may(morning, editor):
    for smaller_first, expected in ((False, ["waiting", "waiting"]), (True, ["waiting", "offered"])):
        meeting = make_meeting(capacity=4, smaller_first=smaller_first, in_days=9)
        leaves, _stays = on_the_list(meeting, editor, "leaves", "stays", persons=2)
        (three,) = on_the_list(meeting, editor, "three", persons=3)
        (two,) = on_the_list(meeting, editor, "two", persons=2)
        actions.give_up_seat(registration=leaves)
        assert standings(three, two) == expected


def test_a_lowered_capacity_takes_nobodys_seat_and_stops_offers_until_it_fits(morning, editor):
    meeting = make_meeting(capacity=3, in_days=9)
    a, b, _c, d = on_the_list(meeting, editor, *"abcd")
    meeting = actions.change_meeting(meeting=meeting, facts={"capacity": 1}, person=editor)
    actions.give_up_seat(registration=a)
    assert standings(b, d) == ["confirmed", "waiting"]
    actions.change_meeting(meeting=meeting, facts={"capacity": 3}, person=editor)
    assert standings(d) == ["offered"]


def test_free_seats_of_a_quota_fall_to_all_at_its_date(morning, editor):
    meeting = make_meeting(capacity=2, in_days=9)
    SeatGroup.objects.create(meeting=meeting, name="Rada", capacity=2, quota_until=morning.at + timedelta(hours=1))
    (a,) = on_the_list(meeting, editor, "a")
    actions.sweep_seats()
    assert standings(a) == ["waiting"]
    morning.on(hours=1)
    assert [actions.sweep_seats() for _time in range(2)] == [1, 0]
    assert standings(a) == ["offered"]


@pytest.mark.parametrize(("given", "expected"), [(True, "confirmed"), (False, "waiting")])
def test_in_the_last_three_hours_a_free_seat_is_given_without_asking_or_left_for_walk_ins(morning, editor, told, given, expected):
    meeting = make_meeting(capacity=1, starts_at=morning.at + timedelta(hours=2), late_places_given=given)
    a, b = on_the_list(meeting, editor, *"ab")
    actions.give_up_seat(registration=a)
    assert standings(b) == [expected]
    assert (("b", "given") in told()) == given


def test_the_group_with_priority_goes_first_then_who_waits_longer(morning, editor):
    meeting = make_meeting(capacity=1, in_days=9)
    group = SeatGroup.objects.create(meeting=meeting, name="Rada", priority=1)
    a, b = on_the_list(meeting, editor, *"ab")
    (c,) = on_the_list(meeting, editor, "c", group=group)
    actions.give_up_seat(registration=a)
    assert standings(b, c) == ["waiting", "offered"]


def test_a_newcomer_never_passes_who_waits(morning, editor):
    meeting = make_meeting(capacity=3, in_days=9)
    a, _b = on_the_list(meeting, editor, *"ab", persons=1)
    (pair,) = on_the_list(meeting, editor, "pair", persons=3)
    (single,) = on_the_list(meeting, editor, "single")
    assert standings(pair, single) == ["waiting", "waiting"]
    actions.give_up_seat(registration=a)
    assert standings(pair, single) == ["waiting", "waiting"]


def test_nothing_is_offered_after_the_start_or_when_cancelled(morning, editor):
    meeting = make_meeting(capacity=1, in_days=9)
    a, b = on_the_list(meeting, editor, *"ab")
    actions.cancel_meeting(meeting=meeting, reason="Awaria", person=editor)
    actions.give_up_seat(registration=a)
    assert standings(b) == ["waiting"]
    with pytest.raises(signing_up.SignUpRefused):
        actions.rejoin(registration=a)


DEEDS = some.lists(
    some.tuples(some.sampled_from(["join", "leave", "accept", "late", "wider", "narrower", "sweep"]), some.integers(0, 11)),
    min_size=4, max_size=14,
)  # fmt: skip


class EveryOrder(TestCase):
    """Whatever people and organisers do in whatever order."""

    @pytest.mark.slow
    @settings(max_examples=40, deadline=None)
    @given(DEEDS, some.integers(1, 4))
    def test_no_seat_is_lost_or_given_twice_and_nobody_of_the_line_is_passed(self, deeds, capacity):
        editor = AppointmentFactory(role_code="editor").person
        meeting, most = make_meeting(capacity=capacity, in_days=20), capacity
        at = database_now()
        for deed, number in deeds:
            live = list(meeting.registrations.alive().order_by("pk"))
            one = live[number % len(live)] if live else None
            meeting.refresh_from_db()
            if deed == "join":
                actions.register(meeting=meeting, person=Person(f"n{number}", persons=1 + number % 3), through="desk", by=editor)
            elif deed in ("wider", "narrower"):
                change = {"capacity": max(1, meeting.capacity + (1 if deed == "wider" else -1))}
                meeting = actions.change_meeting(meeting=meeting, facts=change, person=editor)
                most = max(most, meeting.capacity)
            elif deed == "sweep":
                actions.sweep_seats()
            elif one and deed == "leave":
                actions.give_up_seat(registration=one)
            elif one and deed == "late":
                Registration.objects.filter(pk=one.pk, standing="offered").update(offer_expires_at=at - timedelta(seconds=1))
            elif one and one.standing == "offered":
                try:
                    actions.accept_offer(registration=one)
                except TooLate:
                    actions.rejoin(registration=one)
            self._holds(meeting, most)

    def _holds(self, meeting, most):
        taken = sum(meeting.registrations.taking_seats(database_now()).values_list("persons", flat=True))
        assert taken <= most
        line = list(meeting.registrations.in_line())
        assert [each.waiting_since for each in line] == sorted(each.waiting_since for each in line)


def test_the_database_refuses_an_offer_without_its_end_and_two_live_ones_of_an_address():
    from django.db import IntegrityError, transaction

    meeting = make_meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(meeting, standing="offered", offer_expires_at=None)
    make_registration(meeting, email="a@example.pl")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_registration(meeting, email="a@example.pl", standing="waiting")
    make_registration(meeting, email="a@example.pl", standing="cancelled")


def test_who_asks_to_be_erased_frees_the_seat_for_the_next(morning, editor):
    meeting = make_meeting(capacity=1, in_days=9)
    a, b = on_the_list(meeting, editor, *"ab")
    assert actions.erase_registrations(registrations=[a]) == 1
    assert (standings(a, b), a.name, a.address) == (["cancelled", "offered"], "", None)


def test_an_offer_of_a_meeting_that_was_called_off_gives_no_seat(editor, clock, told):
    meeting = make_meeting(capacity=1)
    mine = make_registration(meeting, standing="offered", email="o@example.pl")
    actions.cancel_meeting(meeting=meeting, reason="Powódź", person=editor)
    with pytest.raises(signing_up.SignUpRefused, match="odwołane"):
        actions.accept_offer(registration=mine)
    assert standings(mine) == ["offered"] and "seat" not in dict(told()).values()
