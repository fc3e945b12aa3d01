"""Polish order, search without accents, plurals, slugs and no-break spaces."""

import unicodedata
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.words import (
    POLISH_ALPHABET,
    count_of,
    decimal_comma,
    grouped,
    no_break,
    plural,
    polish_sort_key,
    search_key,
    slug,
)

polish_words = st.text(alphabet=POLISH_ALPHABET, min_size=1, max_size=8)


def test_names_stand_in_polish_order():
    in_order = [
        "3 Maja", "12 Brygada", "Bielsko", "Bielsko-Biała", "Bielsko Górne", "Bielskowo", "Brynów", "Brynów część wschodnia",
        "Ćmielów", "Dąb", "lampa", "Lampa", "Ligota", "łączka", "łąka", "Łąka", "Ochojec", "Osiedle 2", "Osiedle 10", "Ósemka",
        "Podlesie", "Szopienice", "Śródmieście", "Wełnowiec", "Załęże", "Zawodzie", "Źródło", "Żurawia",
    ]  # fmt: skip
    assert sorted(set(in_order), key=polish_sort_key) == in_order


@given(st.lists(polish_words, max_size=12))
def test_words_of_polish_letters_sort_like_the_alphabet(words):
    by_alphabet = sorted(words, key=lambda word: [POLISH_ALPHABET.index(letter) for letter in word])
    assert sorted(words, key=polish_sort_key) == by_alphabet


@given(polish_words, polish_words, polish_words)
def test_a_word_ends_before_any_letter(first, second, third):
    assert polish_sort_key(f"{first} {third}") < polish_sort_key(f"{first}{second}")


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_numbers_sort_by_value(first, second):
    ours = polish_sort_key(f"Osiedle {first}") < polish_sort_key(f"Osiedle {second}")
    assert ours == (first < second)


@given(st.text())
def test_any_text_has_a_key_that_fits_in_the_database(text):
    key = polish_sort_key(text)
    assert len(key) <= 3 * len(text) + 42 or unicodedata.normalize("NFKC", text) != text


def test_foreign_letters_take_the_place_of_their_base():
    assert sorted(["Muller", "Müzeum", "Müller", "Młyn"], key=polish_sort_key) == ["Młyn", "Muller", "Müller", "Müzeum"]


def test_a_search_key_knows_no_accents():
    assert search_key("  Żółw  ŁÓDZKI ") == "zolw lodzki"
    assert search_key("Zażółć gęślą jaźń") == "zazolc gesla jazn"
    assert search_key("Straße Øst") == "strasse ost"


@given(st.text())
def test_a_search_key_is_stable(text):
    key = search_key(text)
    assert search_key(key) == key
    assert search_key(unicodedata.normalize("NFD", text)) == search_key(unicodedata.normalize("NFC", text))


def test_plurals_agree_with_cldr():
    forms = {"one": "głos", "few": "głosy", "many": "głosów"}
    for number in [*range(-130, 130), 1001, 1002, 1012, 1_000_000]:
        assert plural(number, "głos", "głosy", "głosów") == forms[Locale("pl").plural_form(number)]


def test_fractions_have_their_own_form():
    assert plural(1.5, "głos", "głosy", "głosów", "głosu") == "głosu"
    assert plural(Decimal("2.0"), "głos", "głosy", "głosów", "głosu") == "głosy"
    assert plural(1.5, "głos", "głosy", "głosów") == "głosy"


def test_a_count_keeps_its_noun():
    assert count_of(1248, "głos", "głosy", "głosów") == "1\u00a0248\u00a0głosów"
    assert count_of(-2, "punkt", "punkty", "punktów") == "\u22122\u00a0punkty"


@given(st.integers(min_value=10_000, max_value=10**15))
def test_grouped_numbers_agree_with_babel(number):
    assert grouped(number) == format_decimal(number, locale="pl")


@given(st.integers(min_value=10_000, max_value=10**9))
def test_decimal_numbers_agree_with_babel(hundredths):
    number = Decimal(hundredths) + Decimal(hundredths % 100) / 100
    assert decimal_comma(number, 2) == format_decimal(number, format="#,##0.00", locale="pl")


def test_slugs_read_like_the_words():
    assert slug("Żółw i łódź: Dąb, ul. 3 Maja") == "zolw-i-lodz-dab-ul-3-maja"
    assert slug("Osiedle Tysiąclecia", max_length=10) == "osiedle"
    assert slug("Rewitalizacja", max_length=5) == "rewit"
    assert slug("…") == ""


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_slug_fits_an_address(text, length):
    made = slug(text, length)
    assert len(made) <= length
    assert made == slug(made, length)
    assert not made or all(part and part.isascii() and part.isalnum() for part in made.split("-"))


def test_one_letter_words_and_units_stay_with_what_follows():
    text = "W Katowicach i o nich: 15 września 2026 r., 12 zł, vitamin C jest a z nią u nas i w domu."
    assert no_break(text) == (
        "W\u00a0Katowicach i\u00a0o\u00a0nich: 15\u00a0września 2026\u00a0r., 12\u00a0zł, "
        "vitamin C jest a\u00a0z\u00a0nią u\u00a0nas i\u00a0w\u00a0domu."
    )


@given(st.text())
def test_no_break_changes_spaces_only(text):
    assert no_break(text).replace("\u00a0", " ").replace(" ", "") == text.replace("\u00a0", " ").replace(" ", "")
