"""Search finds inflected and accent-free words."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.lemmas import accented, base_forms, is_known, lemmas, query_lemmas, tsquery, tsvector

FOUND = [
    ("konsultacjach", "konsultacje społeczne"), ("zolw", "Żółw błotny"), ("zolwie", "żółwia w stawie"), ("KATOWICACH", "Katowice"),
    ("katowicach", "Urząd Miasta Katowice"), ("głosów", "głos"), ("psa", "wybieg dla psów"), ("drzewo", "sadzenie drzew"),
    ("mama", "mamy"), ("mieć", "mamy"), ("biało czerwony", "flaga biało-czerwona"), ("2026", "edycja 2026"), ("sciezka", "ścieżki rowerowe"),
    ("sciezek rowerowych", "ścieżka rowerowa"), ("skate park", "park i skate"), ("budzetu obywatelskiego", "Budżet Obywatelski"),
    ("Ligocie", "Ligota-Panewniki"), ("zrobić", "zrobiłem"), ("d'Arc", "Joanna d'Arc"), ("ul. Mariackiej", "Mariacka"), ("e-mail", "e-mail"),
]  # fmt: skip


def matches(query, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [tsvector(text), tsquery(query)])
        return cursor.fetchone()[0]


def test_words_are_found_in_any_form(db):
    missed = [(query, text) for query, text in FOUND if not matches(query.removeprefix("ul. "), text)]
    assert missed == []


def test_other_words_are_not_found(db):
    assert [
        pair for pair in [("kot", "pies"), ("konsultacje", "konsul"), ("żaba", "żółw"), ("pies kot", "pies")] if matches(*pair)
    ] == []


def test_an_ambiguous_word_gives_all_lemmas():
    assert lemmas("Mamy psy.") == [("mama", "miec"), ("pies",)]
    assert base_forms("zrobiłem") == ("zrobić",)


def test_unknown_words_stand_for_themselves():
    assert lemmas("Xyzzow 123 A/7") == [("xyzzow",), ("123",), ("a",), ("7",)]
    assert not is_known("Xyzzow")


def test_left_out_accents_are_understood():
    assert "żółw" in accented("zolw")
    assert query_lemmas("zolwiach") == [("zolw", "zolwiach")]


def test_the_last_word_may_be_unfinished(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery", [tsvector("Budżet Obywatelski"), tsquery("budżet obyw", last_is_prefix=True)]
        )
        assert cursor.fetchone()[0]


def test_no_words_no_query():
    assert (tsquery("…!"), tsvector("")) == ("", "")


@given(st.text(max_size=60).filter(lambda text: "\x00" not in text))
def test_postgresql_takes_whatever_is_typed(db_connection, text):
    db_connection.execute("SELECT %s::tsvector, %s::tsquery", [tsvector(text), tsquery(text, last_is_prefix=True)])


@pytest.fixture(scope="module")
def db_connection(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        yield cursor


def test_a_very_long_text_fits(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [tsvector("konsultacje społeczne " * 20_000)])
        assert cursor.fetchone()[0] == 4


@pytest.mark.parametrize("word", ["W" * 20_000, "ﷺ" * 3000, "ż" * 2047])
def test_something_longer_than_any_word_is_kept_by_its_beginning(db, word):
    assert matches(word, f"Pod domem: {word}!") and matches("domem", f"Pod domem: {word}!")
