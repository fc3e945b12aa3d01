"""Bytes to text for letters whose charset is wrong, unknown or left out. Pure."""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Any

KNOWN = re.compile(
    r"(us-?ascii|utf-?(8|16|32)\w*|unicode-1-1-utf-7|iso-?8859-?\d+|latin-?[1-9]|windows-?125\d|cp-?(125\d|85\d|437)|x-cp125\d"
    r"|koi8-[ru]|mac\w*|x-mac-\w+|gb\w+|big5|shift_jis|euc-\w+|iso-2022-\w+)",
    re.IGNORECASE,
)
"""Charsets of real letters. Whatever else Python knows by that name ("punycode", "idna") may be slow on purpose."""
OFTEN_MEANT = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
}
"""What programs write and what they mean by it."""
LONGEST_VALUE = 4000


def decoded(content: bytes, charset: str = "") -> str:
    """The text: as declared where that works, else as UTF-8, else as the Windows of Central Europe, which takes almost any byte."""
    declared = charset.strip().strip("\"'").lower()
    wanted = [OFTEN_MEANT.get(declared, declared)] if KNOWN.fullmatch(declared) else []
    for each in (*wanted, "utf-8", "windows-1250"):
        try:
            text = content.decode(each)
        except (LookupError, UnicodeError):
            continue
        if each.startswith("iso-8859") and _has_odd_controls(text):
            continue
        return readable(text)
    return readable(content.decode("windows-1250", "replace"))


def _has_odd_controls(text: str) -> bool:
    """Windows bytes read as ISO 8859 give these: no letter has them."""
    return any("\x80" <= letter <= "\x9f" for letter in text)


def readable(text: str) -> str:
    """Without characters that no text has or that turn its direction; every end of a line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))


def header_words(value: Any, longest: int) -> str:
    """A header on one line; encoded words of a wrong charset are read as far as they go."""
    if value is None:
        return ""
    try:
        pieces = decode_header(value if not isinstance(value, str) else value[:LONGEST_VALUE])
    except (HeaderParseError, ValueError, LookupError):
        pieces = [(str(value), None)]
    words = "".join(each if isinstance(each, str) else decoded(each, charset or "") for each, charset in pieces)
    return " ".join(readable(words).split())[:longest].strip()
