"""Only what a row can have is a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.plain_numbers import long_number, plain_number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.0", " 1", "9" * 19, "9" * 5000, "1\x00"])
def test_what_is_no_number(text):
    assert plain_number(text) is None


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_itself(number):
    assert plain_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tel. 600 111 222.", "600 111 222"), ("PESEL 02070803628", "02070803628"), ("(32) 259-00-00", "32) 259-00-00"),
        ("600\u00a0111\u00a0222", "600 111 222"), ("0207080\u200b3628", "02070803628"), ("600.111.222", "600.111.222"),
        ("Próbna 1234 40-001 Katowice", ""), ("Próbna 1234, 40-001", ""), ("29.11.2026 12.30", ""), ("2026-11-29 10:30", ""),
        ("3 400 000 000 zł", ""), ("12 000 – 15 000", ""), ("uchwała 12/345/26, 12 325 000", ""), ("1" * 12, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_long_number_of_a_person_is_found_however_it_is_typed(text, found):
    assert long_number(text) == found
