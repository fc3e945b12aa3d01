"""How research is found in the portal's search."""

from __future__ import annotations

from collections.abc import Iterator

from ratusz.foundation.kit.registries import SearchEntry
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.research import tasks

SOURCE = KIND = "research"


def search_entries() -> Iterator[SearchEntry]:
    """Published cards."""
    yield from map(_entry, ResearchCard.objects.standing().iterator(200))


def search_entry(key: str) -> SearchEntry | None:
    """One of them; None when it does not hold."""
    number = key.partition(":")[2]
    found = ResearchCard.objects.standing().filter(pk=number).first() if number.isdecimal() else None
    return _entry(found) if found else None


def key_of(card: ResearchCard) -> str:
    """Its key in the search."""
    return f"research:{card.pk}"


def _entry(card: ResearchCard) -> SearchEntry:
    return SearchEntry(
        key=key_of(card), url=card.get_absolute_url(), title=card.title, summary=card.summary[:300],
        body=f"{card.number} {tasks.words(card.task)} {card.agency} {card.population} {card.summary}", kind=KIND, day=card.ends_on,
    )  # fmt: skip
