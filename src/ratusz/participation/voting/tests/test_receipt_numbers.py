"""E11: numbers on receipts: no two alike, no single wrong or swapped sign passes, nothing of the choice in them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.voting import receipt_codes
from ratusz.participation.voting.envelopes import PlainBallot, seal, unseal
from ratusz.participation.voting.factories import PRIVATE_KEY

PUBLIC = bytes(PRIVATE_KEY.public_key)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 26), st.sampled_from(receipt_codes.ALPHABET))
def test_one_wrong_sign_shows(inner, place, sign):
    code = receipt_codes.code_of(inner)
    assert (len(code), receipt_codes.is_code(code), receipt_codes.read_code(code)) == (27, True, code)
    changed = code[:place] + sign + code[place + 1 :]
    assert receipt_codes.is_code(changed) is (changed == code)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 26), st.integers(0, 26))
def test_two_signs_that_changed_places_show(inner, one, other):
    code = list(receipt_codes.code_of(inner))
    code[one], code[other] = code[other], code[one]
    swapped = "".join(code)
    assert receipt_codes.is_code(swapped) is (swapped == receipt_codes.code_of(inner))


def test_as_it_is_printed_and_typed():
    code = receipt_codes.code_of(b"x")
    shown = receipt_codes.shown(code)
    assert [len(group) for group in shown.split("-")] == [5, 5, 5, 5, 5, 2]
    for typed in (shown.lower(), f" {shown} ", shown.replace("-", " "), code.replace("O", "0").replace("I", "1").replace("B", "8")):
        assert receipt_codes.read_code(typed) == code
    for typed in ("", code[:-1], code + "A", code[:-1] + "9", "A" * 26 + "B"):
        assert receipt_codes.read_code(typed) == ""


def test_equal_choices_give_different_numbers_of_equal_length():
    few, many = {"M": {"M/01/X": 3}}, {"L1": {"L1/01/X": 1, "L1/02/X": 2}, "M": {"M/01/X": 1, "M/02/X": 1, "M/03/X": 1}}
    sealed = [seal(PlainBallot(1, choices, "30-44"), PUBLIC, "n") for choices in (few, few, many)]
    assert len({receipt_codes.code_of(inner) for inner in sealed}) == 3
    assert len({len(inner) for inner in sealed}) == 1
    assert [unseal(inner, PRIVATE_KEY) for inner in sealed[1:]] == [PlainBallot(1, few, "30-44"), PlainBallot(1, many, "30-44")]


@pytest.mark.slow
def test_a_million_numbers_differ():
    chance = random.Random(11)
    assert len({receipt_codes.code_of(chance.randbytes(32)) for _ in range(1_000_000)}) == 1_000_000
