"""People of applications are forgotten: on their wish, drafts nobody opens, and years after the end; the application stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import Application, ApplicationState

BLANK: dict[str, Any] = {"contact_name": "", "contact_address": "", "contact": None}
ENDED = (ApplicationState.ACCEPTED, ApplicationState.REFUSED, ApplicationState.DISMISSED, ApplicationState.WITHDRAWN)


@transaction.atomic
def erase_applications(*, applications: Iterable[Application]) -> int:
    """Erases the contact persons; a draft that nobody saw goes whole."""
    count, now = 0, database_now()
    for each in list(applications):
        mine = Application.objects.select_for_update().get(pk=each.pk)
        if mine.erased_at is not None:
            continue
        if mine.state == ApplicationState.DRAFT:
            mine.delete()
        else:
            Application.objects.filter(pk=mine.pk).update(**BLANK, erased_at=now)
        record(deed="consultations.erase_application", subject=mine)
        count += 1
    return count


@transaction.atomic
def forget_drafts(*, at: datetime | None = None) -> int:
    """Every night: drafts that were not opened for signatures within their days are deleted."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("draft_kept_days", now))
    rows = Application.objects.filter(state=ApplicationState.DRAFT, made_at__lt=old).select_for_update()
    return Application.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()[0]


@transaction.atomic
def forget_people(*, at: datetime | None = None) -> int:
    """Every night: contact persons of applications that ended long ago."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("kept_days", now))
    rows = Application.objects.filter(state__in=ENDED, made_at__lt=old, erased_at=None)
    return rows.update(**BLANK, erased_at=now)
