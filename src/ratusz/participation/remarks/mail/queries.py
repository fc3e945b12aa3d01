"""Reads of letters with remarks: what somebody sees, how many of each state, what else the same sender handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.working_days import end_of_day, start_of_day
from ratusz.participation.remarks import queries
from ratusz.participation.remarks.mail import rules
from ratusz.participation.remarks.mail.tags import MAILBOX
from ratusz.participation.remarks.models import Intake

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty values narrow nothing."""

    state: str = ""
    words: str = ""
    consultation: Any = None
    files: str = ""
    """ "yes" or "no"."""
    first: date | None = None
    last: date | None = None


def letters_for(person: Any, at: datetime) -> QuerySet[Letter]:
    """The letters somebody of the staff sees: all, or those of the consultations their units answer for."""
    found = Letter.objects.filter(mailbox=MAILBOX).select_related("of_remarks__consultation", "of_remarks__intake")
    if rules.reads_all(person, at):
        return found
    return found.filter(of_remarks__consultation__owner_unit__in=queries.own_units(person, at))


def narrowed(letters: QuerySet[Letter], wanted: Wanted) -> QuerySet[Letter]:
    """The letters narrowed, by words also to those of a sender."""
    for word in wanted.words.split()[:8]:
        stands = Q(subject__icontains=word) | Q(text__icontains=word) | Q(sender_name__icontains=word)
        letters = letters.filter(stands | Q(sender__value__icontains=word) | Q(of_remarks__intake__receipt__iexact=word))
    if wanted.consultation:
        letters = letters.filter(of_remarks__consultation=wanted.consultation)
    if wanted.first:
        letters = letters.filter(arrived_at__gte=start_of_day(wanted.first))
    if wanted.last:
        letters = letters.filter(arrived_at__lt=end_of_day(wanted.last))
    if wanted.files:
        with_files = Q(pk__in=Letter.objects.filter(attachments__isnull=False).values("pk"))
        letters = letters.filter(with_files if wanted.files == "yes" else ~with_files)
    return letters.filter(state=wanted.state) if wanted.state else letters


def page_rows(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With the number of attachments; what waits comes oldest first, the rest newest first."""
    return letters.defer("text", "signals").annotate(file_count=Count("attachments"))


def counts(letters: QuerySet[Letter]) -> dict[str, int]:
    """How many letters stand in each state; one query."""
    return dict(letters.order_by().values_list("state").annotate(of=Count("pk")))


def neighbours(letters: QuerySet[Letter], letter: Letter) -> tuple[int | None, int | None]:
    """The waiting letters before and after this one, by when they arrived."""
    waiting = letters.filter(state=Letter.State.WAITING).exclude(pk=letter.pk)
    before = waiting.filter(arrived_at__lte=letter.arrived_at).order_by("-arrived_at", "-pk").values_list("pk", flat=True).first()
    after = waiting.filter(arrived_at__gt=letter.arrived_at).order_by("arrived_at", "pk").values_list("pk", flat=True).first()
    return before, after


def same_sender(letter: Letter) -> tuple[Iterable[Intake], Iterable[Letter]]:
    """Intakes and other letters of the same address: what may be said twice."""
    if letter.sender_id is None:
        return [], []
    intakes = Intake.objects.filter(contact=letter.sender_id).select_related("consultation").order_by("-received_at")[:10]
    return intakes, Letter.objects.filter(mailbox=MAILBOX, sender=letter.sender_id).exclude(pk=letter.pk)[:10]
