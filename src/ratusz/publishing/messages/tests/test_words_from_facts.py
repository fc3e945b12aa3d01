"""Equal facts give equal texts; placeholders, moments, old facts typed by hand."""

from dataclasses import fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.publishing.messages import wording
from ratusz.publishing.messages.factories import warsaw
from ratusz.publishing.messages.outlets import Form, Outlet

WATER = wording.Content(
    kind="disruption", language="pl", reference="K/12/2026", title="Przerwa w dostawie wody: {gdzie}",
    short_text="Wody nie będzie: {kiedy}.", long_text="Beczkowóz stoi przed szkołą.", what="Przerwa w dostawie wody",
    contact="Pogotowie, tel. 994", as_of=warsaw(2026, 11, 11, 15, 30), place="ul. Mikołowska", districts=("Brynów", "Załęże"),
    starts=warsaw(2026, 11, 12, 8), ends=warsaw(2026, 11, 12, 16), address="https://miasto.example/komunikaty/12",
)  # fmt: skip
FULL, PAGE, SIGN = (Outlet("x", "x", form) for form in (Form.FULL, Form.PAGE, Form.SIGN))

words = st.text(max_size=60)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZoneInfo("Europe/Warsaw")))
contents = st.builds(
    wording.Content, kind=st.just("event"), language=st.sampled_from(["pl", "en"]), reference=words, title=words, short_text=words,
    long_text=words, what=words, contact=words, as_of=moments, place=words, districts=st.tuples(words), starts=st.none() | moments,
    ends=st.none() | moments, for_whom=words, what_to_do=words, source_document=words, address=words,
)  # fmt: skip
forms = st.builds(
    lambda form, most: Outlet("x", "x", form, most_characters=most), st.sampled_from(Form), st.none() | st.integers(20, 200)
)


@settings(max_examples=40)
@given(contents, forms)
def test_equal_facts_give_equal_texts(content, outlet):
    again = wording.Content(**{field.name: getattr(content, field.name) for field in fields(content) if field.init})
    assert wording.derived(outlet, content) == wording.derived(outlet, again)


@settings(max_examples=40)
@given(contents, forms, words)
def test_a_derived_text_says_a_changed_place_everywhere_it_said_the_old_one(content, outlet, place):
    marked = replace(content, title="{gdzie}", place="§old§")
    moved = replace(marked, place="§new§")
    assert wording.derived(outlet, moved) == wording.derived(outlet, marked).replace("§old§", "§new§")


def test_the_texts_of_each_form():
    assert (
        wording.derived(PAGE, WATER) == "Wody nie będzie: 12 listopada 2026 r., godz. 8.00–16.00.\n\nBeczkowóz stoi przed szkołą."
    )
    assert wording.derived(SIGN, replace(WATER, what_to_do="Zrób zapas.")) == (
        "Przerwa w dostawie wody: ul. Mikołowska\n\nWody nie będzie: 12 listopada 2026 r., godz. 8.00–16.00.\n\nZrób zapas."
    )
    assert wording.derived(FULL, WATER) == (
        "Przerwa w dostawie wody: ul. Mikołowska\n\nWody nie będzie: 12 listopada 2026 r., godz. 8.00–16.00.\n\n"
        "Co: Przerwa w dostawie wody\nGdzie: ul. Mikołowska\nDzielnice: Brynów, Załęże\n"
        "Kiedy: 12 listopada 2026 r., godz. 8.00–16.00\nKontakt: Pogotowie, tel. 994\n"
        "Stan na: 11 listopada 2026 r., godz. 15.30\n\nBeczkowóz stoi przed szkołą."
    )


def test_a_short_text_keeps_the_address_and_drops_whole_sentences():
    content = replace(WATER, title="Brak wody", short_text="Dziś nie ma wody. Przyjedzie beczkowóz. Naprawa potrwa do wieczora.")
    short = Outlet("sms", "SMS", Form.SHORT, most_characters=70)
    assert wording.derived(short, content) == "Brak wody. Dziś nie ma wody. https://miasto.example/komunikaty/12"
    assert wording.derived(replace(short, most_characters=None), content).count(".") == 5


