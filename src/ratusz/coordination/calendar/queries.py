"""Everything with a date in one list, read from kit's registry."""

from __future__ import annotations

from datetime import datetime, timedelta

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, dated_things

AHEAD = timedelta(days=365)


def public_things(at: datetime) -> list[DatedThing]:
    """Public dated things that last now or start within a year, by their first day."""
    found = [thing for source in dated_things for thing in source(at, at + AHEAD) if thing.is_public]
    return sorted(found, key=lambda thing: (local_day(thing.starts), thing.title))
