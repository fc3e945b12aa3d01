"""How initiatives are found in the portal's search."""

from __future__ import annotations

from collections.abc import Iterator

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import SearchEntry
from ratusz.participation.initiatives.models import Initiative

KIND = "initiatives"


def search_entries() -> Iterator[SearchEntry]:
    """All of them: each is public."""
    yield from map(_entry, Initiative.objects.iterator(200))


def search_entry(key: str) -> SearchEntry | None:
    """One of them; None when it is gone."""
    number = key.partition(":")[2]
    found = Initiative.objects.filter(pk=number).first() if number.isdecimal() else None
    return _entry(found) if found else None


def _entry(mine: Initiative) -> SearchEntry:
    return SearchEntry(
        key=f"initiative:{mine.pk}", url=mine.get_absolute_url(), title=mine.title, summary=str(mine.get_state_display()),
        body=f"{mine.number} {mine.draft} {mine.justification}", kind=KIND, day=local_day(mine.registered_at),
    )  # fmt: skip
