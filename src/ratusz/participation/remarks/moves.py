"""What waits for whom in the register: intakes to check, remarks to answer, positions to approve, complaints, papers to type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.incoming.actions.visiting import is_set
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.registries import Move
from ratusz.participation.remarks import queries, rules
from ratusz.participation.remarks.mail.tags import MAILBOX
from ratusz.participation.remarks.models import Complaint, Intake, Position, Remark

MOST = 10


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """One line a consultation, whatever the number of remarks."""
    if not getattr(person, "pk", None):
        return
    if rules.may(person, "run", None, at):
        yield from _checks()
        yield from _complaints(person)
    if rules.may(person, "approve", None, at):
        yield from _approvals()
    yield from _answers(person, at)
    yield from _letters(person, at)


def _letters(person: Any, at: datetime) -> Iterator[Move]:
    """Letters that wait, and what only looks like spam: a letter with a remark may be among them."""
    if not is_set(MAILBOX) or not rules.may(person, "enter", None, at):
        return
    mine = Letter.objects.filter(
        mailbox=MAILBOX, state__in=(Letter.State.WAITING, Letter.State.QUARANTINED, Letter.State.UNREADABLE)
    )
    found = {row["state"]: row for row in mine.order_by().values("state").annotate(of=Count("pk"), since=Min("arrived_at"))}
    words = {
        Letter.State.WAITING: _("Enter letters with remarks (%(count)s)"),
        Letter.State.QUARANTINED: _("Look at letters that may be spam (%(count)s)"),
        Letter.State.UNREADABLE: _("Look at letters that could not be read (%(count)s)"),
    }
    for state, said in words.items():
        if row := found.get(state):
            url = reverse("remarks_letters") + f"?stan={state}"
            yield Move(said % {"count": row["of"]}, url, since=row["since"], kind="remarks")


def _checks() -> Iterator[Move]:
    waiting = Intake.objects.filter(state=Intake.State.REGISTERED).order_by().values("consultation", "consultation__title")
    for row in waiting.annotate(of=Count("pk"), since=Min("entered_at"))[:MOST]:
        words = _("Check intakes (%(count)s): %(title)s") % {"count": row["of"], "title": row["consultation__title"]}
        url = reverse("remarks_register", args=[row["consultation"]]) + "?stan=registered"
        yield Move(words, url, since=row["since"], kind="remarks")


def _complaints(person: Any) -> Iterator[Move]:
    waiting = Complaint.objects.filter(answered_at=None).exclude(intake__judged_by=person).select_related("intake__consultation")
    for each in waiting[:MOST]:
        words = _("Answer a complaint: %(title)s") % {"title": each.intake.consultation.title}
        yield Move(words, reverse("remarks_intake", args=[each.intake_id]), since=each.made_at, kind="remarks")


def _approvals() -> Iterator[Move]:
    newest = Remark.objects.annotate(newest_state=queries.newest_field("state")).filter(
        newest_state=Position.State.REVIEW, positions__state=Position.State.REVIEW
    )  # fmt: skip
    for row in newest.order_by().values("consultation", "consultation__title").annotate(of=Count("pk", distinct=True))[:MOST]:
        words = _("Approve positions (%(count)s): %(title)s") % {"count": row["of"], "title": row["consultation__title"]}
        yield Move(words, reverse("remarks_register", args=[row["consultation"]]) + "?stanowisko=review", kind="remarks")


def _answers(person: Any, at: datetime) -> Iterator[Move]:
    units = queries.own_units(person, at) if rules.may(person, "answer", None, at) else []
    if not units:
        return
    mine = Remark.objects.filter(queries.unanswered(at), unit__in=units).annotate(newest_state=queries.newest_field("state"))
    # A remark without any position has no newest state: "not in review" alone would lose it.
    drafts = mine.filter(Q(newest_state=None) | ~Q(newest_state=Position.State.REVIEW)).order_by()
    for row in drafts.values("consultation", "consultation__title").annotate(of=Count("pk"), since=Min("made_at"))[:MOST]:
        words = _("Answer remarks (%(count)s): %(title)s") % {"count": row["of"], "title": row["consultation__title"]}
        yield Move(words, reverse("remarks_register", args=[row["consultation"]]), since=row["since"], kind="remarks")
