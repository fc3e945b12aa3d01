"""One telephone number is one, in whatever spelling; nothing else passes for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.telephones import international_number

NATIONAL = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
COUNTRY = st.sampled_from(["", "+48", "0048", "48", "+48 0", "0"])
BETWEEN = st.sampled_from(["", " ", "  ", "-", "\u2013", "\u00a0", ".", "\u200b", "\u202f"])


@st.composite
def spelt(draw, number: str) -> str:
    """The number as some person or program might write it."""
    parts = [draw(BETWEEN) + digit for digit in number]
    text = f"{draw(COUNTRY)}{draw(BETWEEN)}{''.join(parts)}"
    if draw(st.booleans()):
        text = text.translate({ord("0") + value: 0xFF10 + value for value in range(10)})
    return f" {text}\n"


@given(data=st.data(), number=NATIONAL)
def test_every_spelling_of_a_polish_number_is_the_same_number(data, number):
    assert international_number(data.draw(spelt(number))) == f"+48{number}"


@given(NATIONAL)
def test_the_one_form_stays_as_it_is(number):
    once = international_number(number)
    assert international_number(once) == once


@given(NATIONAL, NATIONAL)
def test_two_numbers_never_become_one(first, second):
    assert (international_number(first) == international_number(second)) is (first == second)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+48 600 100 200", "+48600100200"),
        ("0048600100200", "+48600100200"),
        ("600-100-200", "+48600100200"),
        ("48600100200", "+48600100200"),
        ("(32) 259 39 09", "+48322593909"),
        ("0-32 259 39 09", "+48322593909"),
        ("+420 601 123 456", "+420601123456"),
        ("00 49 151 12345678", "+4915112345678"),
    ],
)
def test_spellings_seen_in_the_office(text, number):
    assert international_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "60010020", "+48 60010020", "+48 6001002000", "000600100200", "+0600100200", "jan@example.pl", "ul. Krótka 600100200",
     "600100200 w. 12", "٦٠٠١٠٠٢٠٠a", "+1", "4915112345678"],
)  # fmt: skip
def test_what_is_no_number(text):
    assert international_number(text) is None
