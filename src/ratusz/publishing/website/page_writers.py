"""Who wrote what stands and waits on pages: whoever changed the content, not whoever only saved it anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from wagtail.models import Page, PageLogEntry, Revision

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
BESIDE_THE_WORDS = frozenset({
    "pk", "id", "path", "depth", "numchild", "url_path", "content_type", "translation_key", "locale", "alias_of", "owner",
    "draft_title", "live", "live_revision", "latest_revision", "latest_revision_created_at", "has_unpublished_changes",
    "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
    "wagtail_admin_comments",
})  # fmt: skip
"""What a revision keeps besides content. Its log does not tell: publishing in the editor counts there as a change."""


def content_of(revision: Revision) -> Any:
    """What a reader would see of it, in a form that is equal when nothing was changed."""
    # As it is kept: one just saved still holds dates.
    return _plain(json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder)))


def writers_of(waiting: Mapping[int, int]) -> dict[int, set[int]]:
    """By page the numbers of everybody who wrote a part of what its revision (page → revision) would bring out.

    Counted since what the public sees, or last saw. What the program itself wrote has nobody's number.
    """
    seen, published_at = _seen_by_the_public(waiting)
    saved: dict[int, list[Revision | None]] = {page: [None] for page in waiting}
    for revision in _revisions().filter(object_id__in=[str(page) for page in waiting]).order_by("pk"):
        page = int(revision.object_id)
        if seen.get(page, 0) <= revision.pk <= waiting[page]:
            saved[page].append(revision)
    writers: dict[int, set[int]] = {page: set() for page in waiting}
    for page, its in saved.items():
        for before, revision in pairwise(its):
            # An open editor saves over its own revision, so one that has gone out may hold newer words.
            is_newer = revision.pk > seen.get(page, 0) or _is_after(revision.created_at, published_at.get(page))
            if revision.user_id and is_newer and (before is None or content_of(before) != content_of(revision)):
                writers[page].add(revision.user_id)
    return writers


def author_of(revision: Revision) -> int | None:
    """Who wrote these words last: publishing and approving in the editor save them anew under another name."""
    words, author = content_of(revision), revision.user_id
    for earlier in _revisions().filter(object_id=revision.object_id, pk__lt=revision.pk).order_by("-pk").iterator(chunk_size=20):
        if content_of(earlier) != words:
            break
        author = earlier.user_id
    return author


def _revisions() -> Any:
    return Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))


def _seen_by_the_public(pages: Mapping[int, int]) -> tuple[dict[int, int], dict[int, Any]]:
    """By page its published revision, or the last one that was, and when a page was published last."""
    rows = list(Page.objects.filter(pk__in=pages).values_list("pk", "live_revision_id", "last_published_at"))
    taken_down = [page for page, revision, _at in rows if revision is None]
    out = PageLogEntry.objects.filter(page__in=taken_down, action__in=PUBLISHED).exclude(revision=None)
    seen = dict(out.values("page").annotate(last=Max("revision")).values_list("page", "last")) if taken_down else {}
    seen |= {page: revision for page, revision, _at in rows if revision is not None}
    return seen, {page: at for page, _revision, at in rows}


def _is_after(moment: Any, other: Any) -> bool:
    return other is not None and moment > other


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name not in BESIDE_THE_WORDS}
    if isinstance(value, list):
        plain = [_plain(each) for each in value]
        return plain if any(isinstance(each, dict | list) for each in plain) else sorted(plain, key=str)
    # A body of blocks is kept as text; a form without their ids gives them new ones.
    return _plain(json.loads(value)) if isinstance(value, str) and value.startswith("[{") and _is_json(value) else value


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
