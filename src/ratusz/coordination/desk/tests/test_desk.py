"""The desk lists what waits for a person by its clock, and the dates that come; empty, it says so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.harness.signing_in import sign_in_staff

from ratusz.coordination.desk.queries import dates_ahead, waiting_for
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
    assert dates_ahead(AT) == [voting, meeting]


def test_the_admin_opens_on_the_desk(empty, db, client):
    sign_in_staff(client)
    page = client.get("/admin/").content.decode()
    assert "Nic na Ciebie nie czeka" in page
    registries.moves.register("one", lambda person, at: [Move("Odpowiedz redakcji", "/admin/x/", due_at=AT)])
    assert 'href="/admin/x/">Odpowiedz redakcji</a>' in client.get("/admin/").content.decode()
