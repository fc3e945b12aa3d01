"""A page of the civic guide shows its process as it is at that moment, and the law of that day."""

from __future__ import annotations

from datetime import date

import pytest

from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.kit.plain_language import measure
from ratusz.publishing.website.civic_guide import law_of
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import GuidePage
from ratusz.publishing.website.registries import LiveProcess, live_processes

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


def test_the_law_is_told_in_plain_words():
    sentences = [entry.note.format(value=entry.value) for entry in packs_of("ratusz.publishing.website")["civic_guide"].values]
    assert measure(" ".join(sentences)).fog <= 12
