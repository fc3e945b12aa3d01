"""Reads of research: the register narrowed, one card by its address, what the units did, what waits for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.surveys.models import ResearchCard, ResearchSeries, ResearchState, ResearchUse, Survey
from ratusz.participation.surveys.queries import answers_of, units_written_for
from ratusz.participation.surveys.research import rules

FOLLOWING = ("starts_on", "ends_on", "sample_size")
"""Facts of a card that its survey knows better once it is over."""


def follow_survey(card: ResearchCard, at: datetime) -> None:
    """Gives the card, unsaved, the days and the number of people of its survey once that is over: it may have ended early."""
    survey = card.survey
    if survey is None or survey.ends_at is None or not survey.is_over(at):
        return
    card.ends_on = local_day(survey.ends_at - timedelta(microseconds=1))
    card.starts_on = min(card.starts_on, card.ends_on)
    card.sample_size = card.sample_size or answers_of(survey).count() or None


def seen_by(person: Any, at: datetime) -> QuerySet[ResearchCard]:
    """Cards that somebody of the staff sees: drafts of other units stay theirs."""
    if rules.sees_all(person, at):
        return ResearchCard.objects.all()
    return ResearchCard.objects.filter(~Q(state=ResearchState.DRAFT) | Q(unit__in=units_written_for(person, at)))


def narrowed(found: QuerySet[ResearchCard], chosen: dict[str, Any]) -> QuerySet[ResearchCard]:
    """Cards asked for by `slowa`, `zadanie`, `rok`, `komorka`, `rodzaj`, `metoda` and `stan`; the newest research first."""
    for name, field in (("zadanie", "task"), ("komorka", "unit"), ("rodzaj", "origin"), ("metoda", "method"), ("stan", "state")):
        if chosen.get(name):
            found = found.filter(**{field: chosen[name]})
    if year := chosen.get("rok"):
        found = found.filter(ends_on__year=year)
    if words := (chosen.get("slowa") or "").strip():
        found = found.filter(
            Q(title__icontains=words) | Q(summary__icontains=words) | Q(number__iexact=words) | Q(agency__icontains=words)
        )
    return found.select_related("unit", "series").order_by("-ends_on", "-pk")


def by_slug(slug: str) -> ResearchCard | None:
    """The public card of an address such as "2026-0003"."""
    year, _dash, number = slug.partition("-")
    found = ResearchCard.objects.public().select_related("unit", "series", "survey", "questionnaire", "report")
    return found.filter(number=f"BO/{year}/{number}").first()


def card_of_file(file: StoredFile) -> ResearchCard | None:
    """The card whose report or questionnaire it is; the files of another unit's draft are as much its own as the draft."""
    return ResearchCard.objects.select_related("unit").filter(Q(report=file.pk) | Q(questionnaire=file.pk)).first()


def card_of_survey(survey: Survey) -> ResearchCard | None:
    """The published card of a survey of this program."""
    return ResearchCard.objects.standing().filter(survey=survey).first()


def uses_of(card: ResearchCard) -> QuerySet[ResearchUse]:
    """Uses that stand, the newest first."""
    return card.uses.filter(taken_back_at=None).select_related("unit").order_by("-used_on", "-pk")


def uses_url(card: ResearchCard) -> str:
    """Where staff tell what was done."""
    return reverse("research_uses", args=[card.pk])


def use_due(card: ResearchCard) -> datetime | None:
    """Until when the unit tells what it did; None when no clock runs."""
    return Clock.objects.running().filter(rule_code=rules.USE, subject=card.key).values_list("due_at", flat=True).first()


def waves_of(series: ResearchSeries) -> QuerySet[ResearchCard]:
    """Published cards of a series, the oldest first."""
    found = ResearchCard.objects.standing().filter(series=series)
    return found.select_related("unit", "survey", "series").order_by("ends_on", "pk")


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """A public card by its number."""
    found = ResearchCard.objects.public().filter(number__iexact=typed).first()
    if found is None:
        return None
    return Receipt(title=str(found), status=str(found.get_state_display()), url=found.get_absolute_url())


def waiting_for_uses(person: Any, at: datetime) -> QuerySet[ResearchCard]:
    """Published cards of which that person tells what was done and nothing was told yet, the oldest first."""
    told = ResearchUse.objects.filter(taken_back_at=None).values("card")
    found = ResearchCard.objects.standing().exclude(pk__in=told).select_related("unit").order_by("published_at")
    return found if rules.may(person, "publish", None, at) else found.filter(unit__in=units_written_for(person, at))


def years() -> list[int]:
    """Years of public cards, the newest first."""
    return [each.year for each in ResearchCard.objects.public().dates("ends_on", "year", order="DESC")]
