"""Polish words are found in any form, with and without accents; nobody finds what is not public; marks are safe."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import override

from ratusz.foundation.kit.registries import SearchEntry, SearchKind, SearchSource, search_kinds, search_sources
from ratusz.publishing.website import actions
from ratusz.publishing.website.actions import index_entry, rebuild_search, refresh_after_commit
from ratusz.publishing.website.models import SearchDocument
from ratusz.publishing.website.search import results
from ratusz.publishing.website.search.results import did_you_mean, search
from ratusz.publishing.website.search.words import Searched, highlighted, snippet
from ratusz.publishing.website.templatetags.website import kind_in_words

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENTRIES = {
    "1": SearchEntry("1", "/konsultacje/", "Konsultacje w sprawie parku", "Uwagi do 5 grudnia", kind="page", day=date(2026, 11, 20)),
    "2": SearchEntry("2", "/zolw/", "Żółw z Doliny Trzech Stawów", "Gdzie mieszkają żółwie", kind="news", day=date(2026, 10, 1)),
    "3": SearchEntry("3", "/park/", "Nowe ławki", "W parku Kościuszki staną ławki.", "Konsultacje odbyły się w maju.", kind="news"),
    "4": SearchEntry("4", "/tajne/", "Konsultacje wewnętrzne", is_public=False, kind="page"),
}  # fmt: skip


@pytest.fixture
def source(monkeypatch):
    given = dict(ENTRIES)
    monkeypatch.setitem(search_sources._entries, "test", SearchSource(entries=given.values, entry=given.get))
    return given


@pytest.fixture
def filled(db, source):
    rebuild_search()
    return source


def urls(text, **options):
    return [found.url for found in search(text, person=options.pop("person", AnonymousUser()), at=AT, **options).found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("konsultacjach", ["/konsultacje/", "/park/"]),
        ("KONSULTACJA", ["/konsultacje/", "/park/"]),
        ("zolw", ["/zolw/"]),
        ("żółwiom", ["/zolw/"]),
        ("ławka w parku", ["/park/"]),
        ("lawka park", ["/park/"]),
        ("konsul", ["/konsultacje/", "/park/"]),
        ("hipopotam", []),
        ("", []),
        ("' & ! <script>", []),
    ],
)
def test_words_are_found_in_any_form(filled, typed, found):
    assert urls(typed) == found


def test_a_word_in_the_title_comes_before_one_in_the_text(filled):
    assert urls("konsultacje")[0] == "/konsultacje/"


def test_kinds_are_counted_before_the_filter_narrows_them(filled):
    results = search("konsultacje", person=AnonymousUser(), at=AT, kind="news")
    assert (results.kinds, [found.url for found in results.found]) == ((("news", 1), ("page", 1)), ["/park/"])


def test_staff_find_what_their_module_lets_them(filled, django_user_model, monkeypatch):
    officer = django_user_model(is_staff=True)
    assert "/tajne/" not in urls("wewnętrzne", person=officer)
    open_source = SearchSource(entries=filled.values, entry=filled.get, may_find=lambda person, at: person is officer)
    monkeypatch.setitem(search_sources._entries, "test", open_source)
    assert urls("wewnętrzne", person=officer) == ["/tajne/"]
    assert urls("wewnętrzne") == []


def test_an_entry_follows_its_source(filled):
    filled["2"] = SearchEntry("2", "/zolw/", "Jaszczurka z Doliny", kind="news")
    index_entry(source="test", key="2")
    assert (urls("żółw"), urls("jaszczurki")) == ([], ["/zolw/"])
    del filled["2"]
    index_entry(source="test", key="2")
    assert not SearchDocument.objects.filter(source="test", key="2").exists()


def test_a_slip_of_the_finger_is_noticed(filled):
    assert did_you_mean("konsutlacje") == "konsultacje"
    assert did_you_mean("ławki") == ""


@pytest.mark.parametrize("typed", ["śniegu", "sniegu", "żółwie", "wilki"])
def test_a_word_of_the_language_is_no_slip(filled, typed):
    filled["6"] = SearchEntry("6", "/bieg/", "Start biegu w rowie, mostki", kind="news")
    rebuild_search()
    assert did_you_mean(typed) == ""


def test_when_no_text_has_all_words_those_with_some_are_shown_and_it_is_said(filled, client):
    filled["7"] = SearchEntry("7", "/odpady/", "Zbiórka elektroodpadów", "Przynieś stary telewizor lub lodówkę.", kind="news")
    rebuild_search()
    page = client.get("/szukaj/", {"q": "gdzie oddać zepsuty telewizor"}).content.decode()
    assert 'href="/odpady/"' in page and "Nie ma tekstu ze wszystkimi słowami. Pokazujemy te z niektórymi." in page
    assert "z niektórymi" not in client.get("/szukaj/", {"q": "kiedy stary telewizor"}).content.decode()


def test_what_is_current_stands_above_old_projects_and_newer_above_older(filled):
    for number, year in enumerate((2021, 2023), 20):
        entry = SearchEntry(str(number), f"/{year}/", "Skwer przy Gliwickiej (L1/01/X)", kind="old", day=date(year, 9, 24))
        filled[str(number)] = entry
    long = "Skwer przy ulicy Gliwickiej: o tym, co ma na nim stanąć i rosnąć, rozmawiamy do końca roku"
    filled["22"] = SearchEntry("22", "/nowe/", long, "Zgłoś uwagę", "Tekst " * 50, kind="news", day=date(2026, 11, 20))
    search_kinds._entries["old"] = SearchKind("Stare projekty")
    try:
        rebuild_search()
        assert urls("Gliwicka") == ["/nowe/", "/2023/", "/2021/"]
    finally:
        del search_kinds._entries["old"]


def test_a_kind_without_words_is_refused(filled):
    filled["8"] = SearchEntry("8", "/kod/", "Kod", kind="code_of_a_module")
    with pytest.raises(actions.KindWithoutWords, match="code_of_a_module"):
        rebuild_search()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_registered_kind_is_shown_as_its_code(language):
    with override(language):
        shown = {name: kind_in_words(name) for name, _kind in search_kinds.items()}
        assert shown and not [name for name, words in shown.items() if not words or words == name]
        assert (kind_in_words("budget") != "budget", kind_in_words("gone") != "gone") == (True, True)


def test_found_words_are_marked_and_the_rest_is_escaped():
    text = "<b>Żółwie</b> i konsultacje & inne"
    marked = "&lt;b&gt;<mark>Żółwie</mark>&lt;/b&gt; i <mark>konsultacje</mark> &amp; inne"
    assert highlighted(text, Searched("zolw konsultacji")) == marked


def test_a_snippet_stands_around_the_found_word():
    text = "początek " * 60 + "konsultacje parku " + "koniec " * 60
    piece = snippet(text, Searched("konsultacjach"), 120)
    assert "konsultacje" in piece and piece.startswith("… ") and piece.endswith(" …") and len(piece) < 160


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_depend_on_results(db, source, rows, client, django_assert_num_queries):
    for number in range(10, 10 + rows):
        source[str(number)] = SearchEntry(str(number), f"/{number}/", f"Tramwaj numer {number}", kind="news")
    rebuild_search()
    client.get("/szukaj/?q=x")
    # The last two look for what is gathered beside the results: remarks, and positions on them.
    with django_assert_num_queries(6):
        assert client.get("/szukaj/", {"q": "tramwaje"}).status_code == 200


def plans(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_words_are_looked_up_in_their_index_and_the_planner_is_left_as_it_was(filled):
    asked = []

    def listen(execute, sql, parameters, many, context):
        asked.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(listen):
        urls("konsultacje")
    looked_up = [sql for sql in asked if "@@" in sql and "ts_rank" not in sql]
    assert [sql.count("SET LOCAL enable_seqscan = off") for sql in looked_up] == [1]
    assert "Seq Scan on ratusz_website_searchdocument" in plans("SELECT * FROM ratusz_website_searchdocument")


def test_texts_and_vectors_of_entries_lie_beside_their_rows(db):
    """Ten thousand rows of a common word are looked at, and of no more than five hundred the vector is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'ratusz_website_searchdocument'")
        assert cursor.fetchone() == (["toast_tuple_target=256"],)


