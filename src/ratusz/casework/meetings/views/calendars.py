"""Calendar files: one meeting, feeds by kind and district for everybody, and a feed of all for staff by a signed link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.ics import calendar_of
from ratusz.casework.meetings.kinds import all_kinds
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District

BACK, MOST = timedelta(days=60), 500
STAFF_FEED, STAFF_FEED_LIVES = "meetings.feed", timedelta(days=366)


def _answer(meetings: Any, name: str) -> HttpResponse:
    content = calendar_of(meetings, stamp=database_now(), address=settings.PUBLIC_ADDRESS, name=name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One public meeting, cancelled ones too."""
    found = get_object_or_404(Meeting.objects.public().select_related("place"), pk=pk)
    response = _answer([found], "")
    response["Content-Disposition"] = 'attachment; filename="spotkanie.ics"'
    return response


@require_safe
def feed(request: HttpRequest, feed: str) -> HttpResponse:
    """Public meetings: "wszystkie", "rodzaj-residents", "dzielnica-ligota-panewniki"."""
    found = Meeting.objects.public().select_related("place").filter(ends_at__gt=database_now() - BACK).order_by("starts_at")
    what, _dash, which = feed.partition("-")
    name = _("Meetings of the city")
    if what == "rodzaj":
        kinds = {kind.code.replace("_", "-"): kind for kind in all_kinds()}
        if which not in kinds:
            raise Http404
        found, name = found.filter(kind=kinds[which].code), f"{name}: {kinds[which].name}"
    elif what == "dzielnica":
        district = get_object_or_404(District, slug=which)
        found, name = found.filter(district=district), f"{name}: {district}"
    elif feed != "wszystkie":
        raise Http404
    return _answer(found[:MOST], name)


def staff_feed_token(person: int) -> str:
    """The signed link of a member of staff; it stops when they leave the Office, and after a year."""
    return sign_link(STAFF_FEED, person, database_now() + STAFF_FEED_LIVES)


@require_safe
def staff_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything the person's role lets them see, drafts too; the role is asked at every reading."""
    at = database_now()
    try:
        person = User.objects.filter(pk=read_link(STAFF_FEED, token, at), is_active=True).first()
    except LinkRefused as refusal:
        raise Http404 from refusal
    if person is None:
        raise Http404
    found = (
        Meeting.objects.select_related("place").filter(ends_at__gt=at - BACK).exclude(state=State.ARCHIVED).order_by("starts_at")
    )
    if not rules.may(person, "see", None, at):
        found = found.filter(duties__person=person).distinct()
    return _answer(found[:MOST], _("Meetings of the Office"))