@pytest.mark.parametrize(
    ("starts", "ends", "polish", "english"),
    [
        (None, None, "", ""),
        (warsaw(2026, 11, 12, 8), None, "12 listopada 2026 r., godz. 8.00", "12 November 2026, 08:00"),
        (None, warsaw(2026, 11, 12, 8), "do 12 listopada 2026 r., godz. 8.00", "until 12 November 2026, 08:00"),
        (warsaw(2026, 11, 12, 8), warsaw(2026, 11, 13), "12 listopada 2026 r., godz. 8.00–24.00", "12 November 2026, 08:00 – 13 November 2026, 00:00"),
        (
            warsaw(2026, 11, 12, 8), warsaw(2026, 11, 14, 9),
            "od 12 listopada 2026 r., godz. 8.00, do 14 listopada 2026 r., godz. 9.00", "12 November 2026, 08:00 – 14 November 2026, 09:00",
        ),
    ],
)  # fmt: skip
def test_periods_in_words(starts, ends, polish, english):
    assert (wording.period(starts, ends, "pl"), wording.period(starts, ends, "en")) == (polish, english)


def test_an_unknown_fact_is_named_with_those_that_exist():
    with pytest.raises(wording.UnknownFact, match=r"\{kedy\}.*\{kiedy\}"):
        wording.check_placeholders("Wody nie będzie {kedy}.")
    with pytest.raises(wording.UnknownFact):
        wording.check_placeholders("{tytul}", in_texts=True)
    wording.check_placeholders("{tytul} {kiedy} {adres}")
    assert wording.filled("Kto: {kto}, kiedy: {od}", WATER) == "Kto: {kto}, kiedy: 12 listopada 2026 r., godz. 8.00"


@pytest.mark.parametrize(
    ("template", "change", "typed"),
    [
        ("Woda wróci o godz. 16.00.", {"ends": warsaw(2026, 11, 12, 20)}, ["16.00"]),
        ("Woda wróci o 16:00.", {"ends": warsaw(2026, 11, 12, 20)}, ["16:00"]),
        ("Woda wróci o godz. 16.", {"ends": warsaw(2026, 11, 12, 20)}, ["godz. 16"]),
        ("Woda wróci {do}.", {"ends": warsaw(2026, 11, 12, 20)}, []),
        ("Spotkajmy się 12 listopada.", {"starts": warsaw(2026, 11, 13, 8), "ends": None}, ["12 listopada"]),
        ("Bez wody: UL. MIKOŁOWSKA.", {"place": "ul. Kościuszki"}, ["ul. Mikołowska"]),
        ("Dzwoń: tel. 994", {"contact": "tel. 112"}, ["tel. 994"]),
        ("Bez wody: ul. Mikołowska.", {"contact": "tel. 112"}, []),
        ("Wypadków: 116.00", {"ends": warsaw(2026, 11, 12, 20)}, []),
        ("Brynów czeka.", {"districts": ("Załęże",)}, ["Brynów"]),
    ],
)
def test_old_facts_typed_by_hand_are_found(template, change, typed):
    assert wording.typed_facts(template, WATER, replace(WATER, **change)) == typed


def test_plain_text_becomes_paragraphs_and_lists():
    assert wording.blocks("Raz.\nDwa.\n\n- a\n- b\nKoniec\n\n\n") == [
        wording.Block(("Raz.", "Dwa.")), wording.Block(("a", "b"), is_list=True), wording.Block(("Koniec",)),
    ]  # fmt: skip
    assert wording.blocks("") == []


def test_facts_for_machines():
    assert wording.as_facts(replace(WATER, ends=None)) == {
        "what": "Przerwa w dostawie wody", "where": "ul. Mikołowska", "districts": ["Brynów", "Załęże"],
        "point": None,
        "from": "2026-11-12T08:00:00+01:00", "until": None, "for_whom": "", "what_to_do": "", "contact": "Pogotowie, tel. 994",
        "state_as_of": "2026-11-11T15:30:00+01:00",
    }  # fmt: skip
