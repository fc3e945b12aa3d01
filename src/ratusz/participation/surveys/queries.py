"""Reads of surveys: the version in force, lists, what comes in each day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_role
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.models import (
    Answer,
    CardState,
    PaperBatch,
    PaperCard,
    Questionnaire,
    Submission,
    Survey,
    TokenBatch,
)


def version_in_force(survey: Survey) -> Questionnaire:
    """The newest published version; Questionnaire.DoesNotExist before the publishing."""
    found = survey.versions.exclude(published_at=None).order_by("-number").select_related("survey").first()
    if found is None:
        raise Questionnaire.DoesNotExist
    return found


def newest_version(survey: Survey) -> Questionnaire:
    """The newest version, published or not."""
    return survey.versions.order_by("-number").select_related("survey").get(number=survey.versions.count())


def draft_version(survey: Survey) -> Questionnaire | None:
    """The version that is being written."""
    return survey.versions.filter(published_at=None).select_related("survey").first()


def answers_of(survey: Survey) -> QuerySet[Answer]:
    """All answers with their version, in the order of their random keys."""
    return Answer.objects.filter(survey=survey).select_related("questionnaire").order_by("pk")


def counts_by_day(survey: Survey) -> list[dict[str, Any]]:
    """Day, channel and number of answers: {"day", "channel", "count"}."""
    rows = Submission.objects.filter(survey=survey).values("day", "channel").annotate(count=Count("pk"))
    return [dict(row) for row in rows.order_by("day", "channel")]


def counts_by_channel(survey: Survey) -> dict[str, int]:
    """Channel to the number of answers."""
    rows = Submission.objects.filter(survey=survey).values("channel").annotate(count=Count("pk"))
    return {row["channel"]: row["count"] for row in rows}


def counts_by_group(survey: Survey) -> dict[str, int]:
    """Group of respondents to the number of answers; "" where nothing parts them."""
    rows = Answer.objects.filter(survey=survey).values("group").annotate(count=Count("pk"))
    return {row["group"]: row["count"] for row in rows}


def seen_by(person: Any, at: datetime) -> QuerySet[Survey]:
    """Surveys that somebody of the staff sees: whoever only drafts for a unit sees its drafts and everything published."""
    if rules.sees_all(person, at):
        return Survey.objects.all()
    return Survey.objects.filter(Q(published_at__isnull=False) | Q(unit__in=units_written_for(person, at)))


def units_written_for(person: Any, at: datetime) -> list[int]:
    """Numbers of the units for which a unit's editor writes; the tree is read once."""
    units = Unit.objects.in_bulk()
    for unit in units.values():
        unit.parent = units.get(unit.parent_id)
    return [pk for pk, unit in units.items() if holds_role(person, rules.WRITES_FOR_ITS_UNIT, at=at, unit=unit)]


def register(*, words: str = "", state: str = "", unit: Any = None, person: Any, at: datetime) -> QuerySet[Survey]:
    """Surveys as staff look for them, of those the person sees."""
    found = seen_by(person, at).select_related("unit").order_by("-made_at", "-pk")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(slug__icontains=words))
    if unit is not None:
        found = found.filter(unit=unit)
    over = Q(closed_at__isnull=False) | Q(closes_at__lte=at)
    states = {
        "draft": Q(published_at=None), "ahead": Q(published_at__isnull=False, opens_at__gt=at) & ~over,
        "open": Q(published_at__isnull=False, opens_at__lte=at) & ~over, "over": Q(published_at__isnull=False) & over,
    }  # fmt: skip
    return found.filter(states[state]) if state in states else found


def state_of(survey: Survey, at: datetime) -> str:
    """Key of STATES."""
    if survey.published_at is None:
        return "draft"
    if survey.is_over(at):
        return "over"
    return "open" if survey.takes_answers(at) else "ahead"


def closing_soon(at: datetime) -> QuerySet[Survey]:
    """Open ones, the sooner they end the earlier."""
    return Survey.objects.open(at).order_by(F("closes_at").asc(), "pk")


def over(at: datetime) -> QuerySet[Survey]:
    """Those of the public list that take answers no more, the last one first."""
    found = Survey.objects.public().filter(Q(closes_at__lte=at) | Q(closed_at__isnull=False), is_listed=True)
    return found.select_related("unit").order_by("-closes_at", "-pk")


def with_counts(found: QuerySet[Survey]) -> QuerySet[Survey]:
    """The same with `answered`: how many answers each has."""
    counted = (
        Submission.objects.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(count=Count("pk")).values("count")
    )
    return found.annotate(answered=Coalesce(Subquery(counted), 0))


def batches_of(survey: Survey) -> QuerySet[TokenBatch]:
    """Batches of codes with `used`."""
    return survey.token_batches.annotate(used=Count("tokens", filter=Q(tokens__is_used=True))).order_by("pk")


def paper_of(survey: Survey) -> QuerySet[PaperBatch]:
    """Batches of cards with `counted`, `rejected` and `left`."""
    return survey.paper_batches.annotate(
        counted=Count("paper_cards", filter=Q(paper_cards__state=CardState.COUNTED)),
        rejected=Count("paper_cards", filter=Q(paper_cards__state=CardState.REJECTED)),
        left=Count("paper_cards", filter=Q(paper_cards__state__in=[CardState.WAITING, CardState.ONCE, CardState.DIFFERS])),
    ).order_by("pk")


def rejected_by_reason(survey: Survey) -> list[tuple[str, int]]:
    """Code of a reason and how many paper cards it rejected."""
    rows = PaperCard.objects.filter(batch__survey=survey, state=CardState.REJECTED).values("reason").annotate(count=Count("pk"))
    return [(row["reason"], row["count"]) for row in rows.order_by("reason")]
