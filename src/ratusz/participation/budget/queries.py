"""Reads of the participatory budget that span models: a pool as the counting engine wants it, ballots as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.db.models import F, Q, QuerySet

from ratusz.participation.budget.engine import Ballots, Decisions, Exclusion, Project, Rules, TieDecision, rules_from
from ratusz.participation.budget.models import Edition, Pool, ProjectResult, ResultChange
from ratusz.participation.budget.pabulib.contest import WITHDRAWN_COST


def rules_of(pool: Pool) -> Rules:
    """The rules the pool was opened with (kept with the pool, whatever became of the preset since)."""
    return rules_from(pool.rules)


def engine_projects(pool: Pool) -> list[Project]:
    """The pool's projects in the order of their positions, as the engine takes them."""
    return [
        Project(
            project.number,
            project.cost_grosze,
            area=project.columns.get("neighborhood", ""),
            category=project.category,
            withdrawn=project.cost_grosze == WITHDRAWN_COST,
        )
        for project in pool.projects.order_by("position")
    ]


ARRAYS = """
SELECT count(*), string_agg(cardinality(choices)::text, ',' ORDER BY id),
       string_agg(nullif(array_to_string(choices, ','), ''), ',' ORDER BY id),
       string_agg(nullif(array_to_string(points, ','), ''), ',' ORDER BY id)
  FROM ratusz_budget_ballot WHERE pool_id = %s
"""


def ballots_of(pool: Pool) -> Ballots:
    """All ballots of a pool as the engine's flat arrays, in the order they came in. One row of text: no object a ballot."""
    with connection.cursor() as cursor:
        cursor.execute(ARRAYS, [pool.pk])
        number, lengths, choices, points = cursor.fetchone()
    starts = np.zeros(number + 1, dtype=np.int32)
    np.cumsum(_integers(lengths), out=starts[1:])
    return Ballots(starts, _integers(choices), None if points is None else _integers(points))


def _integers(text: str | None) -> np.ndarray:
    return np.array((text or "").split(",") if text else [], dtype=np.int32)


def decisions_of(pool: Pool) -> Decisions:
    """What people decided about this pool so far: projects that exclude one another, withdrawn ones, orders of tied ones."""
    changes = list(pool.changes.select_related("project"))
    withdrawn = [change for change in changes if change.kind == ResultChange.Kind.WITHDRAWN and change.project]
    decided = [change for change in changes if change.kind == ResultChange.Kind.DECIDED]
    # The engine takes the first that fits: a later decision on the same tie stands before the one it corrects.
    ties = [TieDecision(tuple(change.order), change.ground) for change in reversed(decided)]
    return Decisions(
        seed=pool.edition.lot_seed,
        exclusions=tuple(Exclusion(frozenset(each.numbers), reference=each.reason) for each in pool.exclusion_sets.order_by("pk")),
        withdrawn=frozenset(change.project.number for change in withdrawn),
        references={change.project.number: change.ground for change in withdrawn},
        ties=tuple(ties),
    )


def pending_change(pool: Pool) -> ResultChange | None:
    """The first change that the published result does not hold yet. Before the first publication every count holds them all."""
    return pending_changes(ResultChange.objects.filter(pool=pool)).get(pool.pk)


def pending_changes(changes: QuerySet[ResultChange]) -> dict[int, ResultChange]:
    """Of these changes, by the pool's key, the first that no published result holds: one query."""
    later = changes.filter(pool__result__isnull=False, recorded_at__gt=F("pool__result__counted_at"))
    waiting = later.filter(Q(result=None) | Q(result__published_at=None)).order_by("-recorded_at")
    return {change.pool_id: change for change in waiting}


class ListedEnd(NamedTuple):
    """One project's end as the pages show it, without making two model instances for each. Money in grosze."""

    result_id: int
    outcome: str
    place: int | None
    points: int
    voters: int
    cost_grosze: int
    left_before_grosze: int | None
    numbers: dict[str, Any]
    number: str
    name: str
    slug: str
    position: int
    sort_key: str
    search_key: str
    category: str
    project_id: int
    paid_grosze: int
    order: int
    latitude: float | None
    longitude: float | None
    pool: Pool

    @property
    def rules(self) -> dict[str, Any]:
        """The rules its pool was opened with: a result keeps the same."""
        return self.pool.rules

    @property
    def is_funded(self) -> bool:
        return self.outcome in FUNDED


FUNDED = tuple(outcome.value for outcome in ProjectResult.FUNDED_OUTCOMES)
LISTED = (
    "result_id", "outcome", "place", "points", "voters", "cost_grosze", "left_before_grosze", "numbers",
    "project__number", "project__name", "project__slug", "project__position", "project__sort_key", "project__search_key",
    "project__category", "project_id", "paid_grosze", "position", "project__latitude", "project__longitude",
)  # fmt: skip


def pools_of(edition: Edition) -> list[Pool]:
    """The edition's pools with their published results, in their order."""
    return list(edition.pools.select_related("result").order_by("position"))


def listed_ends(pools: Sequence[Pool]) -> list[ListedEnd]:
    """Every project's end in the published results of these pools: one query, in the order of pools and numbers."""
    by_result = {pool.result_id: pool for pool in pools}
    rows = ProjectResult.objects.filter(result__in=by_result).order_by().values_list(*LISTED)
    ends = [ListedEnd(*row, by_result[row[0]]) for row in rows]
    return sorted(ends, key=lambda end: (end.pool.position, end.position))


def ends_of(pool: Pool, result_id: int | None) -> list[ListedEnd]:
    """The ends of one result of a pool, in the order of counting: one query."""
    rows = ProjectResult.objects.filter(result=result_id).order_by("position").values_list(*LISTED)
    return [ListedEnd(*row, pool) for row in rows]
