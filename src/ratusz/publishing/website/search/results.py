"""What a person finds: the entries they may see, by rank, with filters by kind, in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BooleanField, Case, F, FloatField, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Round
from django.utils.functional import cached_property

from ratusz.foundation.kit import lemmas
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import search_kinds, search_sources
from ratusz.foundation.kit.words import search_key
from ratusz.publishing.website.models import SearchableWord, SearchDocument
from ratusz.publishing.website.models.search import SearchDocumentQuerySet

from .suggestions import nearest
from .words import Searched, highlighted, query_of, snippet, words_of

RESULTS_ON_A_PAGE = 10
LONGEST_QUERY = 200
MOST_RANKED = 500
"""Nobody reads the fiftieth page; ranking a word that stands in half of all texts would take a second."""
A_YEAR = timedelta(days=365)
WEIGHTS = [0.1, 0.2, 0.5, 1.0]
"""Of (nothing,) the body, the summary and the title, in PostgreSQL's order D, C, B, A."""


_ONLY_BITMAPS = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
_ANY_WAY = "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on"
Kinds = dict[int, str]
"""Key of an entry -> its kind."""


class How(Enum):
    """How the results were found: the widest way is tried last."""

    ALL_WORDS = "all words"
    BEGINNINGS = "beginnings"
    SOME_WORDS = "some words"


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
    how: How = How.ALL_WORDS
    is_cut: bool = False
    """More was found than is ranked and shown."""

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
    found, searched, how = _found(visible, text)
    best, is_cut = _best(visible, found, searched)
    kinds = tuple(sorted(Counter(best.values()).items(), key=lambda pair: (-pair[1], pair[0])))
    chosen = [pk for pk, its_kind in best.items() if not kind or its_kind == kind]
    slices = Paginator(_ranked(chosen, searched, at), RESULTS_ON_A_PAGE)
    slices.count = len(chosen)
    return Results(text, slices.get_page(page), kinds, how, is_cut)


def _found(visible: SearchDocumentQuerySet, text: str) -> tuple[Kinds, SearchQuery, How]:
    """What has all words in any form; else their beginnings; else some of the words, when there are several."""
    exact, some = query_of(text), query_of(text, any_word=True)
    ways = [(exact, How.ALL_WORDS), (query_of(text, by_beginnings=True), How.BEGINNINGS), (some, How.SOME_WORDS)]
    found: Kinds = {}
    for query, how in ways if some != exact else ways[:-1]:
        searched = SearchQuery(query, config="simple", search_type="raw")
        found = _by_index(visible.filter(vector=searched)[: MOST_RANKED + 1]) if query else found
        if found:
            return found, searched, how
    return found, searched, how


def _best(visible: SearchDocumentQuerySet, found: Kinds, searched: SearchQuery) -> tuple[Kinds, bool]:
    """What is worth ranking: everything that was found or, of very much, what has the words in its heading, the newest first."""
    if len(found) <= MOST_RANKED:
        return found, False
    newest = visible.in_heading(searched).order_by(F("day").desc(nulls_last=True), "-pk")
    best = _by_index(newest[:MOST_RANKED]) | found
    return dict(islice(best.items(), MOST_RANKED)), True


def _by_index(documents: QuerySet[SearchDocument]) -> Kinds:
    """Keys and kinds, in order, from the index of words whatever the planner thinks.

    It does not know that a vector is unpacked before it is compared and takes reading the table for cheap: a word that stands in
    half of all texts took a second.
    """
    sql, parameters = documents.values_list("pk", "kind").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{_ONLY_BITMAPS}; {sql}; {_ANY_WAY}", parameters)
        cursor.nextset()
        cursor.nextset()
        return dict(cursor.fetchall())


def visible_documents(person: Any, at: datetime) -> SearchDocumentQuerySet:
    """Public entries, and for staff those of sources whose `may_find` lets this person in."""
    documents = SearchDocument.objects.all()
    if not getattr(person, "is_staff", False):
        return documents.public()
    open_to_person = [
        name for name, source in search_sources.items() if source.may_find is not None and source.may_find(person, at)
    ]
    return documents.public() | documents.filter(source__in=open_to_person)


def _ranked(found: list[int], searched: SearchQuery, at: datetime) -> QuerySet[SearchDocument]:
    if not found:
        return SearchDocument.objects.none()
    matched = SearchRank(F("vector"), searched, weights=WEIGHTS, normalization=1)
    rank = Round(Cast(matched, FloatField()) * _lift() * _freshness(at), precision=2)
    # One array is read at once; five hundred parameters of an IN take as long as the ranking.
    among = RawSQL(f"{SearchDocument._meta.db_table}.id = ANY(%s)", [found], output_field=BooleanField())
    documents = SearchDocument.objects.filter(among).annotate(rank=rank)
    return documents.order_by("-rank", F("day").desc(nulls_last=True), "pk").defer("vector")


def _lift() -> Case:
    lifted = [When(kind=name, then=Value(kind.lift)) for name, kind in search_kinds.items() if kind.lift != 1.0]
    return Case(*lifted, default=Value(1.0), output_field=FloatField())


def _freshness(at: datetime) -> Case:
    """What was dated more than a year ago counts for less; what has no day is taken as current."""
    return Case(When(day__lt=local_day(at) - A_YEAR, then=Value(0.7)), default=Value(1.0), output_field=FloatField())


def did_you_mean(text: str) -> str:
    """The text with unknown words replaced by the nearest known ones; "" when that changes nothing."""
    words = list(words_of(text))[:6]
    mended = [_known_or_nearest(word) for word in words]
    changed = [(old, new) for old, new in zip(words, mended, strict=True) if search_key(old) != search_key(new)]
    for old, new in changed:
        text = text.replace(old, new, 1)
    return text if changed else ""


def _known_or_nearest(word: str) -> str:
    """A word of the language is no slip, even where nothing was found for it: "śniegu" is not "biegu"."""
    folded = search_key(word)
    if len(folded) < 4 or lemmas.is_known(word) or lemmas.accented(word):
        return word
    known = SearchableWord.objects.filter(folded__regex=rf"^.{{{max(len(folded) - 2, 1)},{len(folded) + 2}}}$")
    candidates = list(known.values_list("word", "folded", "documents"))
    if any(key == folded for _word, key, _often in candidates):
        return word
    return nearest(folded, candidates) or word
