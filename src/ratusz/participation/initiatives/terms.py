"""What the pack says of initiatives on a day."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, PackValue, load_pack

PACKS = Path(__file__).parent / "packs"


@lru_cache
def _pack() -> Pack:
    return load_pack(PACKS / "initiatives.toml")


def entry(name: str, at: datetime) -> PackValue:
    """A setting with its legal basis and how sure we are."""
    return _pack().at(local_day(at)).entry(name)


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return entry(name, at).value
