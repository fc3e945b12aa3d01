"""Meetings that are near: from here to everything of their day."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import Meeting, MeetingDuty
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.clock import database_now

BEFORE, AFTER = timedelta(days=14), timedelta(days=60)


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """Of the last two weeks and the next two months: all for the department, one's own for whoever has a task there."""
    at = database_now()
    sees_all = rules.may(request.user, "see", None, at)
    near = Meeting.objects.exclude(state=State.CANCELLED).filter(starts_at__gt=at - BEFORE, starts_at__lt=at + AFTER)
    if not sees_all:
        mine = MeetingDuty.objects.filter(person=request.user)
        if not mine.exists():
            raise PermissionDenied
        near = near.filter(pk__in=mine.values("meeting"))
    facts = {"meetings": near.select_related("place", "district").order_by("starts_at", "pk")}
    return render(request, "meetings/staff/days.html", facts)
