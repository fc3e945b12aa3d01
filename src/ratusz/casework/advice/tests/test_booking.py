"""A time is booked without an account: held for a code, taken once, cancelled by the link, told of when the hours change."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from ratusz.casework.advice import actions, links, queries, rules
from ratusz.casework.advice.actions import Guest
from ratusz.casework.advice.factories import free_time, fresh, make_appointment, make_point
from ratusz.casework.advice.models import Appointment, State
from ratusz.casework.advice.openings import moment_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
EWA = Guest("Ewa", "o ławkach", "", "email", "ewa@example.pl")


def texts(purpose="advice.appointment"):
    return [each.content.text for each in OutboxMessage.objects.filter(purpose=purpose).order_by("pk").select_related("content")]


def wrong(digits):
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_a_time_is_held_for_its_code_and_then_booked(point, newest_code):
    hour = free_time(point)
    held = actions.book_online(point=point, starts_at=hour.starts_at, guest=EWA)
    assert held.state == State.HELD and hour.starts_at not in [
        each.starts_at for each in queries.free_times_of(point, database_now())
    ]
    with pytest.raises(rules.AdviceRefused, match="kod"):
        actions.confirm_appointment(appointment=held, digits=wrong(newest_code()))
    booked = actions.confirm_appointment(appointment=held, digits=newest_code())
    assert booked.state == State.BOOKED
    assert "Rynek 13, 205" in texts()[0] and links.my_appointment_url(held) in texts()[0]
    assert actions.confirm_appointment(appointment=booked, digits="000000") == booked
    with pytest.raises(rules.AdviceRefused, match="nie potrzebuje kodu"):
        actions.send_code_again(appointment=booked)


def test_nobody_takes_a_taken_time_and_the_database_agrees(point, adviser):
    made = make_appointment(point, adviser)
    with pytest.raises(rules.AdviceRefused, match="Wybierz inną"):
        actions.book_online(point=point, starts_at=made.starts_at, guest=EWA)
    with pytest.raises(IntegrityError, match="a_seat_is_taken_once"), transaction.atomic():
        Appointment.objects.create(
            point=point,
            starts_at=made.starts_at,
            ends_at=made.ends_at,
            seat=1,
            state="booked",
            made_at=made.made_at,
            token_digest="x",
        )


def test_two_desks_advise_two_at_once(adviser):
    point = make_point("dwa", desks=2)
    start = free_time(point).starts_at
    made = [actions.book_for_somebody(point=point, starts_at=start, guest=Guest(name), person=adviser) for name in ("A", "B")]
    assert [each.seat for each in made] == [1, 2]
    with pytest.raises(rules.AdviceRefused):
        actions.book_for_somebody(point=point, starts_at=start, guest=Guest("C"), person=adviser)


def test_a_time_nobody_confirmed_is_free_again(point, newest_code):
    hour = free_time(point)
    held = actions.book_online(point=point, starts_at=hour.starts_at, guest=EWA)
    digits = newest_code()
    Appointment.objects.filter(pk=held.pk).update(made_at=database_now() - timedelta(minutes=16))
    again = actions.book_online(point=point, starts_at=hour.starts_at, guest=Guest("Jan", contact="jan@example.pl"))
    assert (again.seat, Appointment.objects.count()) == (1, 1)
    with pytest.raises(rules.AdviceRefused, match="znowu wolna"):
        actions.confirm_appointment(appointment=held, digits=digits)


def test_one_address_holds_two_times(point):
    for _number in (0, 1):
        actions.book_online(point=point, starts_at=free_time(point).starts_at, guest=EWA)
    with pytest.raises(rules.AdviceRefused, match="Odwołaj jedną"):
        actions.book_online(point=point, starts_at=free_time(point).starts_at, guest=EWA)


def test_a_time_that_is_not_offered_is_refused(point, adviser):
    start = free_time(point).starts_at
    for moment in (start + timedelta(minutes=7), start - timedelta(days=9), start + timedelta(days=99)):
        with pytest.raises(rules.AdviceRefused):
            actions.book_for_somebody(point=point, starts_at=moment, guest=EWA, person=adviser)
    with pytest.raises(rules.NotYours):
        actions.book_for_somebody(point=point, starts_at=start, guest=EWA, person=None)
    point.takes_bookings = False
    assert queries.free_times_of(point, database_now()) == []


def test_the_person_cancels_and_the_time_is_free(point, adviser):
    made = make_appointment(point, adviser)
    actions.cancel_appointment(appointment=made)
    assert free_time(point).starts_at == made.starts_at and len(texts()) == 1
    with pytest.raises(rules.AdviceRefused, match="nie da się"):
        actions.cancel_appointment(appointment=made)


def test_the_point_calls_off_with_a_reason_that_is_written(point, adviser):
    made = make_appointment(point, adviser)
    with pytest.raises(rules.AdviceRefused, match="dlaczego"):
        actions.cancel_appointment(appointment=made, person=adviser)
    assert actions.cancel_appointment(appointment=made, why="awaria prądu", person=adviser).state == State.CANCELLED
    assert "awaria prądu" in texts()[-1]


def test_who_came_and_who_did_not(point, adviser):
    made = make_appointment(point, adviser)
    with pytest.raises(rules.AdviceRefused, match="jeszcze nie nadeszła"):
        actions.note_visit(appointment=made, has_come=False, person=adviser)
    assert actions.note_visit(appointment=made, has_come=True, person=adviser).state == State.CAME
    Appointment.objects.filter(pk=made.pk).update(starts_at=database_now() - timedelta(hours=1), ends_at=database_now())
    assert actions.note_visit(appointment=made, has_come=False, person=adviser).state == State.MISSED


@pytest.mark.slow
def test_a_day_that_closes_ends_its_appointments_and_tells_the_people(point, adviser, coordinator):
    made, other = make_appointment(point, adviser), make_appointment(point, adviser, 80, contact="")
    days = {local_day(each.starts_at) for each in (made, other)}
    assert len(days) == 2
    facts = {"opens": None, "closes": None, "why": "szkolenie"}
    with pytest.raises(rules.NotYours):
        actions.set_special_day(point=point, day=local_day(made.starts_at), person=adviser, **facts)
    assert actions.set_special_day(point=point, day=local_day(made.starts_at), person=coordinator, **facts) == 1
    for each in (made, other):
        each.refresh_from_db()
    assert (made.state, made.why, other.state) == (State.CANCELLED, "szkolenie", State.BOOKED)
    assert "szkolenie" in texts()[-1]
    special = fresh(point).special_days.get()
    assert actions.drop_special_day(special=special, person=coordinator) == 0
    assert actions.close_point(point=point, why="przeprowadzka", person=coordinator) == 1


def test_hours_that_end_tell_those_after_them(point, adviser, coordinator):
    made = make_appointment(point, adviser)
    weekday = local_day(made.starts_at).isoweekday()
    hours = point.hours.get(weekday=weekday)
    assert actions.end_hours(hours=hours, valid_to=local_day(made.starts_at), person=coordinator) == 1
    with pytest.raises(rules.AdviceRefused, match="zachodzą"):
        other = point.hours.exclude(pk=hours.pk).first()
        facts = {"weekday": other.weekday, "opens": other.opens, "closes": other.closes}
        actions.add_hours(point=point, valid_from=local_day(database_now()), person=coordinator, **facts)


def test_a_mobile_point_is_booked_and_called_off(point, adviser, coordinator):
    start = moment_of(local_day(database_now()) + timedelta(days=3), time(23, 40))
    point.hours.all().delete()
    out = actions.plan_outing(
        point=point,
        place="Biblioteka",
        address="ul. Próbna 1",
        starts_at=start,
        ends_at=start + timedelta(minutes=20),
        person=coordinator,
    )
    made = make_appointment(point, adviser)
    assert (made.outing, made.where) == (out, "Biblioteka, ul. Próbna 1")
    with pytest.raises(rules.AdviceRefused, match="dlaczego"):
        actions.call_off_outing(outing=out, why=" ", person=coordinator)
    assert actions.call_off_outing(outing=out, why="ulewa", person=coordinator) == 1


def test_a_word_the_day_before_goes_once(point, adviser):
    made = make_appointment(point, adviser)
    at = made.starts_at - timedelta(days=1)
    assert (actions.remind(at=at), actions.remind(at=at)) == (1, 1)
    assert sum("Jutro" in text for text in texts()) == 1
    assert actions.remind(at=at - timedelta(days=2)) == 0


def test_people_are_forgotten_after_thirty_days(point, adviser):
    made = make_appointment(point, adviser)
    assert actions.forget_past(at=made.ends_at + timedelta(days=29)) == 0
    assert actions.forget_past(at=made.ends_at + timedelta(days=31)) == 1
    made.refresh_from_db()
    assert (made.name, made.words, made.contact, made.state) == ("", "", None, State.MISSED)
