"""A whole number as it comes from outside: in an address, a form, a header of a foreign server."""

from __future__ import annotations

MOST_DIGITS = 18


def plain_number(text: str) -> int | None:
    """The number, or None for anything but up to 18 ASCII digits: "²" is a digit to Python, and a long text is no number at all."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
