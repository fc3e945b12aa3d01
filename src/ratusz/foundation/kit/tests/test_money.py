"""Amounts are written, read and divided without losing a grosz."""

import re
from fractions import Fraction

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.money import GREATEST_AMOUNT, AmountNotUnderstood, parse_amount, split_by_weights, split_evenly, zlotys

amounts = st.integers(min_value=0, max_value=GREATEST_AMOUNT)


@pytest.mark.parametrize(
    ("grosze", "text"),
    [
        (0, "0 zł"), (1250, "12,50 zł"), (124_806_800, "1 248 068 zł"), (5, "0,05 zł"),
        (-1250, "\u221212,50 zł"), (150_000, "1 500 zł"),
    ],
)  # fmt: skip
def test_amounts_for_people(grosze, text):
    assert zlotys(grosze) == text.replace(" ", "\u00a0")


@given(st.integers(min_value=1_000_000, max_value=GREATEST_AMOUNT))
def test_written_amounts_agree_with_babel(grosze):
    babel = format_currency(Fraction(grosze, 100).__float__() if grosze < 10**12 else grosze // 100, "PLN", locale="pl")
    ours = zlotys(grosze if grosze < 10**12 else grosze // 100 * 100)
    assert ours == babel.replace(",00", "")


@given(st.integers(min_value=-GREATEST_AMOUNT, max_value=GREATEST_AMOUNT))
def test_what_is_written_is_read_back(grosze):
    assert parse_amount(zlotys(grosze), allow_negative=True) == grosze


@pytest.mark.parametrize(
    ("text", "grosze"),
    [
        ("1 248 068", 124_806_800), ("1.248.068,50 zł", 124_806_850), ("12,5", 1250), ("12.50", 1250), ("100,-", 10_000),
        ("PLN 7", 700), ("7 PLN", 700), ("500 zl", 50_000), (" 1\u202f000\u00a0zł ", 100_000), ("1.248", 124_800), ("0,01", 1),
        ("5 złotych", 500), ("1500000", 150_000_000),
    ],
)  # fmt: skip
def test_typed_amounts(text, grosze):
    assert parse_amount(text) == grosze


@pytest.mark.parametrize(
    "text",
    ["", "zł", "1,248", "1 24 068", "1 248,505", "12,", "1.2.3", "dwa", "1e5", "½", "٣", "1,248.50", "--5", "1 248.068", "9" * 20],
)
def test_unclear_amounts_are_refused(text):
    with pytest.raises(AmountNotUnderstood):
        parse_amount(text)


def test_a_negative_amount_is_refused_unless_asked_for():
    with pytest.raises(AmountNotUnderstood):
        parse_amount("-5")
    assert parse_amount("-5", allow_negative=True) == -500


@given(st.text())
def test_any_text_gives_grosze_or_a_refusal(text):
    try:
        assert 0 <= parse_amount(text) <= GREATEST_AMOUNT
    except AmountNotUnderstood as refusal:
        assert re.search(r"\w", str(refusal))


@given(amounts, st.integers(min_value=1, max_value=40))
def test_even_shares_lose_nothing(grosze, parts):
    shares = split_evenly(grosze, parts)
    assert (sum(shares), len(shares)) == (grosze, parts)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


@given(amounts, st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=30).filter(any))
def test_weighted_shares_lose_nothing_and_stay_within_a_grosz(grosze, weights):
    shares = split_by_weights(grosze, weights)
    assert sum(shares) == grosze
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(grosze * weight, sum(weights))) < 1


@pytest.mark.parametrize(("grosze", "weights"), [(-1, [1]), (1, []), (1, [0, 0]), (1, [2, -1])])
def test_senseless_splits_are_refused(grosze, weights):
    with pytest.raises(ValueError, match="split"):
        split_by_weights(grosze, weights)
