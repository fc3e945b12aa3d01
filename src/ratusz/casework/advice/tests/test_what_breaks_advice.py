"""What a review broke: booked and deleted at one moment, hours that end twice, two places at one hour, days of another age."""

from __future__ import annotations

import threading
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.harness.at_once import outcomes

from ratusz.casework.advice import actions, rules
from ratusz.casework.advice.actions import Guest, booking
from ratusz.casework.advice.factories import free_time, fresh, make_appointment, make_point
from ratusz.casework.advice.models import Appointment, Hours, State
from ratusz.casework.advice.openings import moment_of
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.people import rules as people
from ratusz.foundation.units.factories import AppointmentFactory

EWA = Guest("Ewa", "o ławkach", "", "email", "ewa@example.pl")
JAN = Guest("Jan", contact="jan@example.pl")


def older(held, **facts):
    Appointment.objects.filter(pk=held.pk).update(made_at=database_now() - timedelta(**facts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sweep", ["book", "forget"])
def test_a_time_booked_this_very_moment_is_not_cleared_away(sweep):
    point = make_point()
    held = actions.book_online(point=point, starts_at=free_time(point).starts_at, guest=EWA)
    older(held, days=2)

    def clear():
        try:
            if sweep == "book":
                actions.book_online(point=point, starts_at=free_time(point, 5).starts_at, guest=JAN)
            else:
                actions.forget_past()
        finally:
            connection.close()

    with transaction.atomic():
        booking._booked(held)
        thread = threading.Thread(target=clear)
        thread.start()
        thread.join(0.4)
        assert thread.is_alive(), "it waits for whoever types the code"
    thread.join()
    assert Appointment.objects.get(pk=held.pk).state == State.BOOKED


@pytest.mark.django_db
def test_a_point_closes_with_hours_of_any_kind(point, adviser, coordinator):
    made, today = make_appointment(point, adviser), local_day(database_now())
    mine = point.hours.filter(weekday=local_day(made.starts_at).isoweekday())
    mine.update(valid_to=today + timedelta(days=60))
    point.hours.exclude(pk__in=mine).update(valid_from=today)
    assert actions.close_point(point=point, why="przeprowadzka", person=coordinator) == 1
    assert list(point.hours.values_list("valid_to", flat=True)) == [today]


@pytest.mark.django_db
def test_hours_end_no_later_than_they_do_and_only_while_they_are_there(point, coordinator):
    today = local_day(database_now())
    hours = point.hours.first()
    actions.end_hours(hours=hours, valid_to=today + timedelta(days=30), person=coordinator)
    day = today + timedelta(days=30)
    actions.add_hours(point=point, weekday=hours.weekday, opens=time(8), closes=time(9), valid_from=day, person=coordinator)
    with pytest.raises(rules.AdviceRefused, match="kończą się wcześniej"):
        actions.end_hours(hours=hours, valid_to=today + timedelta(days=60), person=coordinator)
    Hours.objects.all().delete()
    with pytest.raises(rules.AdviceRefused, match="przed chwilą"):
        actions.end_hours(hours=hours, valid_to=today, person=coordinator)
    facts = {"opens": None, "closes": None, "why": "szkolenie"}
    actions.set_special_day(point=point, day=today, person=coordinator, **facts)
    special = fresh(point).special_days.get()
    actions.drop_special_day(special=special, person=coordinator)
    with pytest.raises(rules.AdviceRefused, match="przed chwilą"):
        actions.drop_special_day(special=special, person=coordinator)


@pytest.mark.django_db
def test_at_one_hour_the_address_says_which_place(client, point, coordinator, newest_code):
    room = free_time(point)
    facts = {"place": "Biblioteka", "address": "ul. Próbna 1", "person": coordinator}
    ends = room.starts_at + timedelta(minutes=20)
    out = actions.plan_outing(point=point, starts_at=room.starts_at, ends_at=ends, **facts)
    page = client.get(point.get_absolute_url()).text
    address = next(each for each in page.split('"') if each.endswith(f"-{out.pk}/"))
    assert "Biblioteka" in client.get(address).text
    client.post(address, {"name": "Ewa", "by": "email", "email": "ewa@example.pl"})
    assert Appointment.objects.get().outing == out
    assert client.get(address.replace(f"-{out.pk}/", "-999999/")).status_code == 409


@pytest.mark.slow
@pytest.mark.django_db
def test_days_of_another_age_are_refused_in_words(staff_client, point):
    head = staff_client("head")
    for address, asked in (
        (f"/admin/punkty/{point.pk}/dzien/", {"dzien": "9999-12-31"}),
        (f"/admin/punkty/{point.pk}/dzien/", {"dzien": "0001-01-01"}),
        *[(each, asked) for each in ("/admin/punkty/rozmowy/", "/admin/punkty/liczby/", "/admin/punkty/rozmowy.csv")
          for asked in ({"do": "9999-12-31"}, {"od": "0001-01-01", "do": "0001-01-02"})],
    ):  # fmt: skip
        assert head.get(address, asked).status_code == 200, (address, asked)
    said = {"way": "phone", "topic": "land", "question": "Ławki?", "advice": "Tak."}
    for moment in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert head.post(f"/admin/punkty/{point.pk}/dzien/", said | {"happened_at": moment}).status_code == 200
    address = f"/admin/punkty/{point.pk}/godziny/"
    for day in ("0001-01-01", "9999-12-31"):
        special = {"deed": "special", "special-day": day, "special-why": "x"}
        outing = {"deed": "outing", "outing-place": "T", "outing-address": "p", "outing-day": day, "outing-opens": "10:00",
                  "outing-closes": "12:00"}  # fmt: skip
        hours = {"deed": "hours", "hours-weekday": 1, "hours-opens": "07:30", "hours-closes": "08:30", "hours-valid_from": day}
        for each in (special, outing, hours):
            assert head.post(address, each).status_code == 200, each


@pytest.mark.django_db
def test_what_a_person_said_is_read_with_a_trace_and_forgotten_with_its_reason(staff_client, point, adviser):
    made = make_appointment(point, adviser, words="o ławkach")
    desk = staff_client("desk_officer")
    assert "o ławkach" in desk.get(f"/admin/punkty/umowione/{made.pk}/rozmowa/").text
    assert Entry.objects.filter(is_read=True, actor_id=str(desk.person.pk)).count() == 1
    actions.cancel_appointment(appointment=made, why="Pani Ewa zachorowała", person=adviser)
    actions.forget_past(at=made.ends_at + timedelta(days=31))
    made.refresh_from_db()
    assert (made.name, made.why) == ("", "")


@pytest.mark.django_db
def test_the_form_says_how_long_data_are_kept_as_the_setting_does(client, point, monkeypatch):
    from ratusz.casework.advice import terms

    real = terms.term
    monkeypatch.setattr(terms, "term", lambda name, at: 17 if name == "kept_days" else real(name, at))
    page = client.get(client.get(point.get_absolute_url()).text.partition("umow")[2].split('href="')[1].split('"')[0])
    assert "17" in page.text.partition("RODO")[2][:200] and "30 dni" not in page.text


@pytest.mark.django_db
def test_times_nobody_confirmed_count_against_no_limit(point):
    for other in (make_point("drugi"), make_point("trzeci")):
        older(actions.book_online(point=other, starts_at=free_time(other).starts_at, guest=EWA), minutes=16)
    assert actions.book_online(point=point, starts_at=free_time(point).starts_at, guest=EWA).state == State.HELD


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["600\u00a0111\u00a0222", "600.111.222", "(32) 259 00 00", "0207080\u200b3628", "+48 600 111 222"])
def test_the_log_takes_no_number_however_it_is_typed(text):
    with pytest.raises(rules.AdviceRefused, match="nikogo nie wskazuje"):
        rules.check_nobody_named(f"dzwonić: {text}.")
    rules.check_nobody_named("29.11.2026 12.30, 40-001 Katowice, 3 400 000 000 zł, od 12 000 – do 15 000")


@pytest.mark.django_db
def test_hours_are_read_once_for_all_who_fall_out(point, adviser, coordinator):
    # Late in the evening fewer times than that are left of the first day.
    first = next(n for n in range(40) if local_day(free_time(point, n).starts_at) == local_day(free_time(point, n + 9).starts_at))
    for number in (0, 3, 6):
        make_appointment(point, adviser, first + number, contact="")
    assert len({local_day(each.starts_at) for each in Appointment.objects.all()}) == 1
    facts = {"opens": None, "closes": None, "why": "szkolenie", "person": coordinator}
    day = local_day(Appointment.objects.first().starts_at)
    with CaptureQueriesContext(connection) as asked:
        assert actions.set_special_day(point=point, day=day, **facts) == 3
    reads = [each["sql"] for each in asked.captured_queries if 'FROM "ratusz_advice_hours"' in each["sql"]]
    assert len(reads) == 1


@pytest.mark.django_db
def test_the_code_comes_with_the_way_back(point, newest_code):
    from ratusz.casework.advice import links
    from ratusz.foundation.notifications.models import OutboxMessage

    held = actions.book_online(point=point, starts_at=free_time(point).starts_at, guest=EWA)
    assert links.my_appointment_url(held) in OutboxMessage.objects.get(purpose="people.code").content.text
    assert actions.confirm_appointment(appointment=held, digits=newest_code()).state == State.BOOKED


@pytest.mark.django_db
def test_a_closed_day_is_told_beside_a_mobile_point_and_all_stand_in_order(client, point, coordinator):
    day = local_day(database_now()) + timedelta(days=2)
    closed = {"opens": None, "closes": None, "why": "szkolenie", "person": coordinator}
    actions.set_special_day(point=point, day=day, **closed)
    for number, place in enumerate(("Biblioteka", "Targ")):
        start = moment_of(day, time(12 + number))
        facts = {"place": place, "address": "x", "starts_at": start, "ends_at": start + timedelta(hours=1), "person": coordinator}
        out = actions.plan_outing(point=point, **facts)
    actions.call_off_outing(outing=out, why="ulewa", person=coordinator)
    page = client.get(point.get_absolute_url()).text
    told = [page.find(words) for words in ("szkolenie", "Biblioteka, x", "ulewa", polish_date(day + timedelta(days=1)))]
    assert -1 not in told and told == sorted(told)


@pytest.mark.django_db
def test_how_many_an_address_has_booked_is_told_after_the_code(point, adviser, newest_code):
    for number in (0, 3):
        make_appointment(point, adviser, number)
    held = actions.book_online(point=point, starts_at=free_time(point, 5).starts_at, guest=EWA)
    with pytest.raises(rules.AdviceRefused, match="Odwołaj jedną"):
        actions.confirm_appointment(appointment=held, digits=newest_code())
    actions.cancel_appointment(appointment=Appointment.objects.filter(state=State.BOOKED).first())
    actions.send_code_again(appointment=held)
    assert actions.confirm_appointment(appointment=held, digits=newest_code()).state == State.BOOKED


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_three_confirmed_at_once_one_address_has_two():
    points = [make_point(slug) for slug in ("a", "b", "c")]
    held = [actions.book_online(point=each, starts_at=free_time(each).starts_at, guest=EWA) for each in points[:2]]
    older(held[0], minutes=16)
    held.append(actions.book_online(point=points[2], starts_at=free_time(points[2]).starts_at, guest=EWA))
    came = outcomes(*(partial(booking._booked, each) for each in held), refusals=(rules.AdviceRefused,))
    assert came == ["AdviceRefused", "done", "done"]


@pytest.mark.django_db
def test_a_time_for_which_no_code_goes_out_is_free_at_once(point, monkeypatch):
    hour = free_time(point)

    def refuse(**facts):
        raise people.TooManyCodes

    monkeypatch.setattr(booking, "send_code", refuse)
    with pytest.raises(rules.AdviceRefused, match="trzy kody"):
        actions.book_online(point=point, starts_at=hour.starts_at, guest=EWA)
    assert free_time(point).key == hour.key and not Appointment.objects.exists()


@pytest.mark.django_db
def test_a_point_closed_meanwhile_stays_closed(point, coordinator):
    opened_before = fresh(point)
    actions.close_point(point=point, why="przeprowadzka", person=coordinator)
    with pytest.raises(rules.AdviceRefused, match="zamknięty"):
        actions.save_point(point=opened_before, person=coordinator)
    point.refresh_from_db()
    assert point.closed_at is not None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_write_one_conversation_down_write_it_once():
    point, adviser = make_point(), AppointmentFactory(role_code="desk_officer").person
    made = make_appointment(point, adviser)
    said = actions.Said("booked", "land", "Ławki?", "Tak.")
    write = partial(actions.log_conversation, point=point, said=said, appointment=made, person=adviser)
    assert outcomes(write, write, refusals=(rules.AdviceRefused,)) == ["AdviceRefused", "done"]
