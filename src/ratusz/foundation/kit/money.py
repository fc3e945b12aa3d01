"""Money: whole numbers of grosze, written, read and divided without losing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.words import NO_BREAK_SPACE, grouped

GREATEST_AMOUNT = 10**15
"""In grosze; what a bigint and every spreadsheet still hold exactly."""

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY = re.compile(r"(?:zł(?:otych|ote|oty)?|zl|pln)\.?$", re.IGNORECASE)
_AMOUNT = re.compile(
    r"""(?P<sign>[-\u2212]?)
    (?P<whole>\d+ | \d{1,3}(?:[ ]\d{3})+ | \d{1,3}(?:\.\d{3})+)
    (?: , (?P<grosze>\d{1,2}|-|\u2013) | \.(?P<dotted>\d{1,2}) )?$""",
    re.VERBOSE | re.ASCII,
)


class AmountNotUnderstood(ValueError):
    """What was typed is no amount we can be sure of; the message says how to write it."""


def zlotys(grosze: int) -> str:
    """An amount for people: "1 248 068 zł", with grosze only where there are any: "12,50 zł"; no-break spaces, a real minus."""
    whole, rest = divmod(abs(grosze), 100)
    sign = "\u2212" if grosze < 0 else ""
    decimals = f",{rest:02d}" if rest else ""
    return f"{sign}{grouped(whole)}{decimals}{NO_BREAK_SPACE}zł"


def parse_amount(text: str, *, allow_negative: bool = False) -> int:
    """Grosze from an amount typed by a person: "1 248 068", "1.248.068,50 zł", "12,5", "12.50", "100,-", "PLN 7".

    "1,248" is refused: it may be one złoty or a thousand. Raises AmountNotUnderstood.
    """
    cleaned = _SPACES.sub(" ", text).strip()
    cleaned = _CURRENCY.sub("", cleaned).strip()
    cleaned = re.sub(r"^(?:pln|zł) ?", "", cleaned, flags=re.IGNORECASE)
    match = _AMOUNT.match(cleaned)
    if not match:
        raise AmountNotUnderstood(_("Write the amount in zlotys with figures, for example 1 248 068 or 12,50."))
    if match["sign"] and not allow_negative:
        raise AmountNotUnderstood(_("The amount cannot be less than zero."))
    decimals = (match["grosze"] or match["dotted"] or "").strip("-\u2013")
    grosze = int(re.sub(r"[ .]", "", match["whole"])) * 100 + int(decimals.ljust(2, "0"))
    if grosze > GREATEST_AMOUNT:
        raise AmountNotUnderstood(_("This amount is too large. Check the number of zeros."))
    return -grosze if match["sign"] else grosze


def split_evenly(grosze: int, parts: int) -> list[int]:
    """`parts` shares that add up to `grosze` and differ by at most one grosz, the greater first."""
    return split_by_weights(grosze, [1] * parts)


def split_by_weights(grosze: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Shares in proportion to `weights` that add up to `grosze` exactly: largest remainders, the earlier share first among equals.

    Each share is within one grosz of its exact value. ValueError for a negative amount or weight, or weights that are all zero.
    """
    if grosze < 0 or any(weight < 0 for weight in weights) or not sum(weights):
        raise ValueError("An amount is split by weights that are not negative and not all zero.")
    total = sum(Fraction(weight) for weight in weights)
    exact = [grosze * Fraction(weight) / total for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(shares)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_remainder[: grosze - sum(shares)]:
        shares[index] += 1
    return shares
