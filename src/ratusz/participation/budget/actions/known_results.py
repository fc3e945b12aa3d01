"""Results known from sums that were published, and many ballots at once: the demo city and editions of earlier years."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget.actions.counting import require, tell_of_results
from ratusz.participation.budget.engine import Outcome
from ratusz.participation.budget.models import Edition, Pool, PoolResult, ProjectResult
from ratusz.participation.budget.outcomes import result_rows
from ratusz.publishing.website.actions import bump_content_version

COLUMNS = ("pool_id", "label", "choices", "points", "age", "columns")


@transaction.atomic
def publish_known_results(*, edition: Edition, outcomes: Mapping[int, Outcome], actor: Any = None) -> int:
    """Publishes what the engine made of published sums, for all pools of an edition at once. `outcomes` by the pool's key.

    The results say that they come from sums; `recount_pool` confirms them from ballots once those are there.
    """
    at = database_now()
    require(actor, "publish_result", edition, at)
    results, ends = [], []
    for pool in edition.pools.prefetch_related("projects"):
        result, ends_of_pool = result_rows(pool, outcomes[pool.pk], list(pool.projects.all()))
        result.source, result.counted_at = PoolResult.Source.SUMS, at
        results.append(result)
        ends += ends_of_pool
    PoolResult.objects.bulk_create(results)
    ProjectResult.objects.bulk_create(ends)
    PoolResult.objects.filter(pk__in=[result.pk for result in results]).update(published_at=at)
    pools = [result.pool for result in results]
    for pool, result in zip(pools, results, strict=True):
        pool.result = result
    Pool.objects.bulk_update(pools, ["result"])
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.PUBLISHED, published_at=at)
    bump_content_version()
    tell_of_results(results, at)
    record(deed="budget.publish_known_results", subject=edition, after={"pools": len(results), "projects": len(ends)}, actor=actor)
    return len(results)


def copy_ballots(
    *,
    pool: Pool,
    choices: Iterable[Sequence[int]],
    points: Iterable[Sequence[int]],
    ages: Iterable[str],
    labels: Iterable[str],
    columns: Iterable[Mapping[str, str]],
) -> None:
    """Writes a pool's ballots by COPY and closes the pool to further ones. The database checks them all (migration 0002)."""
    statement = f"COPY ratusz_budget_ballot ({', '.join(COLUMNS)}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for label, chosen, given, age, further in zip(labels, choices, points, ages, columns, strict=True):
                array, points_array = ",".join(map(str, chosen)), ",".join(map(str, given))
                copy.write(f"{pool.pk}\t{_text(label)}\t{{{array}}}\t{{{points_array}}}\t{_text(age)}\t{_json(further)}\n")
        pool.ballots_are_complete = True
        pool.save(update_fields=["ballots_are_complete"])
        bump_content_version()


ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
"""COPY's text format: a backslash before what would end a cell or a row."""


def _text(text: str) -> str:
    return text.translate(ESCAPED)


def _json(columns: Mapping[str, str]) -> str:
    return _text(json.dumps(dict(columns), ensure_ascii=False)) if columns else "{}"
