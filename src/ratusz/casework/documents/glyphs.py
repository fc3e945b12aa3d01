"""Which signs our fonts can show: a name with a smiley or a stray control sign must not keep a whole list from the printer."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parents[2] / "ui" / "fonts"
INSTEAD = "?"
"""Of a sign that the fonts lack, so that the reader sees that something stood there."""
BREAKS = "\n\t"
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
"""More marks over one letter than any language has."""
_UNBROKEN = re.compile("[^ \t\n]{400,}")
_PIECE = re.compile("(.{40})(?=.)", re.DOTALL)


def showable(text: str) -> str:
    """The text in signs that can be set: composed, without control and direction signs, others replaced."""
    known = known_signs()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _MARKS.sub(r"\1", text)
    if all(sign in BREAKS or ord(sign) in known for sign in text):
        return text
    return "".join(_shown(sign, known) for sign in text)


def breakable(text: str) -> str:
    """The text with places to break a line in what has none: a word wider than the page is cut off by it, and PDF/A refuses a
    string of more than 32,767 bytes, so that one pasted picture would keep a whole report from the printer.
    """
    return _UNBROKEN.sub(lambda found: _PIECE.sub("\\1\u200b", found[0]), text)


def _shown(sign: str, known: frozenset[int]) -> str:
    if sign in BREAKS or ord(sign) in known:
        return sign
    if unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Mn", "Me", "Sk", "Cs"):
        return ""
    return " " if sign.isspace() else INSTEAD


@lru_cache(maxsize=1)
def known_signs() -> frozenset[int]:
    """Signs that every face of the font has, without those that are nothing to see."""
    faces = [signs_of(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    common = set.intersection(*faces)
    return frozenset(code for code in common if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cn"))


def signs_of(font: bytes) -> set[int]:
    """Code points of a TrueType font (OpenType 1.9, table cmap, formats 4 and 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">L", font, cmap + 4 + 8 * number + 4)[0]
        form = struct.unpack_from(">H", font, at)[0]
        found |= _format_4(font, at) if form == 4 else _format_12(font, at) if form == 12 else set()
    return found


def _format_4(font: bytes, at: int) -> set[int]:
    double = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts, deltas, offsets = at + 14, at + 16 + double, at + 16 + 2 * double, at + 16 + 3 * double
    found = set()
    for place in range(0, double, 2):
        first, last = (struct.unpack_from(">H", font, where + place)[0] for where in (starts, ends))
        delta, offset = (struct.unpack_from(">H", font, where + place)[0] for where in (deltas, offsets))
        for code in range(first, last + 1):
            glyph = code if not offset else struct.unpack_from(">H", font, offsets + place + offset + 2 * (code - first))[0]
            if code != 0xFFFF and (glyph + delta if glyph or not offset else 0) & 0xFFFF:
                found.add(code)
    return found


def _format_12(font: bytes, at: int) -> set[int]:
    found: set[int] = set()
    for number in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * number)
        found.update(range(first, last + 1))
    return found
