"""A version is begun: its content frozen, its making planned; afterwards, where it lay for people to read is noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Document, plain
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.jobs.actions import plan
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.participation.reports import gate, register, rules
from ratusz.participation.reports.annex_text import annex_gaps
from ratusz.participation.reports.changes import changes_between
from ratusz.participation.reports.gathering import Draft
from ratusz.participation.reports.models import Evidence, RegisterRow, Report, SignOff, Version

MAKE = "reports.make_version"
PROOF = "reports.evidence"
BATCH = 1000


@transaction.atomic
def begin_publication(*, report: Report, person: Any, reason: str = "") -> Version:
    """Freezes the content as the next version and plans the making of its files; it is published when they are made.

    Raises NotYours; GapsLeft naming everything that is missing; ReportRefused: still running, a version is being made, or a
    correction without a reason.
    """
    now = database_now()
    rules.check_may(person, "publish", report, now)
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)
    rules.check_ended(report.consultation, local_day(now))
    _clear_refused(report)
    last = report.versions.published().order_by("-number").first()
    number = last.number + 1 if last else 1
    reason = rules.check_reason(number, reason)
    looked = gate.look(report, now)
    rules.check_gaps([*looked.gaps, *annex_gaps(report)])
    if last and last.digest == looked.draft.digest:
        raise rules.ReportRefused(_("Nothing changed since the published version, so there is nothing to publish."))
    version = _frozen(report, looked.draft, number, reason, now, person)
    if last:
        version.changes = _changes(last, version)
        version.save(update_fields=["changes"])
    plan(action=MAKE, arguments={"version_id": version.pk}, key=f"{MAKE}:{report.pk}")
    record(deed="reports.begin_publication", subject=version, after={"digest": version.digest, "reason": reason}, actor=person)
    return version


def _clear_refused(report: Report) -> None:
    waiting = report.versions.filter(published_at=None).first()
    if waiting is None:
        return
    if not waiting.refused:
        raise rules.ReportRefused(_("A version is being made just now. Wait until it is published."))
    waiting.delete()


def _frozen(report: Report, draft: Draft, number: int, reason: str, now: datetime, person: Any) -> Version:
    version = Version.objects.create(
        report=report, number=number, reason=reason, title=draft.title, digest=draft.digest, remarks=draft.remarks,
        sections=[
            {"code": each.code, "title": each.title, "blocks": plain(Document(draft.title, each.blocks))} for each in draft.sections
        ],
        annexes=[
            {"id": each.annex.pk, "number": each.number, "title": each.title, "kind": each.annex.kind, "file": "",
             "level": each.level, "source": each.source}
            for each in draft.annexes
        ],
        signatures=_signatures(report, draft.digest), begun_at=now, begun_by=person,
    )  # fmt: skip
    _keep_rows(version)
    return version


def _keep_rows(version: Version) -> None:
    batch: list[RegisterRow] = []
    for row in register.rows_of(version.report.consultation):
        batch.append(RegisterRow(version=version, number=row.number, cells=register.cells(row)))
        if len(batch) == BATCH:
            RegisterRow.objects.bulk_create(batch)
            batch = []
    RegisterRow.objects.bulk_create(batch)


def _signatures(report: Report, digest: str) -> list[list[str]]:
    """Roles and days; no names of staff leave the house this way."""
    signed = rules.signed_steps(report.signoffs.all(), digest)
    kept = [signed[step] for step in SignOff.Step if step in signed]
    return [
        [str(SignOff.Step(each.step).label), "; ".join(filter(None, [polish_date(each.signed_at), each.note]))] for each in kept
    ]


def _pairs(version: Version) -> Iterator[tuple[int, Any]]:
    return version.rows.values_list("number", "cells").iterator(chunk_size=BATCH)


def _changes(before: Version, after: Version) -> list[str]:
    return changes_between(before.sections, after.sections, _pairs(before), _pairs(after))


@transaction.atomic
def note_evidence(*, version: Version, place: str, done_on: date, words: str, person: Any, upload: Any = None) -> Evidence:
    """Where and since when a published version lies for people, or when it was handed over. Raises NotYours, ReportRefused."""
    now = database_now()
    rules.check_may(person, "write", version.report, now)
    if version.published_at is None or done_on > local_day(now):
        raise rules.ReportRefused(_("Note it on the day when it is done, after the version is published."))
    kept = None
    if upload is not None:
        kept = accept_upload(upload=upload, name=upload.name, purpose=PROOF, uploaded_by=person, subject=version.report.key)
    made = Evidence.objects.create(
        version=version, place=place, done_on=done_on, words=words.strip()[:300], file=kept, noted_at=now, noted_by=person
    )
    record(deed="reports.note_evidence", subject=made, after={"place": place, "day": str(done_on)}, actor=person)
    return made
