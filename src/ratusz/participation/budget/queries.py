"""Reads of the participatory budget that span models: a pool as the counting engine wants it, ballots as arrays."""

from __future__ import annotations

from itertools import chain

import numpy as np
from django.db import connection

from ratusz.participation.budget.engine import Ballots, Decisions, Project, Rules, TieDecision, rules_from
from ratusz.participation.budget.models import Pool, ResultChange

WITHOUT_POINTS = ("choose1", "approval", "ranked", "knapsack")


def rules_of(pool: Pool) -> Rules:
    """The rules the pool was opened with (kept with the pool, whatever became of the preset since)."""
    return rules_from(pool.rules)


def engine_projects(pool: Pool) -> list[Project]:
    """The pool's projects in the order of their positions, as the engine takes them."""
    return [
        Project(project.number, project.cost_grosze, area=project.columns.get("neighborhood", ""), category=project.category)
        for project in pool.projects.order_by("position")
    ]


def ballots_of(pool: Pool) -> Ballots:
    """All ballots of a pool as the engine's flat arrays, in the order they came in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT choices, points FROM ratusz_budget_ballot WHERE pool_id = %s ORDER BY id", [pool.pk])
        rows = cursor.fetchall()
    choices = [row[0] for row in rows]
    starts = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum([len(chosen) for chosen in choices], out=starts[1:])
    flat = np.fromiter(chain.from_iterable(choices), dtype=np.int32, count=int(starts[-1]))
    if pool.rules.get("ballot", {}).get("type", "approval") in WITHOUT_POINTS:
        return Ballots(starts, flat)
    points = np.fromiter(chain.from_iterable(row[1] for row in rows), dtype=np.int32, count=int(starts[-1]))
    return Ballots(starts, flat, points)


def decisions_of(pool: Pool) -> Decisions:
    """What people decided about this pool so far: withdrawn projects and orders of tied ones, with their grounds."""
    changes = list(pool.changes.select_related("project"))
    withdrawn = [change for change in changes if change.kind == ResultChange.Kind.WITHDRAWN and change.project]
    ties = [TieDecision(tuple(change.order), change.ground) for change in changes if change.kind == ResultChange.Kind.DECIDED]
    return Decisions(
        seed=pool.edition.lot_seed,
        withdrawn=frozenset(change.project.number for change in withdrawn),
        references={change.project.number: change.ground for change in withdrawn},
        ties=tuple(ties),
    )
