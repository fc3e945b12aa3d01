"""The door: a plain page with search and buttons, and what the phone keeps, sends and is told."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.actions import CameIn, Press
from ratusz.casework.meetings.attendance import attendance_of, meeting_of_code
from ratusz.casework.meetings.door_list import for_phone, found_in, named
from ratusz.casework.meetings.links import read_door_text
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.views.staff.deeds import meeting_for
from ratusz.casework.meetings.views.staff.phone_words import phone_words
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.dates import polish_time
from ratusz.foundation.once.sending import once_only

MOST = 2000
"""Presses in one sending of a phone."""


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """Search, code, a big "in", walk-ins: all by plain forms. What is searched for is sent by POST, so names stay out of logs."""
    meeting, at = meeting_for(request, pk, "door")
    if request.method == "POST" and request.POST.get("deed") != "search":
        return _deed(request, meeting)
    text = request.POST.get("text", "").strip()[:60]
    facts = {
        "meeting": meeting, "tab": "door", "numbers": attendance_of(meeting, at), "text": text, "door": _door(request),
        "found": found_in(meeting, text) if text else [], "groups": meeting.seat_groups.all(), "press": uuid.uuid4(),
    }  # fmt: skip
    if text:
        record_read(subject=meeting, fields=["registrations.name"], actor=request.user)
    return render(request, "meetings/staff/door.html", facts)


def _door(request: HttpRequest) -> str:
    return (request.POST.get("door") or request.session.get("meeting_door") or actions.door.DOOR).strip()[:40]


@once_only
def _deed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Lets one person in, or counts one without registration."""
    request.session["meeting_door"] = _door(request)
    back = redirect("meetings_door", meeting.pk)
    if request.POST.get("deed") == "walk":
        _walk(request, meeting)
        return back
    other, code = read_door_text(request.POST.get("code", "")[:60])
    if other is not None and other != meeting.pk:
        messages.error(request, words_of_other(other))
        return back
    came = actions.check_in(meeting=meeting, code=code, door=_door(request), person=request.user)
    if came.result == "unknown" and (elsewhere := meeting_of_code(meeting, code)) is not None:
        messages.error(request, words_of_other(elsewhere))
        return back
    (messages.success if came.result == "in" else messages.warning)(request, words_of(came))
    return back


def _walk(request: HttpRequest, meeting: Meeting) -> None:
    group = meeting.seat_groups.filter(pk=request.POST["group"]).first() if request.POST.get("group", "").isdecimal() else None
    step = -1 if request.POST.get("step") == "-1" else 1
    try:
        press = uuid.UUID(request.POST.get("press", ""))
        actions.count_walk_in(meeting=meeting, press=press, group=group, step=step, door=_door(request), person=request.user)
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
    except ValueError as problem:
        raise Http404 from problem


def words_of(came: CameIn) -> str:
    """What the door reads after a code."""
    if came.result == "unknown":
        return _("No seat stands under this code. Look the person up by name, or count them as a person without registration.")
    facts = {"time": polish_time(came.moment) if came.moment else "", "door": came.door}
    if came.result == "already":
        return _("Already in: %(time)s, door %(door)s.") % facts
    return _("In: %(time)s.") % facts


def words_of_other(pk: int) -> str:
    """A QR of another meeting, by its name."""
    other = Meeting.objects.filter(pk=pk).first()
    if other is None:
        return _("This is not a code of our meetings.")
    return _("This code is for another meeting: %(meeting)s.") % {"meeting": named(other)}


@require_safe
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for a phone: without anybody's data in it, so the phone may keep it."""
    meeting, _at = meeting_for(request, pk, "door")
    response = render(
        request, "meetings/staff/phone.html", {"meeting": meeting, "groups": meeting.seat_groups.all(), "words": phone_words()}
    )
    response["Content-Security-Policy"] = "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
        "worker-src 'self'", "media-src 'self' blob:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ))  # fmt: skip
    response["Permissions-Policy"] = "camera=(self)"
    return response


@require_safe
def phone_list(request: HttpRequest, pk: int) -> JsonResponse:
    """The list for the phone, which encrypts it at once."""
    meeting, _at = meeting_for(request, pk, "door")
    record_read(subject=meeting, fields=["registrations.name"], actor=request.user, reason="door")
    return JsonResponse(
        for_phone(meeting),
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


@require_POST
def phone_sync(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes what the phone gathered; answers with each press and the list as it is now."""
    meeting, at = meeting_for(request, pk, "door")
    try:
        sent = json.loads(request.body)
        presses = [_press(each) for each in sent["presses"][:MOST]]
        facts = {name: str(sent[name]).replace("\x00", "")[:40] for name in ("door", "device")}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
        return JsonResponse({"refused": _("The phone sent something we do not understand. Reload its page.")}, status=400)
    try:
        answers = actions.sync_door(meeting=meeting, presses=presses, person=request.user, **facts)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    numbers = attendance_of(meeting, at)
    told = [{"key": each.code, "result": each.result, "words": words_of(each)} for each in answers]
    kept = for_phone(meeting) | {"answers": told, "inside": numbers.inside, "warning": numbers.warning}
    return JsonResponse(
        kept, headers={"Cache-Control": "no-store"}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}
    )


def _press(sent: dict[str, Any]) -> Press:
    return Press(
        kind="walk" if sent["kind"] == "walk" else "in", key=str(sent["key"]).replace("\x00", "")[:60],
        step=-1 if sent.get("step") == -1 else 1, moment=datetime.fromtimestamp(int(sent["moment"]) / 1000, tz=UTC),
        group=int(sent.get("group") or 0) or None,
    )  # fmt: skip


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address above the pages it keeps."""
    path = finders.find("meetings/door_worker.js")
    if not isinstance(path, str) or not request.user.is_authenticated:
        raise Http404
    with open(path, encoding="utf-8") as script:
        content = script.read()
    headers = {"Service-Worker-Allowed": reverse("meetings_door_worker").rpartition("/")[0] + "/", "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type="text/javascript", headers=headers)
