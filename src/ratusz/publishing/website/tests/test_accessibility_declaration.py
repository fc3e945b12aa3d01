"""A4: ids, headings, their order and dates of the accessibility declaration after the technical conditions v2.0."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from ratusz.publishing.website.declaration import REQUIRED_IDS, STATUS_SENTENCES
from ratusz.publishing.website.factories import make_declaration, make_portal

ALWAYS = [
    ("h1", "Deklaracja dostępności"), ("h2", "Stan dostępności cyfrowej"), ("h2", "Przygotowanie deklaracji dostępności"),
    ("h2", "Informacje zwrotne i dane kontaktowe"), ("h2", "Obsługa wniosków i skarg związanych z dostępnością"),
    ("h2", "Pozostałe informacje"), ("h3", "Dostępność architektoniczna"), ("h3", "Dostępność komunikacyjno-informacyjna"),
]  # fmt: skip
EVERYTHING = [
    ("h1", "Deklaracja dostępności"), ("h2", "Stan dostępności cyfrowej"), ("h2", "Niedostępne treści"),
    ("h2", "Przygotowanie deklaracji dostępności"), ("h2", "Udogodnienia, ograniczenia i inne informacje"), ("h2", "Skróty klawiszowe"),
    ("h2", "Informacje zwrotne i dane kontaktowe"), ("h2", "Obsługa wniosków i skarg związanych z dostępnością"),
    ("h2", "Pozostałe informacje"), ("h3", "Aplikacje mobilne"), ("h3", "Dostępność architektoniczna"),
    ("h3", "Dostępność komunikacyjno-informacyjna"),
]  # fmt: skip


class Read(HTMLParser):
    """What the official validator reads: headings in order, a11y ids with their elements, times."""

    def __init__(self, text: str):
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.times: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        element_id = given.get("id") or ""
        if element_id.startswith("a11y-"):
            self.ids.append(element_id)
            if tag == "time":
                self.times[element_id] = given.get("datetime") or ""
        if tag not in ("meta", "link", "br", "input", "img"):
            self._open.append((tag, element_id))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1][0] in ("h1", "h2", "h3") and data.strip():
            self.headings.append((self._open[-1][0], data.strip()))
        for _tag, element_id in self._open:
            if element_id.startswith("a11y-"):
                self.texts[element_id] = self.texts.get(element_id, "") + data


def read(client, **fields) -> Read:
    page = make_declaration(make_portal(), **fields)
    return Read(client.get(page.url).content.decode())


FULL_FIELDS = {
    "status": "partial", "inaccessible_content": "<p>Mapy.</p>", "disproportionate_burden": "<p>Ocena.</p>",
    "reviewed_date": date(2026, 11, 20), "conveniences": "<p>Ciemny wygląd.</p>", "keyboard_shortcuts": "<p>Alt+1.</p>",
    "mobile_applications": "<p>Aplikacja.</p>", "architecture_address": "https://miasto.example/budynek/",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "headings", "more_ids"),
    [
        ({}, ALWAYS, set()),
        (FULL_FIELDS, EVERYTHING, {"a11y-ocena", "a11y-data-przeglad", "a11y-aplikacje", "a11y-architektura-url"}),
    ],
    ids=["least", "everything"],
)
def test_headings_and_ids_are_those_of_the_conditions(client, fields, headings, more_ids):
    declaration = read(client, **fields)
    assert declaration.headings == headings
    assert set(REQUIRED_IDS) | more_ids <= set(declaration.ids)
    assert len(declaration.ids) == len(set(declaration.ids)), "each id at most once"
    assert {"a11y-ocena", "a11y-data-przeglad", "a11y-aplikacje", "a11y-architektura-url"} & set(declaration.ids) == more_ids


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["full", "partial", "none"])
def test_the_state_is_one_of_three_sentences(client, status):
    declaration = read(client, status=status, inaccessible_content="" if status == "full" else "<p>Mapy.</p>")
    assert declaration.texts["a11y-status"] == STATUS_SENTENCES[status]


@pytest.mark.django_db
def test_dates_are_read_by_people_and_machines(client):
    declaration = read(client, reviewed_date=date(2026, 11, 20))
    assert declaration.times == {
        "a11y-data-publikacja": "2026-10-02", "a11y-data-aktualizacja": "2026-11-23", "a11y-data-sporzadzenie": "2026-11-02",
        "a11y-data-przeglad": "2026-11-20",
    }  # fmt: skip
    assert declaration.texts["a11y-data-publikacja"] == "2 października 2026 r."


@pytest.mark.django_db
def test_every_page_leads_to_the_declaration(client):
    make_declaration(make_portal())
    page = client.get("/").content.decode()
    assert 'href="/deklaracja-dostepnosci/">Deklaracja dostępności</a>' in page
    assert '<meta name="deklaracja-dostępności" content="http://testserver/deklaracja-dostepnosci/">' in page
