"""Registered and invited people for staff: the list with search, entering a caller, deeds on one, XLSX, the list for the door."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.meetings import actions, lists, queries, rules, signing_up
from ratusz.casework.meetings.models import Meeting, Registration, Standing
from ratusz.casework.meetings.models.registrations import Need, Through
from ratusz.casework.meetings.sign_up_forms import SignUpForm
from ratusz.casework.meetings.staff_forms import GuestsForm, RegistrationFilter
from ratusz.casework.meetings.views.staff.meetings import checked
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only

MOST_SHOWN = 500


@require_safe
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who registered, by name or code; needs only for whoever sees needs. Reading is recorded."""
    meeting, at = checked(request, "register", pk)
    form = RegistrationFilter(request.GET)
    form.is_valid()
    words, standing = form.cleaned_data.get("szukaj", ""), form.cleaned_data.get("stan", "")
    found = queries.registrations_of(meeting, words, standing)
    sees_needs = rules.may(request.user, "needs", meeting, at)
    record_read(subject=meeting, fields=["name", "address", *(["needs"] if sees_needs else [])], actor=request.user)
    line = {each.pk: number for number, each in enumerate(queries.in_line(meeting), 1)}
    twins = queries.maybe_the_same(queries.registrations_of(meeting) if words or standing else found)
    rows = [
        {
            "mine": each,
            "standing": Standing(signing_up.shown_standing(each, at)).label,
            "position": line.get(each.pk),
            "twin": twins.get(each.pk),
            "needs": _needs(each) if sees_needs else "",
            "is_alive": each.is_alive,
            "is_pending": each.standing == Standing.PENDING,
        }
        for each in found[:MOST_SHOWN]
    ]
    context = {"meeting": meeting, "form": form, "rows": rows, "count": len(found), "numbers": queries.numbers_of(meeting, at)}
    context |= {"sees_needs": sees_needs, "why_closed": signing_up.why_closed(meeting, at, Through.PHONE)}
    return render(request, "meetings/staff/registrations.html", context)


def _needs(mine: Registration) -> str:
    words = [str(Need(each).label) for each in mine.needs if each in Need.values]
    return ", ".join([*words, *filter(None, [mine.needs_words])])


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody calls or comes to the desk; who is called the same is shown first."""
    meeting, at = checked(request, "register", pk)
    form = SignUpForm(request.POST if request.method == "POST" else None, meeting=meeting, is_staff=True)
    twins: list[Registration] = []
    if form.is_valid():
        twins = [] if request.POST.get("other_person") else queries.same_name(meeting, form.cleaned_data["name"])
        if not twins and (made := _entered(request, meeting, form)):
            told = {"code": made.door_code, "standing": Standing(made.standing).label, "number": made.number}
            messages.success(request, _("Entered: %(standing)s. Code for the door: %(code)s, number %(number)s.") % told)
            return redirect("meetings_registrations", pk)
    context = {"meeting": meeting, "form": form, "twins": twins, "numbers": queries.numbers_of(meeting, at)}
    return render(request, "meetings/staff/enter.html", context)


def _entered(request: HttpRequest, meeting: Meeting, form: SignUpForm) -> Registration | None:
    through = Through.DESK if request.POST.get("through") == Through.DESK else Through.PHONE
    try:
        return actions.register(meeting=meeting, person=form.person(), through=through, by=request.user)
    except signing_up.AlreadyRegistered as known:
        form.add_error(None, f"{known} {known.registration.name}, {known.registration.door_code}")
    except signing_up.SignUpRefused as refusal:
        form.add_error(None, str(refusal))
    return None


@require_POST
def one(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One deed on one registration."""
    meeting, _at = checked(request, "register", pk)
    mine = get_object_or_404(Registration.objects.select_related("meeting"), pk=number, meeting=meeting)
    deed = request.POST.get("deed", "")
    try:
        if deed in ("accept", "refuse"):
            actions.judge_registration(registration=mine, accepts=deed == "accept", by=request.user)
        elif deed == "give_up":
            actions.give_up_seat(registration=mine, person=request.user)
        elif deed == "join":
            other = get_object_or_404(Registration, pk=plain_number(request.POST.get("other", "")) or 0, meeting=meeting)
            actions.join_registrations(kept=other, other=mine, by=request.user)
        else:
            raise Http404
        messages.success(request, _("Done; the person is told."))
    except signing_up.SignUpRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings_registrations", pk)


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list as a workbook; taking it is recorded."""
    meeting, at = checked(request, "register", pk)
    sees_needs = rules.may(request.user, "needs", meeting, at)
    content = lists.workbook(meeting, at, with_needs=sees_needs)
    record_read(subject=meeting, fields=["name", "address", "question", *(["needs"] if sees_needs else [])], actor=request.user)
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="spotkanie-{meeting.pk}-zapisani.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the door on paper, in large letters and the order of the Polish alphabet."""
    meeting, _at = checked(request, "door", pk)
    record_read(subject=meeting, fields=["name"], actor=request.user)
    response = HttpResponse(lists.printed(meeting), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="spotkanie-{meeting.pk}-lista.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of invited people: add, send, see who answered."""
    meeting, _at = checked(request, "plan", pk)
    is_adding = request.method == "POST" and request.POST.get("deed") == "add"
    form = GuestsForm(request.POST if is_adding else None, meeting=meeting)
    try:
        if is_adding and form.is_valid():
            guests = actions.read_guests(form.cleaned_data["guests"])
            count = actions.invite(meeting=meeting, guests=guests, person=request.user, group=form.cleaned_data["group"])
            return _back(request, pk, _("Added to the list: %(count)s.") % {"count": count})
        if request.method == "POST" and not is_adding:
            count = actions.send_invitations(meeting=meeting, person=request.user)
            return _back(request, pk, _("Invitations sent: %(count)s.") % {"count": count})
    except rules.Refused as refusal:
        if is_adding:
            form.add_error("guests", str(refusal))
        else:
            messages.error(request, str(refusal))
    rows = list(meeting.invitations.select_related("address", "group", "registration"))
    record_read(subject=meeting, fields=["invited"], actor=request.user)
    context: dict[str, Any] = {"meeting": meeting, "form": form, "rows": rows}
    context["unsent"] = sum(each.state == "listed" for each in rows)
    return render(request, "meetings/staff/invited.html", context)


def _back(request: HttpRequest, pk: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("meetings_invited", pk)
