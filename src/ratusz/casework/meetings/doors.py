"""Doors from lower modules to the day of a meeting: the desk, "check by number", scans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import ChecklistItem, Meeting, MeetingRequest, Voice
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import Move, Receipt

LOOKED_AHEAD = timedelta(days=30)
LOOKED_BACK = timedelta(days=120)


def moves_of_the_day(person: Any, at: datetime) -> Iterator[Move]:
    """Things of the checklists that are the person's, and meetings with voices or requests still without an outcome."""
    if not getattr(person, "pk", None):
        return
    mine = ChecklistItem.objects.filter(owner=person.pk, done_at=None, meeting__state__in=(State.DRAFT, State.ANNOUNCED))
    for item in mine.select_related("meeting").order_by("due_at", "pk"):
        if item.due_at is None or item.due_at < at + LOOKED_AHEAD:
            url = reverse("meetings_preparation", args=[item.meeting_id])
            yield Move(f"{item.what} ({item.meeting.title})", url, due_at=item.due_at, kind="meetings")
    yield from _triage(person, at)


def _triage(person: Any, at: datetime) -> Iterator[Move]:
    open_voices = Exists(Voice.objects.filter(meeting=OuterRef("pk"), outcome=""))
    open_requests = Exists(MeetingRequest.objects.filter(meeting=OuterRef("pk"), outcome=""))
    over = Meeting.objects.filter(Q(open_voices) | Q(open_requests), ends_at__lt=at, ends_at__gt=at - LOOKED_BACK)
    for meeting in over.prefetch_related("duties").order_by("ends_at", "pk"):
        if rules.may(person, "triage", meeting, at):
            what = _("Say what becomes of voices and requests: %(title)s") % {"title": meeting.title}
            yield Move(what, reverse("meetings_triage", args=[meeting.pk]), since=meeting.ends_at, kind="meetings")


def may_read_scan(person: Any, file: Any, at: datetime) -> bool:
    """Whoever sorts the requests of that meeting."""
    request = MeetingRequest.objects.filter(scan=file.pk).select_related("meeting").first()
    return request is not None and rules.may(person, "triage", request.meeting, at)


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """What the holder of a receipt learns; never the words of the request."""
    code = normalised(text)
    request = MeetingRequest.objects.filter(code=code).select_related("outcome_unit", "meeting").first() if code else None
    if request is None:
        return None
    facts = [(_("Number"), request.number or ""), (_("Filed"), polish_date(request.filed_at))]
    if request.outcome_unit is not None:
        facts.append((_("Unit that answers"), str(request.outcome_unit)))
    if request.target_number:
        facts.append((_("It became"), request.target_number))
    if request.foreign_number:
        facts.append((_("Number of the case"), request.foreign_number))
    if request.later_answered_at is not None:
        facts.append((_("Answered"), polish_date(request.later_answered_at)))
    return Receipt(title=_("Request from a meeting"), status=status_of(request), facts=tuple(facts))


def status_of(request: MeetingRequest) -> str:
    """Where a request is, in the words of its receipt."""
    if request.later_answered_at is not None:
        return _("We have answered.")
    return str(request.get_outcome_display()).capitalize() if request.outcome else _("We are reading it.")
