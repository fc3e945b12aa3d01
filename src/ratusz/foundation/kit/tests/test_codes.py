"""Codes on receipts: every single typo is found, whatever people type is read generously."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.codes import (
    LONGEST,
    SYMBOLS,
    CodeMistyped,
    code_of_digest,
    formatted,
    random_code,
    read_code,
    unguessable_key,
    with_check_symbol,
)

codes = st.text(alphabet=SYMBOLS, min_size=1, max_size=LONGEST - 1).map(with_check_symbol)


def is_refused(text):
    try:
        read_code(text)
    except CodeMistyped:
        return True
    return False


@given(codes)
def test_a_code_is_read_back_from_its_printed_form(code):
    assert read_code(formatted(code)) == code
    assert read_code(f"  {formatted(code).lower().replace('-', ' ')} ") == code


@given(codes)
def test_every_single_wrong_symbol_is_found(code):
    for position, right in enumerate(code):
        for wrong in SYMBOLS.replace(right, ""):
            assert is_refused(code[:position] + wrong + code[position + 1 :])


@given(codes)
def test_every_two_exchanged_symbols_are_found(code):
    for first in range(len(code)):
        for second in range(first):
            exchanged = list(code)
            exchanged[first], exchanged[second] = code[second], code[first]
            assert code[first] == code[second] or is_refused("".join(exchanged))


def test_look_alike_letters_are_read_as_what_they_mean():
    code = with_check_symbol("0112V0")
    assert read_code("oil zuo" + code[-1]) == code


@pytest.mark.parametrize("text", ["", "7", "!!!!", "Ą000", "0" * 31, "000\u0661"])
def test_what_cannot_be_a_code_is_refused_without_repeating_it(text):
    with pytest.raises(CodeMistyped) as refusal:
        read_code(text)
    assert not text or text not in str(refusal.value)


@given(st.text())
def test_any_text_gives_a_code_or_a_refusal(text):
    if not is_refused(text):
        assert set(read_code(text)) <= set(SYMBOLS)


def test_random_codes_differ_and_check():
    made = {random_code() for _number in range(2000)}
    assert len(made) == 2000
    assert all(read_code(code) == code and len(code) == 16 for code in made)
    assert len({unguessable_key() for _number in range(2000)}) == 2000


@given(st.binary(), st.binary())
def test_a_digest_has_one_code(first, second):
    one, other = (code_of_digest(hashlib.sha256(content).digest()) for content in (first, second))
    assert read_code(one) == one
    assert (one == other) == (first == second)


def test_a_digest_too_short_for_its_code_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        code_of_digest(b"\x01\x02")
