"""All consultations of a series at once: launched where nothing stands in the way, one notice with its evidence in each."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.actions.launching import launch_consultation
from ratusz.participation.consultations.actions.notices import add_notice
from ratusz.participation.consultations.models import Consultation, Notice, Series
from ratusz.participation.consultations.rules import ConsultationRefused
from ratusz.participation.consultations.series import rules


@dataclass
class Launched:
    """How many were launched now, and what stands in the way of the others: title to words."""

    count: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def launch_series(*, series: Series, person: Any) -> Launched:
    """Launches each that is not announced yet; one that still lacks something stays a plan. Repeatable. Raises NotYours."""
    rules.check_may(person, "manage", series, database_now())
    told = Launched()
    for each in _of(series).filter(announced_at=None):
        try:
            launch_consultation(consultation=each, person=person)
        except ConsultationRefused as refusal:
            told.refused[each.title] = str(refusal)
        else:
            told.count += 1
    record(
        deed="consultations.launch_series", subject=series, actor=person,
        after={"launched": told.count, "refused": len(told.refused)},
    )  # fmt: skip
    return told


@transaction.atomic
def add_series_notice(*, series: Series, evidence: Any, person: Any, **facts: Any) -> int:
    """One notice that told of all of them (a newspaper, a page of the BIP) stands in each with its evidence; gives how many.

    `facts` are those of `add_notice`; cancelled and closed ones are left out. Raises NotYours, ConsultationRefused, FileRefused.
    """
    rules.check_may(person, "manage", series, database_now())
    content, name = (evidence.read(), evidence.name) if evidence else (b"", "")
    rows = list(_of(series).filter(cancelled_at=None, archived_at=None))
    for each in rows:
        upload = _again(content, name) if evidence else None
        add_notice(consultation=each, evidence=upload, person=person, occasion=Notice.Occasion.LAUNCH, **facts)
    record(
        deed="consultations.add_series_notice", subject=series, actor=person,
        after={"channel": facts["channel"], "consultations": len(rows)},
    )  # fmt: skip
    return len(rows)


def _of(series: Series) -> Any:
    return Consultation.objects.filter(in_series__series=series).order_by("in_series__district__sort_key")


def _again(content: bytes, name: str) -> io.BytesIO:
    upload = io.BytesIO(content)
    upload.name = name
    return upload
