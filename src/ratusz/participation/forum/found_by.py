"""How topics and threads are found by the portal's search: title and what was said, by the base forms of words."""

from __future__ import annotations

from collections.abc import Iterator

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import SearchEntry
from ratusz.participation.forum import texts
from ratusz.participation.forum.models import Comment, Thread, Topic

KIND = "forum"
MOST_READ = 20_000
"""Characters of a thread that are searched, the oldest first."""


def search_entries() -> Iterator[SearchEntry]:
    """Every public topic and thread."""
    at = database_now()
    for topic in Topic.objects.public(at).iterator(500):
        yield _of_topic(topic)
    for thread in Thread.objects.public(at).select_related("topic").iterator(500):
        yield _of_thread(thread)


def search_entry(key: str) -> SearchEntry | None:
    """One of them; None when it is not public any more."""
    noun, _colon, number = key.partition(":")
    at = database_now()
    if noun == "topic":
        topic = Topic.objects.public(at).filter(pk=number).first()
        return _of_topic(topic) if topic else None
    thread = Thread.objects.public(at).filter(pk=number).select_related("topic").first()
    return _of_thread(thread) if thread else None


def _of_topic(topic: Topic) -> SearchEntry:
    return SearchEntry(
        key=f"topic:{topic.pk}", url=topic.get_absolute_url(), title=topic.title, summary=texts.plain(topic.about),
        body=topic.about, kind=KIND, day=local_day(topic.opens_at),
    )  # fmt: skip


def _of_thread(thread: Thread) -> SearchEntry:
    said, length = [], 0
    for words in Comment.objects.filter(thread=thread).shown().values_list("words", flat=True).iterator(200):
        said.append(words)
        length += len(words)
        if length > MOST_READ:
            break
    return SearchEntry(
        key=f"thread:{thread.pk}", url=thread.get_absolute_url(), title=thread.title, summary=texts.plain(said[0]) if said else "",
        body="\n".join(said)[:MOST_READ], kind=KIND, day=local_day(thread.last_at),
    )  # fmt: skip
