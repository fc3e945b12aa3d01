"""Several intakes of one person in one form, on paper and online: which count, by the rule declared before the start."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.actions.telling import note
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.models import COUNTED, Box, Change, Intake

Rule = Box.Uniqueness


def settle_repeated(intake: Intake, now: datetime) -> None:
    """Rejects what counts no more because of this intake, or this intake; under the lock of the consultation."""
    box = box_of(intake.form)
    if box.uniqueness == Rule.NONE or not intake.author_digest or intake.state not in COUNTED:
        return
    same = Intake.objects.filter(form=intake.form, author_digest=intake.author_digest).exclude(pk=intake.pk)
    counted = list(same.counted().order_by("received_at", "pk"))
    voided = box.uniqueness == Rule.VOID and same.filter(reason_code=terms.REPEATED).exists()
    if not counted and not voided:
        return
    ordered = sorted([*counted, intake], key=lambda each: (each.received_at, each.pk))
    keeps = {Rule.FIRST: ordered[0], Rule.LAST: ordered[-1]}.get(Rule(box.uniqueness))
    for each in ordered:
        if each != keeps:
            _reject(each, keeps or ordered[0], now)


def _reject(intake: Intake, other: Intake, now: datetime) -> None:
    before, intake.state, intake.reason_code = intake.state, Intake.State.REJECTED, terms.REPEATED
    intake.repeats = other if other != intake else None
    intake.judged_at = now
    intake.save(update_fields=["state", "reason_code", "repeats", "judged_at"])
    note(intake, Change.Kind.REJECTED, words=_("Another intake of the same person counts, or none: as the rules say."), at=now)
    record(
        deed="remarks.reject_repeated", subject=intake, before={"state": before},
        after={"state": intake.state, "reason": intake.reason_code},
    )  # fmt: skip
