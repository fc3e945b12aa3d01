"""A draft from an effect that the report of a consultation promised: what, who and until when are not typed again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.governance.decisions import from_effects, rules
from ratusz.governance.decisions.actions.writing import draft_decision
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import Origin
from ratusz.participation.reports.models import Effect


@transaction.atomic
def draft_from_effect(*, effect: Effect, person: Any) -> Decision:
    """One effect makes one draft. Raises NotYours."""
    # The row makes a second press wait and find the first.
    effect = (
        Effect.objects.select_for_update(no_key=True, of=("self",)).select_related("unit", "report__consultation").get(pk=effect.pk)
    )
    if not from_effects.may_draft(effect, person, database_now()):
        raise rules.NotYours
    if known := Decision.objects.filter(source_key=effect.key).first():
        return known
    words = _("The report of the consultation “%(title)s” promised: %(effect)s.")
    told = {"title": effect.report.consultation.title, "effect": effect.title.rstrip(".")}
    facts = {
        "origin": Origin.CONSULTATION, "title": effect.title[:160], "text": words % told, "lead_unit": effect.unit,
        "due_on": effect.due_on,
    }  # fmt: skip
    return draft_decision(facts=facts, person=person, source_key=effect.key)
