"""What changes on the portal: the content version, the search, tries of numbers, the founding of a new portal's fixed pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import Receipt, SearchEntry, receipt_kinds, search_kinds, search_sources

from .models import ContentVersion, NumberTry, PageStanding, PublicPage, SearchableWord, SearchDocument, ShownThing
from .registries import page_listeners
from .rules import check_tries, normalised_number
from .search.page_entries import PAGES, entry_of_page, page_entries
from .search.words import LEMMA_VERSION, distinct_words, vector_of
from .shown_things import changed_things, outline_of, page_thing

BATCH = 500
KEPT_TRIES = timedelta(days=1)
NEAREST_SHOWN = 3


@dataclass(frozen=True)
class CheckedNumber:
    """What a typed number leads to: the thing, or public things whose number differs by one sign."""

    receipt: Receipt | None
    nearest: tuple[Receipt, ...] = ()


class KindWithoutWords(ValueError):
    """A module gives the search a kind that people could only read as a code."""


def bump_content_version() -> None:
    """Says that public content changed, so that no cached page is served any more. Call it in the transaction of the change."""
    _count_change(number=F("number") + 1)


@transaction.atomic
def note_change_of_page(*, page: Page) -> None:
    """Says that a page was published or its entries in lists were renewed: what shows it is made anew, and nothing else."""
    # First: of two publications at a time the second one compares with what the first one left.
    _count_change()
    found = Page.objects.filter(pk=page.pk).first()
    specific = found.specific if found else page
    if not isinstance(specific, PublicPage):
        bump_content_version()
        return
    known, now = ShownThing.objects.filter(name=page_thing(page.pk)).first(), outline_of(specific)
    changed = changed_things(specific, known.outline if known else None, now, is_new=known is None)
    if changed is None:
        bump_content_version()
    else:
        _raise_numbers(changed)
    # Once taken down, it may show anywhere again.
    outline = now if specific.live else None
    ShownThing.objects.update_or_create(name=page_thing(page.pk), defaults={"outline": outline})


@transaction.atomic
def note_change_of_things(*, things: set[str]) -> None:
    """Says that some things changed: pages that show them, and those that do not say what they show, are made anew."""
    _count_change()
    _raise_numbers(things)


def _raise_numbers(things: set[str]) -> None:
    ShownThing.objects.bulk_create([ShownThing(name=name) for name in sorted(things)], ignore_conflicts=True)
    ShownThing.objects.filter(name__in=things).update(number=F("number") + 1)


def _count_change(**more: Any) -> None:
    if not ContentVersion.objects.update(changes=F("changes") + 1, **more):
        ContentVersion.objects.get_or_create(pk=1, defaults={"changes": 1, "number": 1})


def refresh_after_commit(*, source: str, key: str) -> None:
    """For modules: after this transaction commits, the entry is found (or no longer found) in the search and pages are fresh."""
    transaction.on_commit(lambda: index_entry(source=source, key=key))


@transaction.atomic
def index_entry(*, source: str, key: str) -> None:
    """Writes, replaces or removes one entry of the search, as its source now gives it."""
    entry = search_sources[source].entry(key)
    if entry is None:
        SearchDocument.objects.filter(source=source, key=key).delete()
    else:
        _write_documents(source, [entry])
    bump_content_version()


@transaction.atomic
def index_page(*, page: Page) -> None:
    """Writes, replaces or removes the entry of a page of the tree, and tells the modules above."""
    entry = entry_of_page(page)
    if entry is None:
        SearchDocument.objects.filter(source=PAGES, key=str(page.pk)).delete()
    else:
        _write_documents(PAGES, [entry])
    for listener in page_listeners:
        listener(page, entry is not None)
    note_change_of_page(page=page)


@transaction.atomic
def put_aside(*, page: Page, standing: str, since_date: date, public_note: str = "") -> PageStanding:
    """The page stays at its address under a dated notice and leaves menus, lists, feeds and the search."""
    facts = {"standing": standing, "since_date": since_date, "public_note": public_note}
    made, _is_new = PageStanding.objects.update_or_create(page_id=page.pk, defaults=facts)
    _page_moved_in_or_out(page.pk)
    return made


@transaction.atomic
def bring_back(*, page: Page) -> bool:
    """The page stands in menus, lists and the search again; False when it was not set aside."""
    removed, _by_model = PageStanding.objects.filter(page=page.pk).delete()
    _page_moved_in_or_out(page.pk)
    return bool(removed)


def _page_moved_in_or_out(page_id: int) -> None:
    bump_content_version()
    transaction.on_commit(lambda: index_page(page=Page.objects.get(pk=page_id)))


@transaction.atomic
def rebuild_search() -> int:
    """Fills the search anew from all pages and all registered sources; returns the number of entries."""
    SearchDocument.objects.all().delete()
    SearchableWord.objects.all().delete()
    written = _write_documents(PAGES, page_entries())
    for name, source in search_sources.items():
        written += _write_documents(name, source.entries())
    bump_content_version()
    return written


def _write_documents(source: str, entries: Iterable[SearchEntry]) -> int:
    batch: list[SearchDocument] = []
    written = 0
    for entry in entries:
        batch.append(_document(source, entry))
        if len(batch) >= BATCH:
            written += _write_batch(batch)
            batch = []
    return written + _write_batch(batch)


def _document(source: str, entry: SearchEntry) -> SearchDocument:
    if entry.kind and entry.kind not in search_kinds:
        raise KindWithoutWords(f"{entry.kind!r} of {source!r} is not registered in search_kinds")
    return SearchDocument(
        source=source, key=entry.key, url=entry.url, title=entry.title[:400], summary=entry.summary, body=entry.body[:100_000],
        language=entry.language, kind=entry.kind, day=entry.day, is_public=entry.is_public, lemma_version=LEMMA_VERSION,
        vector=vector_of(title=entry.title, summary=entry.summary, body=entry.body[:100_000]),
    )  # fmt: skip


_CONTENT = ["url", "title", "summary", "body", "language", "kind", "day", "is_public", "lemma_version", "vector"]


def _write_batch(documents: list[SearchDocument]) -> int:
    if not documents:
        return 0
    SearchDocument.objects.bulk_create(documents, update_conflicts=True, unique_fields=["source", "key"], update_fields=_CONTENT)
    public = [document for document in documents if document.is_public]
    _write_words(distinct_words(f"{document.title} {document.summary}" for document in public))
    return len(documents)


def _write_words(counts: dict[str, int]) -> None:
    from ratusz.foundation.kit.words import search_key

    words = [SearchableWord(word=word, folded=search_key(word), documents=number) for word, number in sorted(counts.items())]
    SearchableWord.objects.bulk_create(
        words, update_conflicts=True, unique_fields=["word"], update_fields=["documents"], batch_size=1000
    )


@transaction.atomic
def check_number(*, typed: str, connection_address: str) -> CheckedNumber:
    """Finds what a number stands for, or the public things with a number near it. Raises TooManyTries; each try is a row."""
    fingerprint = salted_hmac("website.number_tries", connection_address, algorithm="sha256").hexdigest()
    _one_try_at_a_time(fingerprint)
    at = database_now()
    NumberTry.objects.filter(tried_at__lt=at - KEPT_TRIES).delete()
    check_tries(list(NumberTry.objects.filter(fingerprint=fingerprint).values_list("tried_at", flat=True)), at)
    NumberTry.objects.create(fingerprint=fingerprint, tried_at=at)
    number = normalised_number(typed)
    return _checked(number, at) if number else CheckedNumber(None)


def _checked(number: str, at: datetime) -> CheckedNumber:
    for kind in receipt_kinds:
        if (receipt := kind.find(number, at)) is not None:
            return CheckedNumber(receipt)
    near = (each for kind in receipt_kinds if kind.nearest is not None for each in kind.nearest(number, at))
    return CheckedNumber(None, tuple(islice(near, NEAREST_SHOWN)))


def _one_try_at_a_time(fingerprint: str) -> None:
    """A lock for the transaction, so that parallel tries of one connection are counted one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [fingerprint])
