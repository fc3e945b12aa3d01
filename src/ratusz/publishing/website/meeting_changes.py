"""What everybody sees of meetings changed: kept pages are made anew, and the search reads the thing again."""

from __future__ import annotations

from ratusz.foundation.kit.registries import search_sources
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit


def changed(key: str) -> None:
    """In the transaction of the change; `key` begins with the name of its source of search ("meetings.minutes:12")."""
    bump_content_version()
    source = key.partition(":")[0]
    if source in search_sources:
        refresh_after_commit(source=source, key=key)
