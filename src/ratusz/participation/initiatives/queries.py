"""Reads of initiatives: the register narrowed, one by its address, what a number stands for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.initiatives.models import Initiative
from ratusz.publishing.website.registries import LiveProcess


def register(chosen: dict[str, Any]) -> QuerySet[Initiative]:
    """Initiatives asked for by `stan`, `rok` and `slowa`; newest first."""
    found = Initiative.objects.all()
    if state := chosen.get("stan"):
        found = found.filter(state=state)
    if year := chosen.get("rok"):
        found = found.filter(registered_at__year=year)
    if words := (chosen.get("slowa") or "").strip():
        found = found.filter(Q(title__icontains=words) | Q(draft__icontains=words) | Q(number__iexact=words))
    return found.order_by("-number")


def by_slug(slug: str) -> Initiative | None:
    """The initiative of an address such as "2026-0003"."""
    year, _dash, number = slug.partition("-")
    return Initiative.objects.filter(number=f"IU/{year}/{number}").first()


def agenda_due(mine: Initiative) -> datetime | None:
    """Until when it has to be on the agenda; None when no clock runs."""
    return Clock.objects.running().filter(subject=mine.key).values_list("due_at", flat=True).first()


def find_receipt(typed: str, at: datetime) -> Receipt | None:
    """Where an initiative stands, by its number."""
    found = Initiative.objects.filter(number__iexact=typed).first()
    if found is None:
        return None
    return Receipt(title=str(found), status=str(found.get_state_display()), url=found.get_absolute_url())


def live_process(at: datetime) -> LiveProcess:
    """What the civic guide says beside its card: a draft may be handed in at any time, and where."""
    return LiveProcess(
        _("You can hand in a draft at any time"), "always", reverse("initiatives:register"), _("See the initiatives")
    )
