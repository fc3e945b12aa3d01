"""Roman numerals, against a table made digit by digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.roman import from_roman, to_roman

UNITS = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
TENS = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
HUNDREDS = ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"]


def test_every_numeral_both_ways():
    for number in range(1, 4000):
        numeral = "M" * (number // 1000) + HUNDREDS[number // 100 % 10] + TENS[number // 10 % 10] + UNITS[number % 10]
        assert to_roman(number) == numeral
        assert from_roman(numeral.lower()) == number


@given(st.text(alphabet="IVXLCDM", max_size=8))
def test_only_the_one_correct_way_is_read(text):
    try:
        assert to_roman(from_roman(text)) == text
    except ValueError:
        assert text not in {to_roman(number) for number in range(1, 4000)}


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_beyond_are_refused(number):
    with pytest.raises(ValueError, match="no Roman"):
        to_roman(number)
