"""A page of the civic guide shows its process as it is at that moment, and the law of that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.kit.plain_language import measure
from ratusz.publishing.website.civic_guide import consultations_now, law_of
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import GuidePage, PageDate, Topic
from ratusz.publishing.website.registries import LiveProcess, live_processes
from ratusz.publishing.website.subjects.actions import save_topic

pytestmark = pytest.mark.django_db


def guide(process: str) -> GuidePage:
    return add_page(make_portal()["pl"], GuidePage(title="Jak to zrobić", slug="jak", lead="Krok po kroku.", process=process))


@pytest.mark.parametrize(
    ("state", "words"), [("open", "Trwa teraz"), ("soon", "Wkrótce"), ("always", "Zawsze"), ("closed", "Teraz")]
)
def test_the_box_says_how_the_process_stands(client, monkeypatch, state, words):
    live = LiveProcess("Głosowanie", state, "/budzet-obywatelski/", "Zagłosuj" if state == "open" else "", date(2026, 12, 1))
    monkeypatch.setitem(live_processes._entries, "budget", lambda at: live)
    guide("budget")
    page = client.get("/jak/").content.decode()
    assert words in page and "Głosowanie" in page and "1 grudnia 2026 r." in page and 'href="/budzet-obywatelski/"' in page
    assert ("Zagłosuj" in page) == (state == "open")


def test_a_process_nobody_runs_and_a_page_without_one_show_no_box(client, monkeypatch):
    monkeypatch.setitem(live_processes._entries, "budget", lambda at: None)
    guide("budget")
    page = client.get("/jak/").content.decode()
    assert 'id="teraz"' not in page and "art. 5a ust. 5" in page
    assert law_of("", None) == []


def test_the_law_is_that_of_the_day(client):
    guide("initiative")
    page = client.get("/jak/").content.decode()
    assert "co najmniej 300 osób" in page and "art. 41a ust. 2 pkt 3" in page and "sprawdzamy to jeszcze w źródle" in page
    at = packs_of("ratusz.publishing.website")["civic_guide"].at(date(2010, 1, 1)).entries
    assert "initiative_signatures" not in at and "reception_weekly" in at


@pytest.mark.slow
def test_consultations_are_found_by_their_topic():
    from ratusz.foundation.kit.clock import database_now

    at, homes = database_now(), make_portal()
    assert consultations_now(at).state == "closed"
    topic = save_topic(topic=Topic(name="Konsultacje", description="O co pytamy."))
    today = date.today()
    make_news(homes, 1, topics=[topic], dates=[PageDate(title="Spotkanie", first_day=today + timedelta(days=9))])
    assert (consultations_now(at).title, consultations_now(at).state) == ("Spotkanie", "soon")
    make_news(homes, 2, topics=[topic], dates=[PageDate(title="Uwagi", first_day=today, last_day=today, deed="Napisz")])
    found = consultations_now(at)
    assert (found.title, found.state, found.what_to_do, found.until) == ("Uwagi", "open", "Napisz", today)


def test_the_law_is_told_in_plain_words():
    sentences = [entry.note.format(value=entry.value) for entry in packs_of("ratusz.publishing.website")["civic_guide"].values]
    assert measure(" ".join(sentences)).fog <= 12
