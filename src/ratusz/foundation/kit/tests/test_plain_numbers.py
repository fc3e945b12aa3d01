"""Only what a row can have is a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.plain_numbers import plain_number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.0", " 1", "9" * 19, "9" * 5000, "1\x00"])
def test_what_is_no_number(text):
    assert plain_number(text) is None


@given(st.integers(0, 10**18 - 1))
def test_a_number_is_itself(number):
    assert plain_number(str(number)) == number