def test_an_entry_is_found_once_its_change_is_committed(filled, django_capture_on_commit_callbacks):
    filled["5"] = SearchEntry("5", "/nowe/", "Lodowisko", kind="page")
    with django_capture_on_commit_callbacks(execute=True):
        refresh_after_commit(source="test", key="5")
        assert urls("lodowisko") == []
    assert urls("lodowisko") == ["/nowe/"]


def test_more_entries_than_one_batch_are_all_written(filled, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 3)
    assert rebuild_search() >= len(ENTRIES)
    assert sorted(SearchDocument.objects.filter(source="test").values_list("key", flat=True)) == ["1", "2", "3", "4"]


def test_a_kind_with_a_null_character_is_just_another_kind(client, filled):
    assert client.get("/szukaj/", {"q": "park", "rodzaj": "a\x00b"}).status_code == 200


def test_of_very_much_only_the_best_is_ranked_and_headings_come_first(filled, monkeypatch, client):
    monkeypatch.setattr(results, "MOST_RANKED", 1)
    found = search("konsultacje", person=AnonymousUser(), at=AT)
    assert ([each.url for each in found.found], found.kinds, found.is_cut) == (["/konsultacje/"], (("page", 1),), True)
    assert "Dopisz słowo" in client.get("/szukaj/?q=konsultacje").text
    monkeypatch.setattr(results, "MOST_RANKED", 2)
    found = search("konsultacje", person=AnonymousUser(), at=AT)
    assert ([each.url for each in found.found], found.is_cut) == (["/konsultacje/", "/park/"], False)
