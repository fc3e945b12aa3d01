"""CSV that a spreadsheet opens as data and never runs as a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BYTE_ORDER_MARK = "\ufeff"


def neutral_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe; numbers stay numbers.

    Full-width look-alikes (＝) and spaces before the sign count too (OWASP, CSV injection).
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\u200b\ufeff"))[:1]
    return "'" + text if text.startswith(DANGEROUS) or (first and first in DANGEROUS) else text


def csv_lines(rows: Iterable[Sequence[Any]], *, delimiter: str = ";") -> Iterator[str]:
    """Lines of a CSV for Polish spreadsheets (semicolons, a byte order mark first), every cell neutralised; for streaming."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    mark = BYTE_ORDER_MARK
    for row in rows:
        writer.writerow([neutral_cell(cell) for cell in row])
        yield mark + buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        mark = ""
