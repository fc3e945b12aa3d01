"""Settings of the platform as a dated pack: what held at a moment."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, load_pack

PACK = Path(__file__).parent / "packs" / "terms.toml"


@lru_cache
def _pack() -> Pack:
    return load_pack(PACK)


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return _pack().at(local_day(at))[name]
