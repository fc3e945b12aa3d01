"""Authors are forgotten when their time is over, or when they ask: the remarks, their numbers and the counts stay."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.personal_marks import personal_marks
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.actions.attaching import FILE
from ratusz.participation.remarks.actions.showing import vector
from ratusz.participation.remarks.models import Complaint, Follower, Intake, PaperReading, PaperReturn, Remark

BATCH = 500
EMPTY: dict[str, Any] = {
    "author_name": "",
    "author_address": "",
    "contact": None,
    "answers": {},
    "author_digest": "",
    "token_digest": None,
}


def past(at: datetime) -> models.QuerySet[Intake]:
    """Intakes whose time of keeping is over: so many days after the last day of their consultation."""
    return Intake.objects.filter(erased_at=None, consultation__ends_on__lt=_last(at)).order_by("pk")


def _last(at: datetime) -> date:
    return local_day(at) - timedelta(days=terms.term("kept_days", at))


def forget_past() -> int:
    """Every night: authors whose time is over, and papers nobody finished typing. Gives how many intakes and papers."""
    count = forget_papers(ended_before=_last(database_now()))
    while pks := list(past(database_now()).values_list("pk", flat=True)[:BATCH]):
        count += erase_authors(intakes=Intake.objects.filter(pk__in=pks))
    return count


@transaction.atomic
def forget_papers(*, ended_before: date) -> int:
    """Empties typings and deletes scans of papers that never came into the register; gives how many papers."""
    old = PaperReturn.objects.filter(intake=None, form__consultation__ends_on__lt=ended_before)
    found = list(
        old.filter(Q(scan__isnull=False) | ~Q(readings__facts={}) & Q(readings__isnull=False)).distinct().select_related("scan")
    )
    for paper in found:
        if paper.scan is not None:
            delete_file(file=paper.scan, reason="retention")
    pks = [each.pk for each in found]
    PaperReturn.objects.filter(pk__in=pks).update(scan=None)
    PaperReading.objects.filter(paper__in=pks).update(facts={})
    return len(pks)


@transaction.atomic
def erase_authors(*, intakes: models.QuerySet[Intake]) -> int:
    """Empties whatever says who wrote, deletes scans and files; gives how many intakes. What everybody reads stays."""
    rows = list(Intake.objects.filter(pk__in=intakes.values("pk"), erased_at=None).select_for_update(of=("self",)).order_by("pk"))
    pks, now = [each.pk for each in rows], database_now()
    for file in StoredFile.objects.filter(_their_files(pks), deleted_at=None):
        delete_file(file=file, reason="retention")
    PaperReading.objects.filter(paper__intake__in=pks).update(facts={})
    Complaint.objects.filter(intake__in=pks).update(words="")
    Intake.objects.filter(pk__in=pks).update(scan=None, erased_at=now, **EMPTY)
    for each in rows:
        _hide_raw_words(each)
        record(deed="remarks.erase_author", subject=each)
    return len(rows)


def _their_files(pks: list[int]) -> models.Q:
    added = models.Q(purpose=FILE, subject__in=[f"ratusz_remarks.Intake:{pk}" for pk in pks])
    scans = Intake.objects.filter(pk__in=pks, scan__isnull=False).values("scan")
    return added | models.Q(pk__in=scans)


def _hide_raw_words(intake: Intake) -> None:
    """What was written may name somebody: the words everybody reads stay in its place, or those without data."""
    shown = intake.remarks.exclude(public_content="")
    shown.update(content=F("public_content"), words=F("public_words"))
    for remark in intake.remarks.filter(public_content=""):
        words = without_marks(remark.content)
        Remark.objects.filter(pk=remark.pk).update(content=words, words=vector(words))


def without_marks(text: str) -> str:
    """The text with "[…]" where somebody's data may stand."""
    for mark in reversed(personal_marks(text)):
        text = text[: mark.start] + "[…]" + text[mark.end :]
    return text


@transaction.atomic
def erase_followers(*, followers: models.QuerySet[Follower]) -> int:
    """Deletes followers; gives how many."""
    return followers.delete()[0]
