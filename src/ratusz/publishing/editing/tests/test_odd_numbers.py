"""Numbers, days and links that nobody means are answered in words, never with an error of the program."""

from __future__ import annotations

from datetime import date, time

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, moments, queries, reading, rules
from ratusz.publishing.editing.factories import approved, draft, sent
from ratusz.publishing.editing.word.blocks import Placed

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LONG = "9" * 5000


@pytest.mark.parametrize("typed", [LONG, "9" * 30, "٣", "²", "-1"])
def test_a_number_of_a_unit_or_text_that_is_none(portal, typed):
    made = sent()
    assert reading.load(typed) is None
    assert list(queries.listed(made.author, database_now(), unit=typed)) == [made], "no unit was chosen"
    assert list(queries.listed(made.author, database_now(), unit="0")) == []


def test_a_number_of_a_pasted_picture_that_is_none(portal):
    made = draft()
    html = f'<p>Tekst.</p><img src="pasted:{LONG}"><img src="picture:{LONG}">'
    taken = actions.take_in_html(submission=made, html=html, placed=Placed(), person=made.author)
    assert [block["type"] for block in taken.blocks] == ["paragraph"] and taken.notes


@pytest.mark.parametrize("day", [date(1, 1, 1), date(27, 4, 10), date(9999, 12, 31)])
def test_a_mistyped_year(day):
    with pytest.raises(rules.NotNow, match="Sprawdź rok"):
        moments.moment_of(day, time(8))


def test_the_screens_answer(portal, staff_client):
    client, made = staff_client("editor"), approved()
    address = f"/admin/zgloszenia/{made.pk}/"
    assert client.post(f"{address}odnosniki/", {"revoke": "abc"}).status_code == 404
    for day in ("0001-01-01", "9999-12-30"):
        assert "Sprawdź rok" in client.post(f"{address}termin/", {"day": day, "hour": "8:00"}).text
    assert client.get("/admin/zgloszenia/", {"unit": LONG}).status_code == 200
    for subject in (f"page:{LONG}", f"editing.submission:{LONG}", f"page:{'9' * 30}"):
        assert client.get(f"/admin/bramki/{subject}/").status_code == 404
        assert client.get("/admin/prosty-jezyk/", {"tekst": subject}).status_code == 404
