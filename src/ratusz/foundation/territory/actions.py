"""What staff and the demo do to the map of the city: load the districts of a pack."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.territory.models import District, RegisteredCount

PACKS = Path(__file__).parent / "packs"


@transaction.atomic
def load_districts(*, pack: str = "katowice_districts", actor=None) -> int:
    """Writes the districts of a pack (a file in packs/ without its ending), by number; repeatable. Returns how many there are."""
    entries = tomllib.loads((PACKS / f"{pack}.toml").read_text(encoding="utf-8"))["district"]
    for entry in entries:
        _write_district(dict(entry))
    record(deed="territory.load_districts", subject=pack, after={"districts": len(entries)}, actor=actor)
    return len(entries)


def _write_district(entry: dict) -> None:
    counts = entry.pop("registered", [])
    entry["sort_key"] = polish_sort_key(entry["name"])
    district, _ = District.objects.update_or_create(number=entry.pop("number"), defaults=entry)
    for count in counts:
        RegisteredCount.objects.update_or_create(
            district=district, day=count["day"], defaults={"people": count["people"], "source": count["source"]}
        )
