"""Initiatives that wait for the department, and sessions that hear them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.meetings.signing_up import list_closes_at
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import Move
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.hearings.queries import not_in_line
from ratusz.participation.initiatives.models import (
    CommitteeNotice,
    Debate,
    EntryState,
    Hearing,
    HearingOpinion,
    Initiative,
    InitiativeState,
    NoticeState,
)

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """To check the filed draft, to put the valid one on an agenda."""
    if not rules.may(person, "handle", None, at):
        return
    waiting = (InitiativeState.FILED, InitiativeState.VALID)
    found = list(Initiative.objects.filter(state__in=waiting).order_by("filed_at")[:MOST])
    clocks = Clock.objects.running().filter(subject__in=[each.key for each in found])
    due = dict(clocks.values_list("subject", "due_at"))
    for mine in found:
        words = _("Check the draft of residents: %(what)s")
        if mine.state == InitiativeState.VALID:
            words = _("Put the draft of residents on an agenda: %(what)s")
        url = reverse("initiatives_initiative", args=[mine.pk])
        yield Move(words % {"what": mine}, url, since=mine.filed_at, due_at=due.get(mine.key), kind="initiatives")
    for notice in CommitteeNotice.objects.filter(state=NoticeState.WAITING).order_by("received_at")[:MOST]:
        url = reverse("initiatives_notice", args=[notice.pk])
        yield Move(_("Admit the notice of a committee or say what is missing"), url, since=notice.received_at, kind="initiatives")
    yield from _moves_of_hearings(at)
    yield from _moves_of_debates()


def _moves_of_hearings(at: datetime) -> Iterator[Move]:
    """Speakers to put in order once the list is closed, positions that lack, the dossier to hand over."""
    found = Hearing.objects.filter(handed_at=None, meeting__state__in=("announced", "held")).select_related("meeting")
    rows = list(found.order_by("meeting__starts_at")[:MOST])
    waiting = HearingOpinion.objects.filter(hearing__in=rows, position="", erased_at=None).order_by()
    lacking = dict(waiting.values_list("hearing").annotate(Count("pk")))
    for mine in rows:
        url, said = reverse("initiatives_hearing", args=[mine.pk]), {"what": mine}
        closes_at = list_closes_at(mine.meeting)
        is_due = mine.meeting.state == "announced" and closes_at is not None and closes_at <= at
        if is_due and (mine.listed_at is None or not_in_line(mine)):
            yield Move(
                _("Put the speakers in order: %(what)s") % said,
                url,
                since=closes_at,
                due_at=mine.meeting.starts_at,
                kind="initiatives",
            )
        if count := lacking.get(mine.pk):
            words = ngettext(
                "Ask for the position on %(count)s opinion: %(what)s",
                "Ask for the positions on %(count)s opinions: %(what)s",
                count,
            )
            yield Move(words % {"count": count, **said}, url, kind="initiatives")
        elif mine.meeting.state == "held":
            yield Move(_("Hand the dossier to councillors: %(what)s") % said, url, since=mine.meeting.ends_at, kind="initiatives")


def _moves_of_debates() -> Iterator[Move]:
    """Forms of residents that wait to be checked before their session."""
    waiting = Debate.objects.filter(entries__state=EntryState.RECEIVED).annotate(count=Count("entries")).order_by("session_at")
    for mine in waiting[:MOST]:
        words = ngettext(
            "Check %(count)s form for the debate of %(day)s", "Check %(count)s forms for the debate of %(day)s", mine.count
        )
        said = {"count": mine.count, "day": polish_date(mine.session_at)}
        yield Move(words % said, reverse("initiatives_debate", args=[mine.pk]), due_at=mine.session_at, kind="initiatives")
