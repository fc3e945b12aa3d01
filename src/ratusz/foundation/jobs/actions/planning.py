"""Put a job on the table, take it off, and settle one that got stuck."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.jobs import rules
from ratusz.foundation.jobs.models import DueJob, State
from ratusz.foundation.jobs.registry import job_actions
from ratusz.foundation.kit.clock import database_now

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def plan(
    *, action: str, at: datetime | None = None, arguments: dict[str, Any] | None = None, key: str = "", keep: bool = False
) -> DueJob:
    """Plans a registered action for `at` (now when left out), together with the caller's own transaction.

    `arguments` are ids only (NotAnId otherwise); an unknown action is a KeyError. With a `key` there is at most one unfinished
    job: a waiting one
    is moved to the new moment and arguments, or left as it is with `keep`; a running one stays and is given back.
    """
    job_actions[action]
    arguments = rules.check_arguments(arguments or {})
    now = database_now()
    if key:
        _lock_key(key)
        if job := DueJob.objects.select_for_update().unfinished().filter(key=key).first():
            return job if keep or job.state == State.RUNNING else _move(job, action, at or now, arguments)
    return DueJob.objects.create(action=action, arguments=arguments, key=key, due_at=at or now, planned_at=now)


def _lock_key(key: str) -> None:
    """Two plans of one key wait for each other instead of meeting in the unique constraint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ratusz.job'), hashtext(%s))", [key])


def _move(job: DueJob, action: str, at: datetime, arguments: dict[str, Any]) -> DueJob:
    job.action, job.due_at, job.arguments, job.attempts = action, at, arguments, 0
    job.save(update_fields=["action", "due_at", "arguments", "attempts"])
    return job


@transaction.atomic
def cancel(*, key: str) -> bool:
    """Cancels the waiting job of this key; False when there is none or it is running already."""
    return bool(DueJob.objects.filter(key=key, state=State.WAITING).exclude(key="").update(state=State.CANCELLED))


@transaction.atomic
def retry_job(*, job: DueJob, person: Any) -> DueJob:
    """Sends a parked job round again with fresh attempts; PermissionDenied for whoever may not."""
    return _settle(job, person, "retry_job", {"state": State.WAITING, "attempts": 0, "due_at": database_now()})


@transaction.atomic
def drop_job(*, job: DueJob, person: Any) -> DueJob:
    """Gives a parked job up; PermissionDenied for whoever may not."""
    return _settle(job, person, "drop_job", {"state": State.CANCELLED})


def _settle(job: DueJob, person: Any, deed: str, change: dict[str, Any]) -> DueJob:
    job = DueJob.objects.select_for_update().get(pk=job.pk)
    if not rules.may(person, deed, job, database_now()):
        raise PermissionDenied
    if job.state != State.PARKED:
        return job
    if deed == "retry_job" and (other := DueJob.objects.unfinished().filter(key=job.key).exclude(key="").first()):
        # The same work was planned anew meanwhile; that one will do it.
        change, job.last_error = {"state": State.CANCELLED}, f"replaced by {other.pk}"
    before = {"state": job.state, "attempts": job.attempts}
    for name, value in change.items():
        setattr(job, name, value)
    job.save()
    record(deed=f"jobs.{deed}", subject=job, before=before, after={"state": job.state, "attempts": job.attempts}, actor=person)
    return job


@transaction.atomic
def forget_finished() -> int:
    """Deletes jobs done or cancelled more than 30 days ago; gives back how many."""
    border = database_now() - KEPT_FOR
    finished = DueJob.objects.filter(state__in=[State.DONE, State.CANCELLED], due_at__lt=border, planned_at__lt=border)
    return finished.delete()[0]
