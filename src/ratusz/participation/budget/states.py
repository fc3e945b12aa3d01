"""Where a pool stands, in the five words for state, and what its next step is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.participation.budget.models import Pool, PoolResult, ResultChange


@dataclass(frozen=True)
class PoolState:
    """The word, and the sentence of what can be done now. `is_move`: it waits for the coordinator."""

    word: str
    next_step: str
    is_move: bool = True


def state_of(pool: Pool, draft: PoolResult | None, pending: ResultChange | None) -> PoolState:
    """The state of a pool from its published result, its counted draft and a change that no published result follows yet."""
    with_coordinator = _("with: the coordinator of the budget")
    if draft and draft.waits:
        what = _("Equal support decides who wins. Record the commission's decision, then count again.")
        return PoolState(_("with: the commission"), what)
    if draft:
        return PoolState(with_coordinator, _("Counted. Look at the result, then publish it."))
    if pool.result_id and pending:
        return PoolState(with_coordinator, _("A change is recorded. Count the pool again; the published result stays until then."))
    if pool.result_id:
        return PoolState(pgettext("state", "sent"), _("Published. Nothing waits."), is_move=False)
    if not pool.ballots_are_complete:
        return PoolState(pgettext("state", "draft"), _("The ballots are not here yet. Bring them in from a file."))
    return PoolState(pgettext("state", "draft"), _("The ballots are here. Count them."))
