"""One text with several remarks in it is parted by lines of hyphens: one remark for each point, each maybe on a passage."""

from __future__ import annotations

import re

from ratusz.participation.remarks.actions.intake import Point

CUT = "\n---"
"""A line that begins with three hyphens parts one remark from the next."""
PASSAGE = re.compile(r"-*[ \t]*(?:fragment|passage)?[ \t]*(\d{1,5})[ \t]*(?:\n|$)", re.IGNORECASE)
"""What may stand in such a line: the number of the passage that the next remark is about, "--- 12" or "--- fragment 12"."""


def parted(content: str) -> list[Point]:
    """One point for each part between lines of hyphens; an empty part is left out."""
    parts = ("\n" + content.replace("\r\n", "\n")).split(CUT)
    found = [_point(parts[0].strip()), *(_of(each) for each in parts[1:])]
    return [each for each in found if each.content] or [Point("")]


def _of(part: str) -> Point:
    number = PASSAGE.match(part)
    return _point(part[number.end() :], int(number[1])) if number else _point(part)


def _point(text: str, passage_number: int | None = None) -> Point:
    return Point(text.lstrip("-").strip(), passage_number=passage_number)
