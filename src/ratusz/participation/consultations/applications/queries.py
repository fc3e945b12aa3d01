"""Reads of applications: the public register narrowed, one with its history and terms, what a number stands for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.consultations.applications import wording
from ratusz.participation.consultations.models import Application, ApplicationArea


def with_areas(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With areas and their districts; two queries for any number."""
    areas = ApplicationArea.objects.select_related("district")
    return applications.select_related("consultation", "unit").prefetch_related(Prefetch("areas", areas))


def register(chosen: dict[str, Any], *, is_public: bool = True) -> QuerySet[Application]:
    """The applications asked for by `stan`, `rok`, `dzielnica` (a District) and `slowa`; newest first."""
    found: QuerySet[Application] = Application.objects.public() if is_public else Application.objects.exclude(state="draft")
    if state := chosen.get("stan"):
        found = found.filter(state__in=wording.GROUPS.get(state, [state]))
    if year := chosen.get("rok"):
        found = found.filter(Q(submitted_at__year=year) | Q(submitted_at=None, made_at__year=year))
    if district := chosen.get("dzielnica"):
        found = found.filter(Q(areas__district=district) | Q(areas__kind="city")).distinct()
    if words := (chosen.get("slowa") or "").strip():
        found = found.filter(Q(title__icontains=words) | Q(subject__icontains=words) | Q(number__iexact=words))
    return with_areas(found).order_by("-number", "-pk")


def years() -> list[int]:
    """Years in which applications were submitted, newest first."""
    days = Application.objects.public().exclude(submitted_at=None).datetimes("submitted_at", "year", order="DESC")
    return [each.year for each in days]


def by_slug(slug: str) -> Application | None:
    """The public application of an address such as "2026-0003"."""
    year, _dash, number = slug.partition("-")
    return with_areas(Application.objects.public()).filter(number=f"WK/{year}/{number}").first()


def terms_of(application: Application) -> dict[str, datetime | None]:
    """Its running clocks: code of the rule to the term, None while nobody knows it or it is paused."""
    running = Clock.objects.running().filter(subject=application.key)
    return {each.rule_code: None if each.paused_at else each.due_at for each in running}


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """Where a public application stands, by its number."""
    found = Application.objects.public().filter(number__iexact=typed).first()
    if found is None:
        return None
    return Receipt(title=str(found), status=wording.sentence(str(found.get_state_display())), url=found.get_absolute_url())
