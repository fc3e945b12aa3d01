"""Files that are two things at once: an image with a program behind it, a PDF that is a web page as well."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused

_HEAD, _TAIL = 2048, 65_557
"""The head that browsers and PDF readers sniff; the tail in which an archive's directory can lie (22 bytes + the longest
comment)."""
_SCRIPT = re.compile(rb"<\s*(script|html|svg|iframe|object|embed|body|!doctype\s+html)|<\?php|javascript:", re.IGNORECASE)
_OTHERS = {"pdf": b"%PDF-", "zip": b"PK\x05\x06", "rar": b"Rar!\x1a\x07", "seven_zip": b"7z\xbc\xaf\x27\x1c"}
_OFFICE = ("docx", "xlsx", "odt", "ods")
_PHP = re.compile(rb"<\?php|<script", re.IGNORECASE)


def refuse_polyglot(data: bytes, kind: str) -> None:
    """Raises FileRefused when the bytes also pass for something else than `kind`."""
    head, tail = data[:_HEAD], data[-_TAIL:]
    if kind not in (*_OFFICE, "svg") and (_SCRIPT.search(head) or _PHP.search(tail)):
        _refuse()
    for other, mark in _OTHERS.items():
        if other == kind or (other == "zip" and kind in _OFFICE):
            continue
        if mark in tail or (other == "pdf" and mark in head):
            _refuse()
    if tail.rstrip(b"\r\n \x00").endswith((b"koly", b"TAPE")):
        _refuse()


def _refuse() -> None:
    raise FileRefused(
        _("The file pretends to be something else than it is. Save it again in your program and send it once more."),
        code="polyglot",
    )
