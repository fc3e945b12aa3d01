"""A whole number as it comes from outside: in an address, a form, a header of a foreign server; a long one inside a text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

MOST_DIGITS = 18


def plain_number(text: str) -> int | None:
    """The number, or None for anything but up to 18 ASCII digits: "²" is a digit to Python, and a long text is no number at all."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def row_of(rows: Any, request: HttpRequest, name: str) -> Any:
    """The row whose number a button carries; 404 for anything else, such as a row of another thing."""
    number = plain_number(request.POST.get(name, ""))
    if number is None:
        raise Http404
    return get_object_or_404(rows, pk=number)


_LONG = re.compile(r"(?<!\d)\d(?:[\s.()\u2010\u2011-]{0,2}\d){8,10}(?!\d|\s?zł)")
_NO_PERSON = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d\b"
    r"|(?<![\d-])\d\d-\d{3}(?=\s*(?:[^\W\d]|,|$))"
)
"""Days and postcodes."""


def long_number(text: str) -> str:
    """Nine to eleven digits of a text, with spaces, dots or hyphens between them or not: a telephone or a PESEL; "" for none.

    Days, postcodes and sums in złote are none.
    """
    shown = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    found = _LONG.search(_NO_PERSON.sub("|", shown))
    return found.group() if found else ""
