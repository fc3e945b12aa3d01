"""The desk lists what waits for a person by its clock, and the dates that come; empty, it says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.harness.signing_in import sign_in_staff

from ratusz.coordination.desk.queries import dates_ahead, waiting_for
from ratusz.coordination.desk.templatetags.desk import period
from ratusz.foundation.kit import registries
from ratusz.foundation.kit.registries import DatedThing, Move

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(registries.moves, "_entries", {})
    monkeypatch.setattr(registries.dated_things, "_entries", {})


def test_moves_stand_by_their_clock(empty):
    late = Move("Odpowiedz redakcji", "/a/", due_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
    today = Move("Zatwierdź komunikat", "/b/", due_at=datetime(2026, 11, 24, 14, tzinfo=UTC))
    no_term = Move("Przeczytaj stronę", "/c/")
    registries.moves.register("one", lambda person, at: [no_term, today])
    registries.moves.register("two", lambda person, at: [late] if person == "Ala" else [])
    assert [(item.move, item.is_late, item.is_today) for item in waiting_for("Ala", AT)] == [
        (late, True, False), (today, False, True), (no_term, False, False),
    ]  # fmt: skip
    assert [item.move for item in waiting_for("Ola", AT)] == [today, no_term]


def test_dates_stand_by_their_first_day(empty):
    meeting = DatedThing("meeting", "Spotkanie", datetime(2026, 11, 25, 16, tzinfo=UTC), is_public=False)
    voting = DatedThing("voting", "Głosowanie", date(2026, 11, 20), date(2026, 12, 4))
    registries.dated_things.register("one", lambda starts, ends: [meeting, voting])
    assert dates_ahead("Ala", AT) == [voting, meeting]


def test_dates_of_the_house_stand_before_those_who_may_open_them(empty):
    case = DatedThing("x", "Wniosek", AT, url="/x/", is_public=False, may_open=lambda person, at: (person, at) == ("Ala", AT))
    opening = DatedThing("x", "Dzień otwarty", AT, may_open=lambda person, at: False)
    registries.dated_things.register("one", lambda starts, ends: [case, opening])
    assert (dates_ahead("Ala", AT), dates_ahead("Ola", AT)) == ([opening, case], [opening])


def test_a_term_until_midnight_is_of_the_day_before(empty):
    midnight = datetime(2026, 12, 4, 23, tzinfo=UTC)
    term = DatedThing("deadlines", "Wniosek", midnight, is_public=False, is_term=True)
    fair = DatedThing("fair", "Kiermasz", date(2026, 12, 4))
    hour = DatedThing("deadlines", "Odpowiedź", datetime(2026, 12, 4, 11, tzinfo=UTC), is_public=False, is_term=True)
    registries.dated_things.register("one", lambda starts, ends: [term, fair, hour])
    assert dates_ahead("Ala", AT) == [fair, hour, term]
    assert [period(thing) for thing in (fair, hour, term)] == [
        "4 grudnia 2026 r.", "do 4 grudnia 2026 r., godz. 12.00", "do 4 grudnia 2026 r.",
    ]  # fmt: skip


def test_the_admin_opens_on_the_desk(empty, db, client):
    sign_in_staff(client)
    page = client.get("/admin/").content.decode()
    assert "Nic na Ciebie nie czeka" in page
    registries.moves.register("one", lambda person, at: [Move("Odpowiedz redakcji", "/admin/x/", due_at=AT)])
    assert 'href="/admin/x/">Odpowiedz redakcji</a>' in client.get("/admin/").content.decode()
