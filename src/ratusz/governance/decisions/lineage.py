"""Decisions that came before or after one another: replaced by, taken up again; whoever follows one follows what came of it."""

from __future__ import annotations

from django.db.models import Q

from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import State

LONGEST = 10
"""No real decision is taken up again more often; a circle of two ends here."""


def earlier_of(decision: Decision) -> list[int]:
    """The decision itself and all it replaces or follows."""
    found, new = [decision.pk], {decision.pk}
    for _step in range(LONGEST):
        rows = Decision.objects.filter(Q(replaced_by__in=new) | Q(followed_by__in=new)).values_list("pk", flat=True)
        new = set(rows) - set(found)
        if not new:
            break
        found.extend(sorted(new))
    return found


def newest_of(decision: Decision) -> Decision:
    """What stands now instead of it: itself, or the taken one that replaced or followed it."""
    for _step in range(LONGEST):
        later = (
            decision.replaced_by or decision.followed_by.exclude(taken_at=None).exclude(state=State.WITHDRAWN).order_by("pk").last()
        )
        if later is None:
            break
        decision = later
    return decision
