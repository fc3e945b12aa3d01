"""The board of clocks: who sees what, narrowed, sorted, exported; one clock's page and what may be done there."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratusz.casework.deadlines import moves, queries, rules, wording
from ratusz.casework.deadlines.actions import pause_clock, stop_clock, tell_of_clocks
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.registries import case_doors, case_readers
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import UnitFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BOARD = "/admin/terminy/"


def days_ago(number: int):
    return database_now() - timedelta(days=number)


def labels(answer) -> list[str]:
    return [row["clock"].label for row in answer.context["rows"]]


def test_the_department_sees_all_others_what_is_theirs(staff_client):
    unit = UnitFactory()
    editor, unit_editor = staff_client("editor"), staff_client("unit_editor", unit=unit)
    make_clock(label="Cudzy")
    make_clock(label="Komórki", unit=unit)
    make_clock(label="Własny", person=unit_editor.person)
    assert sorted(labels(editor.get(BOARD))) == ["Cudzy", "Komórki", "Własny"]
    assert sorted(labels(unit_editor.get(BOARD))) == ["Komórki", "Własny"]
    assert [unit_editor.get(f"{BOARD}{clock.pk}/").status_code for clock in Clock.objects.order_by("pk")] == [302, 200, 200]
    assert not rules.may(UserFactory(), "see_board", None, database_now())
    assert not rules.may(editor.person, "see", None, database_now())


def test_the_board_is_narrowed_and_sorted(staff_client):
    client = staff_client("editor")
    unit = client.person.appointments.get().unit
    late = make_clock(label="Aa późny", started_at=days_ago(30))
    make_clock(label="Bb świeży", rule="editing.edit", person=client.person)
    closed = make_clock(label="Cc zamknięty", unit=unit)
    stop_clock(rule=closed.rule_code, subject=closed.subject, event="answered")
    paused = make_clock(label="Dd wstrzymany", rule="editing.edit", unit=unit)
    pause_clock(rule=paused.rule_code, subject=paused.subject, reason="x")
    far = make_clock(label="Ee przegląd", rule="page.review", unit=UnitFactory())
    until = (database_now() + timedelta(days=60)).date().isoformat()
    asked = {
        "": ["Aa późny", "Bb świeży", "Dd wstrzymany", "Ee przegląd"],
        "stan=po_terminie": ["Aa późny"],
        "stan=wstrzymany": ["Dd wstrzymany"],
        "stan=zamkniety": ["Cc zamknięty"],
        "stan=wszystkie&wedlug=-sprawa": ["Ee przegląd", "Dd wstrzymany", "Cc zamknięty", "Bb świeży", "Aa późny"],
        "czyje=moje": ["Bb świeży"],
        "czyje=komorki": ["Dd wstrzymany"],
        f"komorka={far.unit_id}": ["Ee przegląd"],
        "zegar=page.review": ["Ee przegląd"],
        "szukaj=świe": ["Bb świeży"],
        f"do={until}&wedlug=zegar": ["Bb świeży", "Dd wstrzymany", "Aa późny"],
        "do=kiedyś&komorka=nic&wedlug=nic": ["Aa późny", "Bb świeży", "Dd wstrzymany", "Ee przegląd"],
    }
    assert {query: labels(client.get(f"{BOARD}?{query}")) for query in asked} == asked
    page = client.get(BOARD).content.decode()
    assert late.rule.basis in page and "po terminie od" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_reads_its_rows_and_their_owners_in_one_query(staff_client, rows, django_assert_num_queries):
    person, at = staff_client("editor").person, database_now()
    for _row in range(rows):
        make_clock(unit=UnitFactory(), person=UserFactory())
    found = queries.board(person, at, {}, "termin")
    with django_assert_num_queries(1):
        assert len([(wording.owner_in_words(clock), wording.left_in_words(clock, at), clock.rule) for clock in found]) == rows


def test_the_page_of_the_board_asks_no_more_for_three_rows_than_for_one(staff_client):
    client, counts = staff_client("editor"), []
    for _more in range(3):
        make_clock(unit=UnitFactory(), person=UserFactory())
        client.get(BOARD)
        with CaptureQueriesContext(connection) as asked:
            client.get(BOARD)
        counts.append(len(asked))
    # How many it is depends on the menu, to which every module adds; that it is the same for any row does not.
    assert counts[0] == counts[2]


def test_the_board_is_exported_and_no_cell_becomes_a_formula(staff_client):
    client = staff_client("editor")
    make_clock(label='=HYPERLINK("http://zly.example")')
    text = b"".join(client.get(f"{BOARD}?export=csv").streaming_content).decode()
    assert text.splitlines()[0] == "Bieg terminu,Sprawa,U kogo,Początek,Termin,Stan,Podstawa prawna"
    assert "'=HYPERLINK" in text
    answer = client.get(f"{BOARD}?export=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert (len(rows), rows[1][1], rows[1][2], rows[1][5]) == (
        2,
        '=HYPERLINK("http://zly.example")',
        "jeszcze nikt",
        "zostało 14 dni",
    )


def test_the_page_of_a_clock_tells_its_history(staff_client):
    client = staff_client("head")
    clock = make_clock(rule="editing.edit", label="Zgłoszenie 1", url="/admin/x/", started_at=days_ago(3))
    client.post(f"{BOARD}{clock.pk}/zmiana/", {"deed": "extend", "extend-reason": "Wiele plików"})
    client.post(f"{BOARD}{clock.pk}/zmiana/", {"deed": "pause", "pause-reason": "Czekamy na zdjęcia"})
    client.post(f"{BOARD}{clock.pk}/zmiana/", {"deed": "resume"})
    Clock.objects.filter(pk=clock.pk).update(due_at=days_ago(1), tell_at=days_ago(1))
    tell_of_clocks()
    stop_clock(rule=clock.rule_code, subject=clock.subject, event="edited")
    answer = client.get(f"{BOARD}{clock.pk}/")
    happened = [(str(what), words) for what, _each, words, _until in answer.context["history"]]
    assert happened == [
        ("Początek terminu", "wzięcie do pracy"),
        ("Przedłużenie terminu", "Wiele plików"),
        ("Wstrzymanie", "Czekamy na zdjęcia"),
        ("Wznowienie", ""),
        ("Ostrzeżenie", ""),
        ("Termin minął", ""),
        ("Zamknięcie", "opracowano"),
    ]
    assert "zamknięto po terminie" in answer.content.decode()
    assert Entry.objects.filter(deed="deadlines.extend_clock", actor_id=str(client.person.pk)).exists()


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(staff_client):
    client = staff_client("head")
    clock = make_clock(rule="editing.edit", label="Zgłoszenie 1")
    facts = {"deed": "extend", "extend-due_date": "2099-01-01", "extend-reason": "Bardzo długa sprawa"}
    page = client.post(f"{BOARD}{clock.pk}/zmiana/", facts).content.decode()
    assert "nie dalej niż" in page and "Bardzo długa sprawa" in page
    page = client.post(f"{BOARD}{clock.pk}/zmiana/", {"deed": "pause", "pause-reason": ""}).content.decode()
    assert "Wypełnij to pole" in page


def test_who_does_not_own_a_clock_changes_nothing_and_a_law_with_somebody_to_tell_is_not_moved_here(staff_client):
    clock, law = make_clock(rule="editing.edit", label="Zgłoszenie 1"), make_clock(label="Wniosek")
    facts = {"deed": "pause", "pause-reason": "x"}
    assert staff_client("editor").post(f"{BOARD}{clock.pk}/zmiana/", facts).status_code == 302
    assert staff_client("head").post(f"{BOARD}{law.pk}/zmiana/", facts).status_code == 302
    assert list(Clock.objects.exclude(paused_at=None)) == []
    page = staff_client("head").get(f"{BOARD}{law.pk}/").content.decode()
    assert "trzeba zawiadomić" in page and law.rule_version not in page
    own = make_clock(rule="brand.layout", label="Plakat")
    page = staff_client("head").get(f"{BOARD}{own.pk}/").content.decode()
    assert "zamyka się tam, gdzie załatwia się sprawę" in page and "trzeba zawiadomić" not in page


def test_the_desk_holds_clocks_of_the_person_and_of_the_units_no_person_holds(staff_client):
    client, at = staff_client("editor"), database_now()
    unit = client.person.appointments.get().unit
    make_clock(label="Wstrzymany", rule="editing.edit", person=client.person)
    pause_clock(rule="editing.edit", subject=Clock.objects.get().subject, reason="x")
    make_clock(label="Mój", person=client.person, url="/admin/x/")
    make_clock(label="Komórki późny", unit=unit, started_at=days_ago(40))
    make_clock(label="Kolegi", unit=unit, person=UserFactory())
    found = list(moves.moves_of(client.person, at))
    assert [(move.what.partition(": ")[2], move.due_at <= at) for move in found] == [("Komórki późny", True), ("Mój", False)]
    assert found[1].url == "/admin/x/"


def test_a_case_whose_module_speaks_for_it_stands_on_no_desk_as_a_clock_and_opens_to_those_it_lets_in(staff_client, monkeypatch):
    client, at = staff_client("editor"), database_now()
    unit = client.person.appointments.get().unit
    clock = make_clock(label="Sprawa", unit=unit, url="/admin/x/", subject="probna.sprawa:7")
    (move,) = moves.moves_of(client.person, at)
    (thing,) = moves.terms_of_law(at, at + timedelta(days=20))
    assert (move.url, thing.is_term, thing.may_open(client.person, at)) == ("/admin/x/", True, True)
    assert "Otwórz sprawę" in client.get(f"{BOARD}{clock.pk}/").text
    monkeypatch.setitem(case_doors._entries, "probna.sprawa", lambda person, found, at: (person, found.pk) == ("nikt", clock.pk))
    assert list(moves.moves_of(client.person, at)) == []
    assert (thing.may_open(client.person, at), thing.may_open("nikt", at)) == (False, True)
    assert "Otwórz sprawę" not in client.get(f"{BOARD}{clock.pk}/").text


def test_whoever_does_not_get_in_where_a_clock_leads_gets_its_own_page_on_the_desk(staff_client, monkeypatch):
    client, at = staff_client("editor"), database_now()
    clock = make_clock(unit=client.person.appointments.get().unit, url="/admin/x/", subject="probna.sprawa:7")
    monkeypatch.setitem(case_readers._entries, "probna.sprawa", lambda person, at: False)
    (move,) = moves.moves_of(client.person, at)
    page = client.get(move.url)
    assert move.url == f"{BOARD}{clock.pk}/" and page.status_code == 200 and "Otwórz sprawę" not in page.text


def test_staff_see_terms_of_the_law_that_come_but_not_the_steps_of_the_house():
    law = make_clock(label="Wniosek")
    make_clock(label="Krok", rule="editing.edit")
    things = list(moves.terms_of_law(database_now(), database_now() + timedelta(days=20)))
    assert [(thing.title, thing.starts, thing.is_public) for thing in things] == [(str(law), law.due_at, False)]
