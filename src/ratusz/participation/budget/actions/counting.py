"""Count a pool, publish its result, count again, record a later change with its ground."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import queries, rules
from ratusz.participation.budget.engine import Outcome, count
from ratusz.participation.budget.models import Edition, Pool, PoolResult, Project, ProjectResult, Recount, ResultChange
from ratusz.participation.budget.outcomes import result_rows
from ratusz.participation.budget.registries import result_listeners
from ratusz.publishing.website.actions import bump_content_version, refresh_after_commit


def require(actor: Any, deed: str, object: Any, at: datetime) -> None:
    """Raises NotAllowed when a person may not do the deed; None is the program itself (command line, worker)."""
    if actor is not None and not rules.may(actor, deed, object, at):
        raise rules.NotAllowed(_("Only the coordinator of the participatory budget or the head of the department may do this."))


@transaction.atomic
def count_pool(*, pool: Pool, actor: Any = None) -> PoolResult:
    """Counts a pool from its ballots into a draft result; an earlier draft gives way, a published result stays.

    After publication a new count follows from a recorded change that the published result does not hold yet.
    Raises NotAllowed, NotPossible.
    """
    pool = Pool.objects.select_for_update(of=("self",)).select_related("edition", "result").get(pk=pool.pk)
    at = database_now()
    require(actor, "count_pool", pool, at)
    rules.check_countable(pool)
    change = queries.pending_change(pool)
    if pool.result_id and change is None:
        raise rules.NotPossible(_("This pool has a published result. Record what changed and on what ground first."))
    outcome = count(
        queries.rules_of(pool),
        pool.budget_grosze,
        queries.engine_projects(pool),
        queries.ballots_of(pool),
        queries.decisions_of(pool),
    )
    result = write_result(pool=pool, outcome=outcome, source=PoolResult.Source.BALLOTS, at=at, change=change)
    record(deed="budget.count_pool", subject=pool, after=_summary(result), actor=actor)
    return result


def write_result(*, pool: Pool, outcome: Outcome, source: str, at: datetime, change: ResultChange | None = None) -> PoolResult:
    """Writes the engine's outcome as the draft result of a pool, in place of an earlier draft. Call inside a transaction."""
    pool.results.filter(published_at=None).delete()
    version = 1 + pool.results.count()
    result, ends = result_rows(pool, outcome, list(pool.projects.all()))
    result.source, result.counted_at, result.change, result.version = source, at, change, version
    result.save()
    ProjectResult.objects.bulk_create(ends)
    edition = pool.edition
    if edition.state == Edition.State.DRAFT:
        Edition.objects.filter(pk=edition.pk).update(state=Edition.State.COUNTED)
    return result


@transaction.atomic
def publish_result(*, result: PoolResult, actor: Any = None) -> PoolResult:
    """Makes a draft result final and public. The edition is published with its last pool. Raises NotAllowed, NotPossible."""
    pool = Pool.objects.select_for_update().get(pk=result.pool_id)
    found = PoolResult.objects.filter(pk=result.pk).first()
    if found is None:
        raise rules.NotPossible(_("Somebody has counted this pool again meanwhile. Look at the new result, then publish it."))
    result = found
    at = database_now()
    require(actor, "publish_result", pool, at)
    rules.check_publishable(result)
    before = {"result": pool.result_id}
    result.published_at = at
    result.save(update_fields=["published_at"])
    pool.result = result
    pool.save(update_fields=["result"])
    publish_edition_when_complete(pool.edition, at)
    _tell_the_portal(pool)
    tell_of_results([result], at)
    record(deed="budget.publish_result", subject=pool, before=before, after=_summary(result), actor=actor)
    return result


@transaction.atomic
def count_edition(*, edition: Edition, actor: Any = None) -> int:
    """Counts every pool that has its ballots and neither a result nor a draft; how many. Raises NotAllowed, NotPossible."""
    require(actor, "count_pool", edition, database_now())
    counted = PoolResult.objects.filter(pool__edition=edition).values("pool")
    pools = list(edition.pools.filter(ballots_are_complete=True).exclude(pk__in=counted).order_by("position"))
    if not pools:
        raise rules.NotPossible(_("There is nothing to count: no pool of this edition has ballots that are not counted yet."))
    for pool in pools:
        count_pool(pool=pool, actor=actor)
    return len(pools)


