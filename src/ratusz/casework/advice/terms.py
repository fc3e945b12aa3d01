"""Topics and settings as dated packs: what held on a day."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, load_pack

PACKS = Path(__file__).parent / "packs"


@lru_cache
def _pack(name: str) -> Pack:
    return load_pack(PACKS / f"{name}.toml")


def topics_on(day: date) -> dict[str, str]:
    """Code and name of every topic in force on that day, in their order."""
    entries = sorted(_pack("topics").at(day).entries.values(), key=lambda entry: entry.value["order"])
    return {each.name: each.value["name"] for each in entries}


def topic_name(code: str, at: datetime) -> str:
    """The name of a topic on the day it was chosen; the bare code when no list knows it any more."""
    return topics_on(local_day(at)).get(code, code)


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return _pack("terms").at(local_day(at))[name]
