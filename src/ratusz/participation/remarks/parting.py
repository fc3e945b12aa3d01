"""One text with several remarks in it is parted by lines of hyphens: one remark for each point."""

from __future__ import annotations

from ratusz.participation.remarks.actions.intake import Point

CUT = "\n---"
"""A line that begins with three hyphens parts one remark from the next."""


def parted(content: str) -> list[Point]:
    """One point for each part between lines of hyphens; an empty part is left out."""
    parts = ("\n" + content.replace("\r\n", "\n")).split(CUT)
    return [Point(text) for each in parts if (text := each.lstrip("-").strip())] or [Point("")]
