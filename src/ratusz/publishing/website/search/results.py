"""What a person finds: the entries they may see, by rank, with filters by kind, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet
from django.utils.functional import cached_property

from ratusz.foundation.kit.registries import search_sources
from ratusz.foundation.kit.words import search_key
from ratusz.publishing.website.models import SearchableWord, SearchDocument

from .suggestions import nearest
from .words import Searched, highlighted, query_of, snippet, words_of

RESULTS_ON_A_PAGE = 10
LONGEST_QUERY = 200
WEIGHTS = [0.1, 0.2, 0.5, 1.0]
"""Of (nothing,) the body, the summary and the title, in PostgreSQL's order D, C, B, A."""


@dataclass(frozen=True)
class Found:
    """One result, ready to be shown: `title` and `excerpt` are escaped, with the searched words marked."""

    url: str
    title: str
    excerpt: str
    kind: str
    day: Any
    language: str


@dataclass(frozen=True)
class Results:
    """What was found for a text."""

    text: str
    slice: Page
    kinds: tuple[tuple[str, int], ...]
    """Every kind among the results with its number, before the filter by kind."""
    by_beginnings: bool = False

    @cached_property
    def found(self) -> list[Found]:
        searched = Searched(self.text)
        return [_shown(document, searched) for document in self.slice]


def _shown(document: SearchDocument, searched: Searched) -> Found:
    excerpt = document.summary if any(map(searched.has, words_of(document.summary))) else document.body or document.summary
    return Found(
        url=document.url,
        title=highlighted(document.title, searched),
        excerpt=highlighted(snippet(excerpt, searched), searched),
        kind=document.kind,
        day=document.day,
        language=document.language,
    )


def search(text: str, *, person: Any, at: datetime, kind: str = "", page: str | None = None) -> Results:
    """Finds entries for what was typed. Residents find public entries; staff also those their modules' `may` lets them see."""
    text = text[:LONGEST_QUERY].strip()
    visible = visible_documents(person, at)
    matching, by_beginnings = _matching(visible, text)
    kinds = tuple(matching.order_by().values_list("kind").annotate(number=Count("pk")).order_by("-number", "kind")) if text else ()
    if kind:
        matching = matching.filter(kind=kind)
    return Results(text, Paginator(matching.defer("vector"), RESULTS_ON_A_PAGE).get_page(page), kinds, by_beginnings)


def visible_documents(person: Any, at: datetime) -> QuerySet[SearchDocument]:
    """Public entries, and for staff those of sources whose `may_find` lets this person in."""
    documents = SearchDocument.objects.all()
    if not getattr(person, "is_staff", False):
        return documents.public()
    open_to_person = [
        name for name, source in search_sources.items() if source.may_find is not None and source.may_find(person, at)
    ]
    return documents.public() | documents.filter(source__in=open_to_person)


def _matching(visible: QuerySet[SearchDocument], text: str) -> tuple[QuerySet[SearchDocument], bool]:
    exact = query_of(text)
    if not exact:
        return visible.none(), False
    found = _ranked(visible, exact)
    if found.exists():
        return found, False
    return _ranked(visible, query_of(text, by_beginnings=True)), True


def _ranked(visible: QuerySet[SearchDocument], query: str) -> QuerySet[SearchDocument]:
    searched = SearchQuery(query, config="simple", search_type="raw")
    rank = SearchRank(F("vector"), searched, weights=WEIGHTS, normalization=1)
    return visible.filter(vector=searched).annotate(rank=rank).order_by("-rank", F("day").desc(nulls_last=True), "pk")


def did_you_mean(text: str) -> str:
    """The text with unknown words replaced by the nearest known ones; "" when that changes nothing."""
    words = list(words_of(text))[:6]
    mended = [_known_or_nearest(word) for word in words]
    changed = [(old, new) for old, new in zip(words, mended, strict=True) if search_key(old) != search_key(new)]
    for old, new in changed:
        text = text.replace(old, new, 1)
    return text if changed else ""


def _known_or_nearest(word: str) -> str:
    folded = search_key(word)
    if len(folded) < 4:
        return word
    known = SearchableWord.objects.filter(folded__regex=rf"^.{{{max(len(folded) - 2, 1)},{len(folded) + 2}}}$")
    candidates = list(known.values_list("word", "folded", "documents"))
    if any(key == folded for _word, key, _often in candidates):
        return word
    return nearest(folded, candidates) or word
