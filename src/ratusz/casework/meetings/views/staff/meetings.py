"""Staff's meetings: the list, the form, one meeting with its numbers, and the deeds on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import modelformset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.models import Case
from ratusz.casework.meetings import actions, clashes, queries, rules, wording
from ratusz.casework.meetings.actions.announcing import what_is_missing
from ratusz.casework.meetings.models import Meeting, SeatGroup
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.registries import staff_parts
from ratusz.casework.meetings.staff_forms import CancelForm, GroupForm, MeetingForm, MoveForm, RegisterFilter
from ratusz.casework.meetings.views.calendars import staff_feed_token
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only

PAGE = 50
STATE_WORDS = {
    State.DRAFT: gettext_lazy("draft"),
    State.ANNOUNCED: gettext_lazy("gone out"),
    State.HELD: gettext_lazy("closed"),
    State.CANCELLED: gettext_lazy("closed"),
    State.ARCHIVED: gettext_lazy("closed"),
}
NEXT = (
    ("meetings_duties", gettext_lazy("Tasks at the meeting")),
    ("meetings_preparation", gettext_lazy("Preparation")),
    ("meetings_agenda", gettext_lazy("Agenda")),
    ("meetings_door", gettext_lazy("Door")),
    ("meetings_room", gettext_lazy("Room")),
    ("meetings_triage", gettext_lazy("Outcomes")),
    ("meetings_minutes_write", gettext_lazy("Minutes of the meeting")),
)
"""Pages of the other parts, in the order in which a meeting goes on."""


def checked(request: HttpRequest, deed: str, pk: int | None = None) -> tuple[Any, datetime]:
    """The meeting the person may do this with, and the moment; raises PermissionDenied or Http404."""
    at = database_now()
    found = None
    if pk is not None:
        rows = Meeting.objects.select_related("place", "district", "series", "owner_unit").prefetch_related("duties__person")
        found = rows.filter(pk=pk).first()
    # First, so that nobody without a role learns which numbers are taken.
    if not rules.may(request.user, deed, found, at):
        raise PermissionDenied
    if pk is not None and found is None:
        raise Http404
    return found, at


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is ahead, the next first; numbers of places beside each."""
    _none, at = checked(request, "see")
    form = RegisterFilter(request.GET, at=at)
    page = Paginator(queries.register_of_meetings(form.chosen(), at), PAGE).get_page(request.GET.get("p"))
    rows = [wording.row(each, at) | {"state": STATE_WORDS[State(each.state)]} for each in page]
    context = {"form": form, "page": page, "rows": rows, "may_plan": rules.may(request.user, "plan", None, at)}
    context["feed"] = request.build_absolute_uri(reverse("meetings:staff-feed", args=[staff_feed_token(request.user.pk)]))
    return render(request, "meetings/staff/register.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new draft; a clash is shown before it is saved."""
    _none, at = checked(request, "plan")
    form = MeetingForm(request.POST if request.method == "POST" else None, at=at)
    found: list[clashes.Clash] = []
    if form.is_valid():
        clean = form.cleaned_data
        try:
            made = actions.plan_meeting(
                kind=clean["kind"],
                starts_at=clean["starts_at"],
                ends_at=clean["ends_at"],
                facts=form.facts(),
                officials=clean["officials"],
                person=request.user,
                despite=clean["despite"],
                form_key=clean["form_key"],
            )
            messages.success(request, _("The draft is saved. Look through it and announce it."))
            return redirect("meetings_meeting", made.pk)
        except rules.Refused as refusal:
            found = _refused(form, refusal)
    return render(request, "meetings/staff/form.html", {"form": form, "title": _("New meeting"), "clashes": found})


def _refused(form: Any, refusal: rules.Refused) -> list[clashes.Clash]:
    """Clashes to show above the form; anything else is the form's error."""
    if isinstance(refusal, actions.Clashes):
        form.add_error("despite" if refusal.may_pass else None, str(refusal))
        return refusal.found
    form.add_error(None, str(refusal))
    return []


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a meeting that is there."""
    meeting, at = checked(request, "plan", pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=meeting, at=at)
    found: list[clashes.Clash] = []
    if form.is_valid():
        clean = form.cleaned_data
        try:
            actions.change_meeting(
                meeting=meeting,
                facts=form.facts(),
                person=request.user,
                officials=clean["officials"],
                starts_at=clean["starts_at"],
                ends_at=clean["ends_at"],
                despite=clean["despite"],
            )
            messages.success(request, _("The change is saved. Whoever it concerns is told."))
            return redirect("meetings_meeting", pk)
        except rules.Refused as refusal:
            found = _refused(form, refusal)
    context = {"form": form, "title": _("Change the meeting"), "clashes": found, "meeting": meeting}
    return render(request, "meetings/staff/form.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: what is set, its numbers with the limit that holds people back, and what can be done now."""
    meeting, at = checked(request, "see", pk)
    return _page(request, meeting, at)


def _page(request: HttpRequest, meeting: Meeting, at: datetime, **forms: Any) -> HttpResponse:
    person, is_open = request.user, meeting.state in (State.DRAFT, State.ANNOUNCED)
    is_ahead = meeting.starts_at > at
    may_plan = rules.may(person, "plan", meeting, at)
    parts = sorted(filter(None, (part(meeting, person, at) for part in staff_parts)), key=lambda part: part.order)
    context = {
        "meeting": meeting,
        "said": wording.page(meeting, at, only_public=False),
        "numbers": queries.numbers_of(meeting, at),
        "parts": parts,
        "state": STATE_WORDS[State(meeting.state)],
        "next": _next(meeting),
        "may_particulars": bool(meeting.rules_of_kind.asks) and rules.may(person, "write_particulars", meeting, at),
        "duties": meeting.duties.all(),
        "missing": what_is_missing(meeting, at) if meeting.state == State.DRAFT else [],
        "clashes": _clashes(meeting) if is_open and is_ahead else [],
        "case": Case.objects.filter(subject=meeting.key).first(),
        "may_change": is_open and may_plan,
        "may_announce": meeting.state == State.DRAFT and rules.may(person, "announce", meeting, at),
        "may_move": meeting.state == State.ANNOUNCED and is_ahead and rules.may(person, "move", meeting, at),
        "may_cancel": is_open and is_ahead and rules.may(person, "cancel", meeting, at),
        "may_close": meeting.state == State.ANNOUNCED and not is_ahead and rules.may(person, "announce", meeting, at),
        "may_register": rules.may(person, "register", meeting, at),
        "move_form": MoveForm(prefix="move"),
        "cancel_form": CancelForm(prefix="cancel"),
    }
    return render(request, "meetings/staff/meeting.html", context | forms)


def _clashes(meeting: Meeting) -> list[clashes.Clash]:
    return clashes.clashes_of(
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.place, officials=meeting.officials.all(), but=meeting.pk
    )


def _next(meeting: Meeting) -> list[tuple[str, str]]:
    found = []
    for name, words in NEXT:
        try:
            found.append((reverse(name, args=[meeting.pk]), str(words)))
        except NoReverseMatch:
            continue
    return found


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce, move, cancel, close as held; a refusal stands beside what was typed."""
    meeting, at = checked(request, "see", pk)
    deed, form = request.POST.get("deed", ""), None
    if deed in ("move", "cancel"):
        form = {"move": MoveForm, "cancel": CancelForm}[deed](request.POST, prefix=deed)
    elif deed not in ("announce", "held"):
        raise Http404
    if form is None or form.is_valid():
        try:
            messages.success(request, _do(deed, meeting, form.cleaned_data if form is not None else {}, request.user))
            return redirect("meetings_meeting", pk)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.Refused as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect("meetings_meeting", pk)
            _refused(form, refusal)
    return _page(request, meeting, at, **{f"{deed}_form": form})


def _do(deed: str, meeting: Meeting, clean: dict[str, Any], person: Any) -> str:
    """Does it; gives what to tell."""
    if deed == "announce":
        actions.announce(meeting=meeting, person=person)
        return _("The meeting is announced and its case is open.")
    if deed == "held":
        actions.mark_held(meeting=meeting, person=person)
        return _("The meeting is closed as held.")
    if deed == "cancel":
        actions.cancel_meeting(meeting=meeting, reason=clean["reason"], person=person)
        return _("The meeting is cancelled; everybody registered is told.")
    when = {name: clean[name] for name in ("starts_at", "ends_at", "reason", "despite", "place")}
    actions.move_meeting(meeting=meeting, person=person, **when)
    return _("The meeting is moved; everybody registered is told and asked whether they come.")


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups of seats, each with its own limit."""
    meeting, _at = checked(request, "plan", pk)
    formset_class = modelformset_factory(SeatGroup, form=GroupForm, extra=3, can_delete=True)
    formset = formset_class(request.POST if request.method == "POST" else None, queryset=meeting.seat_groups.all())
    refused = ""
    if formset.is_valid():
        rows = [
            form.cleaned_data for form in formset.forms if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]
        names = ("name", "capacity", "priority", "quota_until", "by_invitation")
        try:
            actions.set_seat_groups(
                meeting=meeting, groups=[{name: row[name] for name in names} for row in rows], person=request.user
            )
            messages.success(request, _("Groups of seats are saved."))
            return redirect("meetings_meeting", pk)
        except rules.Refused as refusal:
            refused = str(refusal)
    return render(request, "meetings/staff/groups.html", {"meeting": meeting, "formset": formset, "refused": refused})
