"""Run what is due: claim by lease, do it once, rest after a failure, park what never works, take back what a dead worker held."""

from __future__ import annotations

import logging
import os
import socket
import traceback
import uuid
from datetime import timedelta

from django.db import transaction

from ratusz.foundation.jobs import rules
from ratusz.foundation.jobs.models import DueJob, State
from ratusz.foundation.jobs.registry import JobAction, job_actions
from ratusz.foundation.kit.clock import database_now

logger = logging.getLogger("ratusz.jobs")
UNKNOWN_ACTION = JobAction(run=lambda: None, what="", tries=1, lease=timedelta(minutes=1))


def worker_name() -> str:
    """A name no other worker has, telling staff the machine and the process."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def run_due(*, limit: int = 100, worker: str | None = None) -> int:
    """Runs due jobs one after another, oldest first, at most `limit`; gives back how many were tried. Any number of workers
    may do so at once."""
    worker = worker or worker_name()
    count = 0
    while count < limit and (job := _claim(worker)):
        _run(job, worker)
        count += 1
    return count


@transaction.atomic
def _claim(worker: str) -> DueJob | None:
    now = database_now()
    job = DueJob.objects.due(now).select_for_update(skip_locked=True).first()
    if job:
        job.state, job.leased_by, job.attempts = State.RUNNING, worker, job.attempts + 1
        job.lease_until = now + _action_of(job).lease
        job.save(update_fields=["state", "leased_by", "attempts", "lease_until"])
    return job


def _action_of(job: DueJob) -> JobAction:
    return job_actions[job.action] if job.action in job_actions else UNKNOWN_ACTION  # noqa: SIM401


def _run(job: DueJob, worker: str) -> None:
    try:
        action = job_actions[job.action]
        if action.in_transaction:
            _run_in_transaction(job, worker, action)
        else:
            action.run(**job.arguments)
            _finish(job, worker)
    except Exception as error:
        _log(job, error)
        _fail(job.pk, worker, error)


@transaction.atomic
def _run_in_transaction(job: DueJob, worker: str, action: JobAction) -> None:
    """The row stays locked while the work is done, so a sweep passes it by however long it takes, and "done" comes with the
    work or not at all."""
    if not DueJob.objects.select_for_update().filter(pk=job.pk, leased_by=worker, state=State.RUNNING).exists():
        return
    with transaction.atomic():
        action.run(**job.arguments)
    _finish(job, worker)


def _finish(job: DueJob, worker: str) -> None:
    DueJob.objects.filter(pk=job.pk, leased_by=worker, state=State.RUNNING).update(
        state=State.DONE, done_at=database_now(), lease_until=None, last_error=""
    )


def _log(job: DueJob, error: Exception) -> None:
    """Where it broke, without the error's text and the lines of code, which may quote a person's data."""
    place = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[:-4:-1])
    logger.error("job %s %s failed: %s at %s", job.pk, job.action, _class_of(error), place)


def _class_of(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"[:200]


@transaction.atomic
def _fail(pk: int, worker: str, error: Exception) -> None:
    job = DueJob.objects.select_for_update().filter(pk=pk, leased_by=worker, state=State.RUNNING).first()
    if job:
        _rest_or_park(job, _class_of(error))


def _rest_or_park(job: DueJob, error: str) -> None:
    job.lease_until, job.leased_by, job.last_error = None, "", error
    if job.attempts >= _action_of(job).tries:
        job.state = State.PARKED
    else:
        job.state, job.due_at = State.WAITING, database_now() + rules.wait_after(job.attempts)
    job.save()


@transaction.atomic
def sweep() -> int:
    """Takes jobs back whose lease ran out because their worker died; gives back how many. A job still being done is locked and
    passed by."""
    abandoned = list(DueJob.objects.abandoned(database_now()).select_for_update(skip_locked=True))
    for job in abandoned:
        _rest_or_park(job, "worker died")
    return len(abandoned)
