"""Remarks to minutes on the desk: who was asked, what they said, what is accepted and what not, with the reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.forms_minutes import InviteForm
from ratusz.casework.meetings.minutes.checking import personal_words_of
from ratusz.casework.meetings.models import Minutes
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.casework.meetings.views.staff.minutes import minutes_for
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite, see who answered, decide of each suggestion. A refusal stands beside what was typed."""
    minutes = minutes_for(request, pk, "see")
    if request.method != "POST":
        return _page(request, minutes, InviteForm())
    form = InviteForm(request.POST if request.POST.get("deed") == "invite" else None)
    try:
        said = _do(request, minutes, form)
    except NotYours as refusal:
        raise PermissionDenied from refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
        said = ""
    if not said:
        return _page(request, minutes, form, status=422)
    messages.success(request, said)
    return redirect("meetings_minutes_review", pk)


def _do(request: HttpRequest, minutes: Minutes, form: InviteForm) -> str:
    """Does it; gives what to tell the person, nothing when the form is wrong."""
    deed, person = request.POST.get("deed", ""), request.user
    if deed == "invite":
        if not form.is_valid():
            return ""
        actions.invite_reviewer(minutes=minutes, person=person, **form.cleaned_data)
        return _("The letter with the link is on its way.")
    if deed == "close":
        actions.close_review(minutes=minutes, person=person)
        return _("The minutes are back on your desk.")
    number = plain_number(request.POST.get("id", "")) or 0
    if deed == "revoke":
        actions.revoke_review(link=get_object_or_404(minutes.review_links, pk=number), person=person)
        return _("The link opens nothing any more.")
    if deed not in ("accept", "reject"):
        raise Http404
    suggestion = get_object_or_404(minutes.suggestions.select_related("minutes"), pk=number)
    reason = request.POST.get("reason", "")
    actions.decide_suggestion(suggestion=suggestion, accept=deed == "accept", person=person, reason=reason)
    return _("Accepted: the words are in the text.") if deed == "accept" else _("Rejected; the reviewer sees your reason.")


def _page(request: HttpRequest, minutes: Minutes, form: Any, *, status: int = 200) -> HttpResponse:
    at = database_now()
    may_write = minutes.is_open and rules.may(request.user, "write_minutes", minutes.meeting, at)
    links = list(minutes.review_links.select_related("address"))
    suggestions = list(minutes.suggestions.select_related("link", "decided_by"))
    if links:
        record_read(subject=minutes, fields=["review_links.name", "review_links.address"], actor=request.user)
    context = {
        "minutes": minutes, "meeting": minutes.meeting, "form": form, "links": links, "suggestions": suggestions,
        "may_write": may_write, "personal": personal_words_of(minutes, at) if may_write else [],
        "until": polish_moment(minutes.corrections_until) if minutes.corrections_until else "",
        "days": minutes.meeting.rules_of_kind.minutes.corrections,
    }  # fmt: skip
    return render(request, "meetings/staff/minutes_review.html", context, status=status)
