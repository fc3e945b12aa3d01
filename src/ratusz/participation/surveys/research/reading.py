"""Where the results of a card come from: a survey of this program, or the newest file of an agency; and the waves of a series."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from ratusz.participation.surveys.models import ResearchCard, ResearchResults, ResearchSeries, Sample, WaveMatch
from ratusz.participation.surveys.research import comparing, queries
from ratusz.participation.surveys.research.content import Question, questions_of, questions_of_survey
from ratusz.participation.surveys.results.reading import are_public
from ratusz.participation.surveys.terms import term


def newest_results(card: ResearchCard) -> ResearchResults | None:
    """The version in force of what an agency handed in."""
    return card.results.order_by("-number").first()


def questions(card: ResearchCard, at: datetime) -> list[Question]:
    """Questions of a card with their answers; of a survey only once its results are public."""
    if card.survey is not None:
        return questions_of_survey(card.survey) if are_public(card.survey, at) else []
    found = newest_results(card)
    return of_version(found, at) if found else []


def of_version(results: ResearchResults, at: datetime) -> list[Question]:
    """Questions of one version of an agency's results."""
    return questions_of(results.content, term("smallest_cell", at))


def versions_shown(card: ResearchCard) -> list[ResearchResults]:
    """Versions of an agency's results that everybody could read, the newest first: the one published, and each that mended it."""
    found: list[ResearchResults] = []
    for each in card.results.order_by("-number"):
        found.append(each)
        if card.published_at is None or each.brought_at <= card.published_at:
            break
    return found


def waves(series: ResearchSeries, at: datetime) -> list[comparing.Wave]:
    """Published waves, the oldest first, with what they asked."""
    cards = list(queries.waves_of(series))
    months = Counter(label(card) for card in cards)
    names = [label(card) if months[label(card)] == 1 else f"{card.ends_on:%d.%m.%Y}" for card in cards]
    asked = [{each.key: each for each in questions(card, at)} for card in cards]
    joined = joins(series)
    by_key = comparing.under_one_key(asked, [joined.get(card.pk, {}) for card in cards])
    found = zip(cards, names, by_key, strict=True)
    return [comparing.Wave(card.pk, name, card.sample == Sample.PROBABILITY, questions) for card, name, questions in found]


def joins(series: ResearchSeries) -> dict[int, dict[str, str]]:
    """Of each wave, keys it gave questions that were asked under another key before: joined by hand."""
    found: dict[int, dict[str, str]] = {}
    rows = WaveMatch.objects.filter(card__series=series).exclude(asked_as="")
    for card, key, asked_as in rows.values_list("card_id", "key", "asked_as"):
        found.setdefault(card, {})[asked_as] = key
    return found


def label(card: ResearchCard) -> str:
    """What a wave is called: the month and the year; where two waves stand in one month, `waves` writes the day too."""
    return f"{card.ends_on:%m.%Y}"


def said(series: ResearchSeries) -> comparing.Said:
    """What was said of questions worded otherwise."""
    rows = WaveMatch.objects.filter(card__series=series).values_list("card_id", "key", "wordings", "is_same")
    return {(card, key): (wordings, is_same) for card, key, wordings, is_same in rows}
