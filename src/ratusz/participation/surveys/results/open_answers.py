"""What people answered in their own words, and which of these answers say alike. For staff only: words may tell who wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.fields.json import KT

from ratusz.foundation.kit.analysis.whole import Proposal, Text, analyse
from ratusz.foundation.kit.analysis.words import names_of
from ratusz.foundation.territory.models import District, Street
from ratusz.participation.surveys.models import Answer, Survey
from ratusz.participation.surveys.questions import content as c

MOST_GROUPED = 3000
"""Answers that are grouped while somebody waits; ten thousand take some twenty seconds."""
NOT_CONCERNED = {"na": True}
"""Said by ticking a box, see `questions.values.is_not_applicable`: nobody's own words."""


@dataclass(frozen=True)
class Group:
    """Answers that say alike: their places in the list, the words that name the group, up to three sentences to judge by."""

    kind: str
    places: tuple[int, ...]
    label: str
    examples: tuple[str, ...]


def questions(items: Sequence[c.Item]) -> list[tuple[str, str]]:
    """Key of the answer and words of the question, of every question that somebody may answer in own words."""
    found = []
    for item in items:
        words = c.text_of(item["text"], "pl")
        if item["kind"] in c.WORDS:
            found.append((item["code"], words))
        elif any(each.get("other") for each in item.get("choices", ())):
            found.append((item["code"] + c.OTHER, words))
    return found


def answers(survey: Survey, key: str) -> list[str]:
    """Everything written there, in the order of random keys: neither day nor person can be told from it."""
    rows = Answer.objects.filter(survey=survey, content__has_key=key).exclude(**{f"content__{key}": NOT_CONCERNED}).order_by("pk")
    words = rows.annotate(said=KT(f"content__{key}")).exclude(said="").values_list(F("said"), flat=True)
    return [each for each in words if each and each.strip()]


def alike(words: Sequence[str]) -> list[Group]:
    """Groups of these answers, the largest first: near copies, texts of one template, one topic.

    None where there are too many; the same answers stand once, under what says most of them.
    """
    if len(words) > MOST_GROUPED:
        return []
    names = [*Street.objects.values_list("name", flat=True), *District.objects.values_list("name", flat=True)]
    found = analyse([Text(place, each) for place, each in enumerate(words)], names_of(names)).proposals
    by_members: dict[tuple[int, ...], Proposal] = {}
    for each in sorted(found, key=lambda each: (-len(each.members), each.members)):
        by_members.setdefault(tuple(each.members), each)
    return [_group(each) for each in by_members.values()]


def _group(found: Proposal) -> Group:
    return Group(
        found.kind, found.members, ", ".join(found.label), tuple(dict.fromkeys(words for _number, words in found.examples))
    )
