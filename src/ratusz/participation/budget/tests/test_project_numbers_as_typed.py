"""A project's number is understood as people type it, and one wrong sign is noticed."""

from __future__ import annotations

import pytest
from django.utils.text import slugify

from ratusz.participation.budget.numbers import meant, near

NUMBERS = ["L12/01/X", "L12/03/X", "L12/13/X", "M/66/VII"]


@pytest.mark.parametrize(
    "typed",
    [
        "L12/03/X",
        "L12-03-X",
        "l12-03-x",
        "L1203X",
        "L12/3/X",
        "L12/O3/X",
        "L12.03.X",
        "l12/o3/x",
        slugify("L12/03/X".replace("/", "-")),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed):
    assert meant(typed, NUMBERS) == "L12/03/X"


def test_a_number_that_could_be_two_is_not_taken_for_one():
    assert meant("L1/23/X", ["L1/23/X", "L12/03/X"]) == "L1/23/X"
    assert meant("L123X", ["L1/23/X", "L12/03/X"]) == "L1/23/X"
    assert meant("L12-3X", ["L1/023/X", "L12/03/X"]) is None


def test_numbers_that_differ_by_one_sign_are_near():
    assert near("L12/04/X", NUMBERS) == ["L12/01/X", "L12/03/X"]
    assert near("M/66/VI", NUMBERS) == ["M/66/VII"]
    assert (near("M6", NUMBERS), near("KTW-7Q4F-2MXA", NUMBERS)) == ([], [])