@transaction.atomic
def publish_edition(*, edition: Edition, drafts: Sequence[int], actor: Any = None) -> int:
    """Publishes the drafts that were looked at, all or none; how many. Raises NotAllowed, NotPossible."""
    require(actor, "publish_result", edition, database_now())
    found = {draft.pk: draft for draft in PoolResult.objects.filter(pool__edition=edition, published_at=None)}
    rules.check_seen(drafts, found)
    for number in sorted(drafts):
        publish_result(result=found[number], actor=actor)
    return len(drafts)


@transaction.atomic
def note_turnout(*, edition: Edition, voters: int) -> None:
    """Writes how many people voted, as the room of the vote counted them; it has recorded the deed itself."""
    Edition.objects.filter(pk=edition.pk).update(voters=voters)
    bump_content_version()


def _tell_the_portal(pool: Pool) -> None:
    """Pages are fresh and the search finds the result, once this is committed."""
    from ratusz.participation.budget.actions.files import make_published_files
    from ratusz.participation.budget.registers import entries_of

    bump_content_version()
    transaction.on_commit(lambda: make_published_files.enqueue(pool.pk))
    for key in entries_of(pool):
        refresh_after_commit(source="budget", key=key)


def tell_of_results(results: list[PoolResult], at: datetime) -> None:
    """What stands above the budget hears of results as they are published, in the same transaction."""
    for listener in result_listeners:
        listener(results, at)


def publish_edition_when_complete(edition: Edition, at: datetime) -> None:
    """Publishes an edition once each of its pools has a published result."""
    if edition.state != Edition.State.PUBLISHED and not edition.pools.filter(result=None).exists():
        Edition.objects.filter(pk=edition.pk).update(state=Edition.State.PUBLISHED, published_at=at)


@transaction.atomic
def recount_pool(*, pool: Pool, actor: Any = None) -> Recount:
    """Counts a published pool again from its ballots and records whether every project ends the same. Raises NotPossible."""
    at = database_now()
    require(actor, "recount_pool", pool, at)
    rules.check_countable(pool)
    if not pool.result_id:
        raise rules.NotPossible(_("This pool has no published result to compare with. Count it first."))
    outcome = count(
        queries.rules_of(pool),
        pool.budget_grosze,
        queries.engine_projects(pool),
        queries.ballots_of(pool),
        queries.decisions_of(pool),
    )
    counted, ends = result_rows(pool, outcome, list(pool.projects.all()))
    differences = rules.differences(list(pool.result.projects.select_related("project")), ends)
    is_identical = not differences and counted.ballots == pool.result.ballots
    recount = Recount.objects.create(
        result=pool.result, at=at, ballots=outcome.ballots, is_identical=is_identical, differences=differences
    )
    bump_content_version()
    record(deed="budget.recount_pool", subject=pool, after={"identical": is_identical, "ballots": outcome.ballots}, actor=actor)
    return recount


@transaction.atomic
def record_change(
    *,
    pool: Pool,
    kind: str,
    ground: str,
    day: date,
    project: Project | None = None,
    order: tuple[str, ...] = (),
    actor: Any = None,
) -> ResultChange:
    """Records an event that bears on a result: a project withdrawn after the vote, a tie settled. Raises NotAllowed, NotPossible.

    The published result itself stays; `count_pool` then counts the next version.
    """
    # A count that runs at the same time either sees this change or stands before it.
    Pool.objects.select_for_update().get(pk=pool.pk)
    at = database_now()
    require(actor, "record_change", pool, at)
    if not ground.strip():
        raise rules.NotPossible(_("Write the ground of this change: the decision, its date and number."))
    if project and project.pool_id != pool.pk:
        raise rules.NotPossible(_("This project is not in this pool."))
    change = ResultChange.objects.create(
        pool=pool, kind=kind, ground=ground.strip(), day=day, project=project, order=list(order), recorded_at=at
    )
    bump_content_version()
    record(
        deed="budget.record_change",
        subject=pool,
        after={"kind": kind, "ground": change.ground, "project": project.number if project else None, "order": list(order)},
        actor=actor,
    )
    return change


def _summary(result: PoolResult) -> dict:
    return {
        "version": result.version,
        "ballots": result.ballots,
        "funded": result.funded_count,
        "spent_grosze": result.spent_grosze,
        "left_grosze": result.left_grosze,
    }
