"""What waits for staff around background work: jobs that got stuck."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from ratusz.foundation.jobs import rules
from ratusz.foundation.jobs.models import DueJob
from ratusz.foundation.kit.registries import Move


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The moves of this person at that moment, for the desk."""
    if not rules.may(person, "retry_job", at=at):
        return
    count = DueJob.objects.parked().count()
    what = ngettext("Look at %(count)d stuck job", "Look at %(count)d stuck jobs", count)
    if count:
        yield Move(what=what % {"count": count}, url=reverse("jobs_parked"), kind="jobs")
