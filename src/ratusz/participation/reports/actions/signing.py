"""A step of the approval is signed under the content as it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.reports import gate, rules
from ratusz.participation.reports.annex_text import annex_gaps
from ratusz.participation.reports.models import Report, SignOff


@transaction.atomic
def sign(*, report: Report, step: str, person: Any, digest: str, note: str = "") -> SignOff:
    """Signs what was read: `digest` is of the content on the signer's screen. Raises NotYours, ReportRefused: the content changed
    meanwhile, something else is still missing in it, or an earlier step is not signed."""
    now = database_now()
    rules.check_may(person, f"sign.{step}", report, now)
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=report.pk)
    looked = gate.look(report, now)
    rules.check_same(digest, looked.draft.digest)
    if step == SignOff.Step.PERSONAL_DATA:
        rules.check_gaps([*annex_gaps(report), *(gap for gap in looked.refusing if gap.code.startswith("personal."))])
    else:
        rules.check_ready(looked.refusing)
    rules.check_sign(step, report.signoffs.all(), looked.draft.digest)
    made = SignOff.objects.create(
        report=report, step=step, digest=looked.draft.digest, note=note.strip()[:500], signed_at=now, signed_by=person
    )
    record(deed="reports.sign", subject=made, after={"step": step, "digest": made.digest}, actor=person)
    return made
