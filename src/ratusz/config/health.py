"""Whether this process lives (/-/live), may get requests (/-/ready), and figures for Prometheus (/-/metrics).

Details and figures are for the machine itself and for whoever brings RATUSZ_METRICS_TOKEN; others learn only the status.
"""

from __future__ import annotations

import hmac
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.foundation.jobs.models import DueJob, State
from ratusz.foundation.kit.clock import database_now

logger = logging.getLogger("ratusz.health")

LEAST_FREE_BYTES = 500_000_000
LATEST_JOB = timedelta(minutes=10)
"""A due job that waits longer means that no worker runs."""
CLOCK_TOLERANCE = timedelta(seconds=5)
"""Between this machine and the database; deadlines are read from the database's clock."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its figure, and whether it keeps the process from serving."""

    name: str
    is_good: bool
    figure: float
    unit: str


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything is good, else 503; what is wrong is told to those who may know."""
    found = findings()
    is_ready = all(finding.is_good for finding in found)
    answer: dict[str, object] = {"ready": is_ready}
    if _may_know(request):
        answer |= {finding.name: {"good": finding.is_good, finding.unit: finding.figure} for finding in found}
    return JsonResponse(answer, status=200 if is_ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's text format; 404 to strangers, as if it were not there."""
    if not _may_know(request):
        return HttpResponse(status=404)
    lines = []
    for finding in findings():
        name = f"ratusz_{finding.name}_{finding.unit}"
        lines += [f"# TYPE {name} gauge", f"{name} {finding.figure}"]
        lines += [f"# TYPE ratusz_{finding.name}_good gauge", f"ratusz_{finding.name}_good {int(finding.is_good)}"]
    lines += [line for figure in (_jobs_by_state,) for line in _or_nothing(figure)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def findings() -> list[Finding]:
    """All that is looked at. Without a database the rest of it cannot be asked."""
    disk = Finding("disk_free", _free_bytes() > LEAST_FREE_BYTES, _free_bytes(), "bytes")
    try:
        offset = abs(datetime.now(UTC) - database_now())  # noqa: TID251 (it compares the two clocks)
        return [
            Finding("database", True, 1, "up"),
            disk,
            Finding("clock_offset", offset < CLOCK_TOLERANCE, offset.total_seconds(), "seconds"),
            Finding("migrations_left", not (left := _migrations_left()), left, "count"),
            _oldest_job(),
        ]
    except Error as error:
        logger.warning("database not reachable: %s", type(error).__name__)
        return [Finding("database", False, 0, "up"), disk]


def _free_bytes() -> int:
    return shutil.disk_usage(settings.HOME).free


def _oldest_job() -> Finding:
    now = database_now()
    first = DueJob.objects.due(now).values_list("due_at", flat=True).first()
    waits = now - first if first else timedelta(0)
    return Finding("oldest_due_job", waits < LATEST_JOB, waits.total_seconds(), "seconds")


_all_applied = False


def _migrations_left() -> int:
    """Looked up until there are none; a process serves one version of the code, so none can come back."""
    global _all_applied
    if _all_applied:
        return 0
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _all_applied = left == 0
    return left


def _jobs_by_state() -> list[str]:
    counts = {state: DueJob.objects.filter(state=state).count() for state in (State.WAITING, State.RUNNING, State.PARKED)}
    return ["# TYPE ratusz_jobs gauge", *(f'ratusz_jobs{{state="{state}"}} {count}' for state, count in counts.items())]


def _or_nothing(figure: Callable[[], list[str]]) -> list[str]:
    try:
        return figure()
    except Error:
        return []


def _may_know(request: HttpRequest) -> bool:
    token = os.environ.get("RATUSZ_METRICS_TOKEN", "")
    if token and hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return True
    # A proxy on the same machine also comes from loopback, but it says for whom it asks.
    is_forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"))
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not is_forwarded
