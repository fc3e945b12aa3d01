"""What deeds are called on screens: the Office's own words for the codes that modules record."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PACK = Path(__file__).parent / "packs" / "deeds.toml"


@cache
def deed_words() -> dict[str, str]:
    """Code of a deed -> its words, in the order of the words."""
    return tomllib.loads(PACK.read_text(encoding="utf-8"))["deeds"]


def in_words(deed: str) -> str:
    """The words of a deed, or its code where the pack has none."""
    return deed_words().get(deed, deed)
