"""What decisions bring to reports of consultations: a draft from a promised effect, and decisions that carry effects out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import local_day
from ratusz.governance.decisions import rules, wording
from ratusz.governance.decisions.lineage import newest_of
from ratusz.governance.decisions.models import Decision
from ratusz.participation.reports import rules as rules_of_reports
from ratusz.participation.reports.models import Effect
from ratusz.participation.reports.registries import Decided, EffectDoor, decisions, effect_doors

KEY = "reports.effect:"


def decided(consultation: Any, at: datetime) -> Iterator[Decided]:
    """Decisions that everybody may see, of the effects of one consultation, each as it stands now."""
    keys = [f"{KEY}{pk}" for pk in Effect.objects.filter(report__consultation=consultation).values_list("pk", flat=True)]
    for first in Decision.objects.shown().filter(source_key__in=keys).order_by("pk") if keys else ():
        decision = newest_of(first)
        if decision.is_public and decision.taken_at is not None:
            state = str(wording.public_state(decision, at).words)
            yield Decided(decision.title, state, decision.get_absolute_url(), local_day(decision.taken_at))


def made_of(effect: Effect, person: Any, at: datetime) -> tuple[str, str] | None:
    """The decision that carries it out."""
    decision = Decision.objects.filter(source_key=effect.key).prefetch_related("parts").first()
    if decision is None:
        return None
    sees = rules.may(person, "see", decision, at)
    return decision.number, reverse("decisions_decision", args=[decision.pk]) if sees else ""


def may_draft(effect: Effect, person: Any, at: datetime) -> bool:
    """Whoever reads reports and writes decisions, while the effect is not at its end."""
    may_see = rules_of_reports.may(person, "see", None, at)
    return effect.state == "in_progress" and may_see and rules.may(person, "draft", None, at)


def address_for(effect: Effect, person: Any, at: datetime) -> str:
    """Where the button leads."""
    return reverse("decisions_from_effect", args=[effect.pk]) if may_draft(effect, person, at) else ""


def effect_page(decision: Decision, person: Any, at: datetime) -> str:
    """The address of the effect it came of, for whoever reads reports."""
    key = decision.source_key or ""
    if not key.startswith(KEY) or not rules_of_reports.may(person, "see", None, at):
        return ""
    report = Effect.objects.filter(pk=key.removeprefix(KEY)).values_list("report", flat=True).first()
    return reverse("reports_effects", args=[report]) if report else ""


def register() -> None:
    """Reports of consultations learn of decisions."""
    effect_doors.register("decisions.decision", EffectDoor(_("Write a draft of a decision"), made_of, address_for))
    decisions.register("decisions.decision", decided)
