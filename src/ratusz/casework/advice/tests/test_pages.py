"""Pages of points: hours for everybody, a time booked from the first click to the calendar file, the day for whoever serves."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from ratusz.casework.advice import actions, links, rules
from ratusz.casework.advice.factories import free_time, fresh, make_appointment, make_point
from ratusz.casework.advice.models import Appointment, Conversation, Point, SpecialDay, State
from ratusz.casework.advice.openings import moment_of
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day

pytestmark = pytest.mark.django_db
PAGE = "/punkt-konsultacyjny/"


@pytest.mark.slow
def test_everybody_sees_when_somebody_is_there(client, point, coordinator):
    day = local_day(database_now()) + timedelta(days=1)
    actions.set_special_day(
        point=point, day=day, opens=time(7, 30), closes=time(19), why="ostatni dzień naboru", person=coordinator
    )
    start = moment_of(day + timedelta(days=1), time(16))
    out = actions.plan_outing(
        point=point, place="Targ", address="plac", starts_at=start, ends_at=start + timedelta(hours=1), person=coordinator
    )
    page = client.get(f"{PAGE}rynek-13/").text
    assert "ostatni dzień naboru" in page and "godz. 7.30–19.00" in page and "Targ, plac" in page and "Umów rozmowę" in page
    assert "Punkt próbny" in client.get(PAGE).text
    late = {"opens": time(10), "closes": time(20), "why": "noc porad"}
    actions.set_special_day(point=point, day=day + timedelta(days=40), person=coordinator, **late)
    assert "godz. 10.00–20.00 (noc porad)" in client.get(f"{PAGE}rynek-13/").text
    actions.call_off_outing(outing=out, why="ulewa", person=coordinator)
    SpecialDay.objects.update(opens=None, closes=None)
    page = client.get(f"{PAGE}rynek-13/").text
    assert "ulewa" in page and "zamknięte" in page
    file = client.get(f"{PAGE}rynek-13/godziny.ics")
    assert file["Content-Type"].startswith("text/calendar") and file.content.count(b"BEGIN:VEVENT") > 40
    assert client.get(f"{PAGE}nie-ma/").status_code == 404


@pytest.mark.slow
def test_a_time_from_the_page_to_the_calendar(client, point, newest_code):
    address = f"{PAGE}rynek-13/{free_time(point).key}/"
    assert "Jak mamy się do Ciebie zwracać" in client.get(address).text
    refused = client.post(address, {"name": "Ewa", "by": "email", "email": "nie-adres"})
    assert refused.status_code == 200 and 'value="Ewa"' in refused.text and not Appointment.objects.exists()
    assert client.post(address, {"name": "R", "by": "email", "email": "r@example.pl", "homepage": "x"}).url.endswith("rynek-13/")
    mine = client.post(address, {"name": "Ewa", "words": "ławki", "by": "email", "email": "ewa@example.pl"}).url
    assert client.get(address).status_code == 409
    assert client.get(f"{mine}rozmowa.ics").status_code == 404
    assert "kod" in client.post(mine, {"deed": "confirm", "code": "1"}).text
    assert client.post(mine, {"deed": "again"}).status_code == 302
    assert "Rozmowa jest umówiona." in client.post(mine, {"deed": "confirm", "code": newest_code()}, follow=True).text
    assert b"Rynek 13" in client.get(f"{mine}rozmowa.ics").content
    assert "Rozmowa odwołana" in client.post(mine, {"deed": "cancel"}, follow=True).text
    assert "nie da się" in client.post(mine, {"deed": "cancel"}, follow=True).text
    assert client.post(mine, {"deed": "x"}).status_code == 404
    for wrong in (f"{PAGE}moja/abc/", f"{PAGE}rynek-13/jutro/"):
        assert client.get(wrong).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    for each in range(number):
        make_point(f"punkt-{each}")
    client.get(PAGE)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(PAGE)


LIST_QUERIES = 7


@pytest.mark.slow
def test_the_day_shows_who_comes_and_records_the_reading(staff_client, point, adviser):
    made = make_appointment(point, adviser, words="o ławkach", needs="pętla")
    desk = staff_client("desk_officer")
    address = f"/admin/punkty/{point.pk}/dzien/"
    page = desk.get(address, {"dzien": f"{local_day(made.starts_at)}"}).text
    assert "Ewa" in page and "pętla" in page
    assert Entry.objects.filter(is_read=True, actor_id=str(desk.person.pk)).count() == 1
    said = {"way": "walk_in", "topic": "land", "question": "Czy ławki mogą tu stać?", "advice": "Tak, za zgodą."}
    assert desk.post(address, said).status_code == 302 and Conversation.objects.get().by == desk.person
    assert (
        "za zgodą" in desk.get(address, {"szukaj": "ławka"}).text
        and "Nikt jeszcze" in desk.get(address, {"szukaj": "tramwaj"}).text
    )
    refused = desk.post(address, said | {"question": "tel. 600111222"})
    assert "nikogo nie wskazuje" in refused.text and "600111222" in refused.text
    change = f"/admin/punkty/umowione/{made.pk}/zmiana/"
    assert "jeszcze nie nadeszła" in desk.post(change, {"deed": "missed"}, follow=True).text
    assert desk.post(change, {"deed": "x"}).status_code == 404
    write = f"/admin/punkty/umowione/{made.pk}/rozmowa/"
    assert "o ławkach" in desk.get(write).text
    assert desk.post(write, said | {"way": "booked"}).status_code == 302
    made.refresh_from_db()
    assert made.state == State.CAME and desk.get(write).url == f"/admin/punkty/rozmowy/{made.conversation.pk}/"
    assert desk.post(f"/admin/punkty/{point.pk}/godziny/", {}).status_code in (302, 403)


@pytest.mark.slow
def test_somebody_who_telephones_is_booked(staff_client, point):
    desk = staff_client("desk_officer")
    address, key = f"/admin/punkty/{point.pk}/umow/", free_time(point).key
    assert desk.post(address, {"starts_at": key, "name": "", "by": "email"}).status_code == 200
    assert desk.post(address, {"starts_at": key, "name": "Pan z telefonu", "by": "email"}).status_code == 302
    assert Appointment.objects.get().contact is None
    cancel = {"deed": "cancel", "why": "awaria"}
    desk.post(f"/admin/punkty/umowione/{Appointment.objects.get().pk}/zmiana/", cancel)
    assert Appointment.objects.get().why == "awaria"


@pytest.mark.slow
def test_hours_are_set_on_one_screen(staff_client):
    head = staff_client("head")
    facts = {"name": "Rynek", "slug": "rynek", "about": "BO", "address": "Rynek 13", "minutes": 20, "desks": 1, "days_ahead": 14,
             "takes_bookings": "on"}  # fmt: skip
    assert head.post("/admin/punkty/nowy/", facts).status_code == 302
    assert "Istnieje już" in head.post("/admin/punkty/nowy/", facts | {"name": "Inny"}).text
    with pytest.raises(rules.AdviceRefused, match="taki adres"):
        actions.save_point(point=Point(name="Inny", slug="rynek"), person=head.person)
    point, today = Point.objects.get(), local_day(database_now())
    address = f"/admin/punkty/{point.pk}/godziny/"
    hours = {"deed": "hours", "hours-weekday": 1, "hours-opens": "07:30", "hours-closes": "15:30", "hours-valid_from": f"{today}"}
    assert head.post(address, hours).status_code == 302 and "zachodzą" in head.post(address, hours).text
    special = {"deed": "special", "special-day": f"{today}", "special-why": "szkolenie"}
    assert "Dzień zapisany" in head.post(address, special, follow=True).text
    assert "obie godziny" in head.post(address, special | {"special-opens": "07:00"}).text
    outing = {"deed": "outing", "outing-place": "Targ", "outing-address": "plac", "outing-day": f"{today + timedelta(days=2)}",
              "outing-opens": "10:00", "outing-closes": "12:00"}  # fmt: skip
    assert head.post(address, outing).status_code == 302
    page = head.get(address).text
    assert "szkolenie" in page and "Targ" in page and "7.30" in page
    row = fresh(point)
    for deed, each, more in (("drop", row.special_days.get(), {}), ("call_off", row.outings.get(), {"why": "ulewa"}),
                             ("end", row.hours.get(), {"valid_to": f"{today + timedelta(days=1)}"})):  # fmt: skip
        assert head.post(address, {"deed": deed, "row": each.pk, **more}).status_code == 302
    assert head.post(address, {"deed": "end", "row": row.hours.get().pk, "valid_to": "x"}).status_code == 302
    row = fresh(point)
    assert (row.special_days.count(), row.outings.get().why_off, row.hours.get().valid_to) == (
        0,
        "ulewa",
        today + timedelta(days=1),
    )
    assert head.post(address, {"deed": "close", "why": "koniec"}).status_code == 302 and head.get(address).status_code == 404


@pytest.mark.slow
def test_the_log_is_searched_mended_and_taken_away(staff_client, point, adviser):
    made = actions.log_conversation(
        point=point, person=adviser, said=actions.Said("phone", "land", "Ławki?", "Tak.", follow_up="mapa")
    )
    desk = staff_client("desk_officer")
    assert "Ławki?" in desk.get("/admin/punkty/rozmowy/", {"szukaj": "ławka", "czeka": "on"}).text
    assert "Żadna rozmowa" in desk.get("/admin/punkty/rozmowy/", {"od": "2030-01-01"}).text
    entry = f"/admin/punkty/rozmowy/{made.pk}/"
    assert "mapa" in desk.get(entry).text and desk.post(f"{entry}zrobione/").status_code == 302
    said = {"way": "phone", "topic": "costs", "question": "Ile kosztuje ławka?", "advice": "Patrz cennik."}
    assert desk.post(entry, said).status_code == 302
    assert "nikogo" in desk.post(entry, said | {"advice": "jan@example.pl"}).text
    for kind in ("xlsx", "csv"):
        assert desk.get(f"/admin/punkty/rozmowy.{kind}", {"szukaj": "ławka"}).status_code == 200
    assert desk.get("/admin/punkty/rozmowy.pdf").status_code == 404
    guard = staff_client("data_protection_officer")
    assert "Rozmowy: 1" in guard.get("/admin/punkty/liczby/").text and guard.get("/admin/punkty/rozmowy/").status_code in (302, 403)
    assert "dwa lata" in desk.get("/admin/punkty/liczby/", {"od": "2020-01-01", "do": "2026-01-01"}).text
    assert links.appointment_of("x") is None
