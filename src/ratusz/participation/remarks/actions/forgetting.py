"""Authors are forgotten when their time is over, or when they ask: the remarks, their numbers and the counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.incoming.actions.forgetting import erase_letters
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.actions.attaching import FILE
from ratusz.participation.remarks.actions.showing import vector
from ratusz.participation.remarks.models import Complaint, Follower, Intake, PaperReading, Remark
from ratusz.participation.remarks.personal_data import covered

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
    last = local_day(at) - timedelta(days=terms.term("kept_days", at))
    return Intake.objects.filter(erased_at=None, consultation__ends_on__lt=last).order_by("pk")


def past_letters(at: datetime) -> models.QuerySet[Letter]:
    """Letters nothing was made of, whose time is over. Those that became an intake go with its author; none goes unread."""
    last = at - timedelta(days=terms.term("letters_kept_days", at))
    kept = (Letter.State.WAITING, Letter.State.HANDLED)
    return Letter.objects.filter(erased_at=None, arrived_at__lt=last).exclude(state__in=kept).order_by("pk")


def forget_past() -> int:
    """Every night: authors whose time is over. Gives how many intakes."""
    count = 0
    while pks := list(past(database_now()).values_list("pk", flat=True)[:BATCH]):
        count += erase_authors(intakes=Intake.objects.filter(pk__in=pks))
    return count


@transaction.atomic
def erase_authors(*, intakes: models.QuerySet[Intake]) -> int:
    """Empties whatever says who wrote, deletes scans and files; gives how many intakes. What everybody reads stays."""
    found = Intake.objects.filter(pk__in=intakes.values("pk"), erased_at=None)
    rows = list(found.select_for_update(of=("self",), no_key=True).order_by("pk"))
    pks, now = [each.pk for each in rows], database_now()
    for file in StoredFile.objects.filter(_their_files(pks), deleted_at=None):
        delete_file(file=file, reason="retention")
    PaperReading.objects.filter(paper__intake__in=pks).update(facts={})
    Complaint.objects.filter(intake__in=pks).update(words="")
    erase_letters(letters=Letter.objects.filter(outcome__in=[each.key for each in rows]))
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
    """What was written may name somebody; the words everybody reads were checked, so they stay in its place.

    Of what nobody reads, such as an invalid intake, nothing was checked: there every mark of a person is covered.
    """
    shown = intake.remarks.filter(is_public=True)
    shown.update(content=models.F("public_content"), words=models.F("public_words"))
    for each in intake.remarks.filter(is_public=False):
        words = covered(each.public_content or each.content)
        public = words if each.public_content else ""
        facts = {"content": words, "words": vector(words), "public_content": public, "public_words": vector(public)}
        Remark.objects.filter(pk=each.pk).update(**facts)


@transaction.atomic
def erase_followers(*, followers: models.QuerySet[Follower]) -> int:
    """Deletes followers; gives how many."""
    return followers.delete()[0]
