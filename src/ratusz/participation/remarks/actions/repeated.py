"""Several intakes of one person in one form, on paper and online: which count, by the rule declared before the start."""

from __future__ import annotations

from collections.abc import Sequence
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
    rule = box_of(intake.form).uniqueness
    if rule == Rule.NONE or not intake.author_digest or intake.state not in COUNTED:
        return
    same = Intake.objects.filter(form=intake.form, author_digest=intake.author_digest).exclude(pk=intake.pk)
    counted = list(same.counted().order_by("received_at", "pk"))
    was_voided = same.filter(reason_code=terms.REPEATED).exists()
    ordered = sorted([*counted, intake], key=lambda each: (each.received_at, each.pk))
    keeps = keeps_of(rule, ordered, was_voided=was_voided)
    for each in ordered:
        if each not in keeps:
            reject_repeated(each, keeps[0] if keeps else ordered[0], now)


def keeps_of(rule: str, ordered: Sequence[Intake], *, was_voided: bool) -> list[Intake]:
    """Those of one person that count, of those that would, in the order they came. `was_voided`: earlier ones voided each other."""
    if rule == Rule.NONE:
        return list(ordered)
    if rule == Rule.VOID:
        return [] if len(ordered) > 1 or was_voided else list(ordered)
    return [ordered[0] if rule == Rule.FIRST else ordered[-1]]


def reject_repeated(intake: Intake, other: Intake, now: datetime) -> None:
    """The intake counts no more, because of the other one; nothing is deleted."""
    before, intake.state, intake.reason_code = intake.state, Intake.State.REJECTED, terms.REPEATED
    intake.repeats = other if other != intake else None
    intake.judged_at = now
    intake.save(update_fields=["state", "reason_code", "repeats", "judged_at"])
    note(intake, Change.Kind.REJECTED, words=_("Another intake of the same person counts, or none: as the rules say."), at=now)
    record(
        deed="remarks.reject_repeated", subject=intake, before={"state": before},
        after={"state": intake.state, "reason": intake.reason_code},
    )  # fmt: skip
