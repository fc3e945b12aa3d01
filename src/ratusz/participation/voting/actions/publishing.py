"""From opened ballots to a published result: two counts that agree, publication, envelopes destroyed; again after a change."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import queries as budget_queries
from ratusz.participation.budget import rules as budget_rules
from ratusz.participation.budget.actions import count_pool, note_turnout, publish_edition
from ratusz.participation.budget.models import Edition, Pool, PoolResult, ResultChange
from ratusz.participation.voting import entries, results
from ratusz.participation.voting.actions.logging import head_now, log
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import SecondCount, Vote
from ratusz.participation.voting.rules import VoteRefused

State = Vote.State
_published_now: ContextVar[int | None] = ContextVar("the vote whose result is being published", default=None)


@transaction.atomic
def count_vote(*, vote: Vote, person: Any = None) -> SecondCount:
    """Counts every pool into a draft and lets the stand-alone verifier count again; may be repeated until publication.

    After publication: only pools for which a change was recorded that the published result does not hold. Raises VoteRefused.
    """
    require(person, "count_vote", vote)
    vote = _locked(vote)
    if vote.state not in (State.OPENED, State.COUNTED):
        raise VoteRefused(_("Ballots are counted after the committee opened them."))
    try:
        drafts = [count_pool(pool=pool, actor=person) for pool in _to_count(vote)]
    except (budget_rules.NotPossible, budget_rules.NotAllowed) as problem:
        raise VoteRefused(str(problem)) from problem
    is_equal, said = results.count_again(drafts)
    counted = SecondCount.objects.create(
        vote=vote, counted_at=database_now(), digest=results.digest_of(vote.edition), is_equal=is_equal, said=said
    )
    record(deed="voting.count_vote", subject=vote, after={"digest": counted.digest, "equal": is_equal}, actor=person)
    return counted


def _locked(vote: Vote) -> Vote:
    return Vote.objects.select_for_update(of=("self",)).select_related("edition").get(pk=vote.pk)


def _to_count(vote: Vote) -> Sequence[Pool]:
    pools = list(vote.edition.pools.order_by("position"))
    if vote.state == State.COUNTED:
        pools = [pool for pool in pools if budget_queries.pending_change(pool)]
    if not pools:
        raise VoteRefused(
            _("The result is published and nothing was recorded since. Record what changed and on what ground first.")
        )
    return pools


@transaction.atomic
def publish_vote(*, vote: Vote, seen: str | None = None, person: Any = None) -> Vote:
    """Publishes what both counts agree on; the opened envelopes are destroyed. Raises VoteRefused.

    Not what was counted again since the committee looked: its digest would be another one than was `seen`.
    """
    require(person, "publish_vote", vote)
    # The edition first, as a change of its rules or calendar does: publication writes into it.
    Edition.objects.select_for_update().get(pk=vote.pk)
    vote = _locked(vote)
    if vote.state not in (State.OPENED, State.COUNTED):
        raise VoteRefused(_("Count the ballots first."))
    drafts = list(PoolResult.objects.filter(pool__edition=vote.edition, published_at=None).values_list("pk", flat=True))
    counted = _both_counts(vote, drafts)
    if seen is not None and seen != counted.digest:
        raise VoteRefused(_("The result was counted again while you were looking. Look at it again, then publish it."))
    changes = _changes(drafts)
    published = _published_now.set(vote.pk)
    try:
        publish_edition(edition=vote.edition, drafts=drafts, actor=person)
    except (budget_rules.NotPossible, budget_rules.NotAllowed) as problem:
        raise VoteRefused(str(problem)) from problem
    finally:
        _published_now.reset(published)
    if vote.state == State.OPENED:
        _end(vote)
    for change in changes:
        log(vote=vote, entry=_of_change(change))
    log(vote=vote, entry=entries.deed("published", result=counted.digest, pools=len(drafts)))
    record(deed="voting.publish_vote", subject=vote, after={"result": counted.digest, "pools": len(drafts)}, actor=person)
    _hand_out(vote)
    return vote


def _hand_out(vote: Vote) -> None:
    """The whole log gets its head, then the files are made: asked for in the same transaction, so that no crash loses it."""
    from ratusz.participation.voting.actions.files import make_files_of_vote

    make_files_of_vote.enqueue(vote.pk)
    transaction.on_commit(lambda: head_now(vote))


def guard_publication(published: Sequence[PoolResult], at: datetime) -> None:
    """The result of an edition with a vote is published by `publish_vote` alone. Raises NotPossible, which stops it."""
    votes = Vote.objects.exclude(state=State.PREPARED).filter(edition__pools__in=[result.pool_id for result in published])
    if votes.exclude(pk=_published_now.get()).exists():
        raise budget_rules.NotPossible(
            _("This edition has a vote. Publish its result on the page of the vote: there both counts are compared first.")
        )


def _changes(drafts: Sequence[int]) -> list[ResultChange]:
    """Recorded changes that these drafts hold and no published result did: the log names them before the result."""
    pools = Pool.objects.filter(results__in=drafts)
    new = Q(pool__result=None) | Q(recorded_at__gt=F("pool__result__counted_at"))
    return list(ResultChange.objects.filter(new, pool__in=pools).select_related("pool", "project").order_by("recorded_at", "pk"))


def _of_change(change: ResultChange) -> str:
    facts: dict[str, object] = {"pool": change.pool.code, "change": str(change.kind), "day": f"{change.day}", "place": change.pk}
    if change.project:
        facts["project"] = change.project.number
    return entries.deed("change", **facts, order=list(change.order))


def _both_counts(vote: Vote, drafts: Sequence[int]) -> SecondCount:
    """The newest second count, where it agrees with the drafts as they are now."""
    counted = vote.second_counts.first()
    if counted is None or not drafts:
        raise VoteRefused(_("Count the ballots first."))
    if not counted.is_equal:
        raise VoteRefused(_("The two counts do not agree. Nothing is published: stop and write the protocol."))
    if counted.digest != results.digest_of(vote.edition):
        raise VoteRefused(_("A pool was counted again since. Count the vote again, look at the result, then publish it."))
    return counted


def _end(vote: Vote) -> None:
    """The result stands: nobody needs the opened envelopes any more, and a number must never stand beside a choice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ratusz_voting_destroy_inner(%s)", [vote.pk])
    vote.state = State.COUNTED
    vote.save(update_fields=["state"])
    note_turnout(edition=vote.edition, voters=vote.roll.count())
