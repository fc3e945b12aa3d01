"""The screen in the room, by a signed address: who speaks, how long, which questions are live. It refreshes without a script."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.casework.meetings.models import Meeting, Question
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused, read_link

PURPOSE = "meetings.screen"
REFRESH = 5
SHOWN = 6


@require_safe
@never_cache
def screen(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """What the room sees; only words that people gave for it. "?stoj" stops the refreshing, for whoever reads with a device."""
    at = database_now()
    try:
        number = read_link(PURPOSE, token, at)
    except LinkRefused as refusal:
        raise Http404 from refusal
    if number != pk:
        raise Http404
    meeting = get_object_or_404(Meeting, pk=pk)
    is_still = "stoj" in request.GET
    response = render(request, "meetings/screen.html", _facts(meeting, at) | {"is_still": is_still})
    if not is_still:
        response["Refresh"] = str(REFRESH)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _facts(meeting: Meeting, at: datetime) -> dict[str, Any]:
    speakers = list(meeting.speakers.filter(ended_at=None, left_at=None).order_by("order"))
    speaking = next((each for each in speakers if each.started_at), None)
    questions = meeting.questions.filter(state=Question.State.SHOWN).annotate(supported=Count("supports"))
    return {
        "meeting": meeting, "speaking": speaking, "left": _left(speaking, at),
        "waiting": [each for each in speakers if each is not speaking][:SHOWN],
        "questions": questions.order_by("-supported", "asked_at", "pk")[:SHOWN],
        "point": meeting.agenda.for_public(meeting.starts_at, at).filter(started_at__isnull=False, ended_at=None).first(),
    }  # fmt: skip


def _left(speaking: Any, at: datetime) -> int | None:
    """Whole minutes left, rounded up; below zero when the time is over."""
    if speaking is None or speaking.started_at is None:
        return None
    seconds = speaking.minutes * 60 - (at - speaking.started_at).total_seconds()
    return -int(-seconds // 60)
