"""The ledger: units and their pages with what waits there, in a constant number of queries, each unit's own for its editors."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.ledger import queries
from ratusz.publishing.ledger.actions import answer_page, archive_page, page_went
from ratusz.publishing.ledger.models import PageText, ReaderAnswer
from ratusz.publishing.ledger.moves import moves_of
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.models import PageCare

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HARD = "Przeprowadzenie postępowania administracyjnego determinowane jest uwarunkowaniami organizacyjnymi przedsiębiorstwa. "


def published(page, unit=None, days=None, body=""):
    if unit or days is not None:
        day = None if days is None else local_day(database_now()) + timedelta(days=days)
        page.care = [PageCare(owner_unit=unit, review_date=day)]
    if body:
        page.body = [("paragraph", body)]
    page.save_revision().publish()
    page_went(page, True)
    return page


@pytest.fixture
def homes():
    return make_portal()


@pytest.fixture
def green():
    return UnitFactory(name="Wydział Zieleni")


@pytest.fixture
def city(homes, green, staff_client):
    """A unit with four pages in every state, and a page nobody looks after."""
    late = published(make_article(homes, title="Spóźniona", slug="a"), green, -1, f"<p>{HARD * 3}</p>")
    published(make_article(homes, title="Z linkiem", slug="b"), green, 30, '<p><a href="/nie-ma/">x</a> <a href="/nie/">y</a></p>')
    published(make_article(homes, title="Bez dnia", slug="c"), green)
    archive_page(page=published(make_article(homes, title="Dawna", slug="d"), green, 5))
    published(make_news(homes, title="Niczyja", care=[]))
    for number, is_useful in enumerate((True, True, False)):
        answer_page(page=late, is_useful=is_useful, connection_address=f"192.0.2.{number}")
    ReaderAnswer.objects.filter(is_useful=False).update(comment="Gdzie godziny?")
    now = database_now()
    person = staff_client("unit_editor", unit=green).person
    for days in (1, 3):
        Submission.objects.create(
            unit=green, author=person, last_edited_by=person, state="published", is_lone=True, made_at=now, moved_at=now,
            sent_at=now - timedelta(days=days), published_at=now,
        )  # fmt: skip
    return late


def test_a_line_for_each_unit_and_one_for_pages_without_an_owner(city, green):
    at = database_now()
    nobody, line = queries.figures_of_units(None, at)
    assert (nobody.unit_id, nobody.pages, nobody.without_day) == (None, 3, 3), "two lists of news and the news"
    assert (line.name, line.pages, line.overdue, line.without_day, line.broken, line.aside) == ("Wydział Zieleni", 4, 1, 1, 2, 1)
    assert (line.useful_percent, line.days_to_answer, nobody.useful_percent, nobody.days_to_answer) == (67, 2.0, None, None)
    assert line.fog is not None and nobody.fog is not None
    assert PageText.objects.get(page=city).fog > queries.fog_allowed(at) == 10


def test_the_editor_sees_all_units_and_goes_down_to_the_pages(staff_client, city, green):
    browser = staff_client("editor")
    shown = browser.get("/admin/rejestr-tresci/").text
    assert "Wydział Zieleni" in shown and "bez opiekuna" in shown and "67%" in shown
    found = {
        state: [title for title in ("Spóźniona", "Z linkiem", "Bez dnia", "Dawna", "Niczyja") if f">{title}<" in text]
        for state in ("", "bez_opiekuna", "po_terminie", "bez_terminu", "zepsute", "trudne", "archiwum", "wycofane", "zle")
        for text in [browser.get(f"/admin/rejestr-tresci/strony/?stan={state}").text]
    }
    assert found == {
        "": ["Spóźniona", "Z linkiem", "Bez dnia", "Dawna", "Niczyja"],
        "bez_opiekuna": ["Niczyja"],
        "po_terminie": ["Spóźniona"],
        "bez_terminu": ["Bez dnia", "Niczyja"],
        "zepsute": ["Z linkiem"],
        "trudne": ["Spóźniona"],
        "archiwum": ["Dawna"],
        "wycofane": [],
        "zle": ["Spóźniona", "Z linkiem", "Bez dnia", "Dawna", "Niczyja"],
    }
    PageText.objects.filter(page__title="Z linkiem").update(fog="10.0")
    PageText.objects.filter(page__title="Bez dnia").update(fog="10.1")
    hard = browser.get("/admin/rejestr-tresci/strony/?stan=trudne").text
    assert [f">{title}<" in hard for title in ("Spóźniona", "Z linkiem", "Bez dnia")] == [True, False, True]
    assert "powyżej 10, celu dla stron, jest trudny" in shown
    narrowed = browser.get(f"/admin/rejestr-tresci/strony/?komorka={green.pk}&szukaj=link&wedlug=linki").text
    assert "1 strona" in narrowed and ">Z linkiem<" in narrowed


def test_a_page_shows_its_links_answers_and_words_of_readers(staff_client, city):
    shown = staff_client("editor").get(f"/admin/rejestr-tresci/strona/{city.pk}/").text
    for words in ("Gdzie godziny?", "Potwierdzam, aktualne", "Popraw tekst", "Zdejmij", "FOG-PL", "Na stronie nie ma odnośników"):
        assert words in shown


def test_a_units_editor_sees_the_own_unit_alone_with_those_below(staff_client, city, green, homes):
    below = UnitFactory(name="Referat Drzew", parent=green)
    published(make_article(homes, title="Drzewa", slug="drzewa"), below, 400)
    other = published(make_article(homes, title="Cudza", slug="cudza"), UnitFactory(name="Wydział Dróg"), 10)
    browser = staff_client("unit_editor", unit=green)
    shown = browser.get("/admin/rejestr-tresci/").text
    assert [name in shown for name in ("Wydział Zieleni", "Referat Drzew", "Wydział Dróg", "bez opiekuna")] == [
        True,
        True,
        False,
        False,
    ]
    assert "Cudza" not in browser.get("/admin/rejestr-tresci/strony/").text
    for address in (f"/admin/rejestr-tresci/strona/{other.pk}/",):
        assert browser.get(address).status_code in (302, 403)
    assert browser.get(f"/admin/rejestr-tresci/strona/{city.pk}/").status_code == 200
    found = list(moves_of(browser.person, database_now()))
    assert [f">{title}<" in browser.get(found[-1].url).text for title in ("Z linkiem", "Spóźniona")] == [True, False]
    assert [move.what for move in found] == ["Przeczytaj na nowo i potwierdź: Spóźniona", "Popraw 2 zepsute odnośniki"]


@pytest.mark.parametrize("role", ["moderator", "press_officer", "administrator"])
def test_others_have_no_ledger(staff_client, city, role):
    browser = staff_client(role)
    for address in ("/admin/rejestr-tresci/", "/admin/rejestr-tresci/strony/", f"/admin/rejestr-tresci/strona/{city.pk}/"):
        assert browser.get(address).status_code in (302, 403)
    assert list(moves_of(browser.person, database_now())) == []


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.rows]


def test_the_tables_leave_as_spreadsheets(staff_client, city):
    browser = staff_client("editor")
    heading, nobody, line = rows_of(browser.get("/admin/rejestr-tresci/?export=xlsx"))
    assert heading[:3] == ["Komórka", "Strony", "Przegląd po terminie"]
    assert (nobody[0], line[0], line[1], line[7], line[8]) == ("bez opiekuna", "Wydział Zieleni", 4, 67, 2)
    heading, first = rows_of(browser.get("/admin/rejestr-tresci/strony/?export=xlsx&stan=zepsute"))
    assert (first[0], first[3], first[-1]) == ("Z linkiem", 2, "/b/")
    csv = b"".join(browser.get("/admin/rejestr-tresci/strony/?export=csv").streaming_content).decode()
    assert "Dawna" in csv and "w archiwum" in csv


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tables_cost_the_same(homes, rows, django_assert_num_queries):
    for number in range(rows):
        published(make_article(homes, title=f"S {number}", slug=f"s-{number}"), UnitFactory(), -1)
    at = database_now()
    queries.pages_of_ledger(None).exists()  # the kinds of pages are read once a process; the count is of what every call costs
    with django_assert_num_queries(3):
        assert len(queries.figures_of_units(None, at)) == rows + 1
    everything = queries.with_answers(queries.pages_of_ledger(None), at)
    with django_assert_num_queries(1):
        assert len(queries.filtered(everything, unit=None, state="po_terminie", text="", order="fog", at=at)) == rows


def test_an_english_page_is_not_measured_by_a_rule_of_polish(homes):
    page = make_article(homes)
    page_went(page, True)
    assert PageText.objects.filter(page=page).exists()
    page.unpublish()
    page_went(page, False)
    assert not PageText.objects.filter(page=page).exists()
