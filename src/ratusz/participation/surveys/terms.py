"""Settings of surveys as a dated pack, and the library of ready questionnaires."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import Pack, load_pack

PACKS = Path(__file__).parent / "packs"


@lru_cache
def _pack() -> Pack:
    return load_pack(PACKS / "surveys.toml")


def term(name: str, at: datetime) -> Any:
    """A setting in force at that moment."""
    return _pack().at(local_day(at))[name]


@dataclass(frozen=True)
class Ready:
    """A ready questionnaire of the library, or a block to add to one."""

    code: str
    name: str
    about: str
    content: dict[str, Any]


@lru_cache
def library() -> dict[str, Ready]:
    """The ready questionnaires in the order of their files."""
    found: dict[str, Ready] = {}
    for path in sorted((PACKS / "library").glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        code = path.stem.partition("-")[2]
        found[code] = Ready(code, read["name"], read["about"], {"pages": read["pages"]})
    return found
