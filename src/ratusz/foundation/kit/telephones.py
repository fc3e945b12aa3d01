"""Telephone numbers in one form, whatever way a person writes them, so that one number counts as one."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN_DIGITS = re.compile(r"[\s\-./()\u2010-\u2015\u2212]")
_NATIONAL = r"[1-9][0-9]{8}"
_POLISH = re.compile(rf"(?:\+48|48)?0?({_NATIONAL})")
"""Nine digits, never a 0 first (numbering plan of 2010). The trunk 0 of the days before still stands on many a letterhead."""
_FOREIGN = re.compile(r"\+(?!48|0)[0-9]{8,15}")


def international_number(text: str) -> str | None:
    """The number as "+48600100200" (E.164), or None for what is no number.

    Without a country it is Polish; another country's needs its + or 00. Marks that nobody sees are dropped, so that they
    cannot make one number pass for two.
    """
    shown = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) not in ("Cc", "Cf"))
    number = re.sub(r"^00", "+", _BETWEEN_DIGITS.sub("", "".join(shown)))
    if not number.isascii():
        return None
    if polish := _POLISH.fullmatch(number):
        return "+48" + polish[1]
    return number if _FOREIGN.fullmatch(number) else None
