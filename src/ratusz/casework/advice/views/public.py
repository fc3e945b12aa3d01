"""Pages of everybody: when and where one may come, booking a time without an account, one's own appointment, calendar files."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from ratusz.casework.advice import actions, links, queries, rules, terms
from ratusz.casework.advice.forms import GuestForm
from ratusz.casework.advice.models import Appointment, Point, SpecialDay, State
from ratusz.casework.advice.openings import FreeTime, Opening, moment_of
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_hours, polish_moment, polish_time
from ratusz.foundation.kit.ics import calendar_file
from ratusz.foundation.kit.registries import DatedThing
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.views.own_page import CONFIRM, deed_of_own_page
from ratusz.ui.parts import Cell, Column

SHOWN, IN_FILE = timedelta(days=13), timedelta(days=60)
"""Days ahead on the page and in the calendar file."""
STAMP = "%Y%m%dT%H%M"
KEY = re.compile(r"\d{8}T\d{4}(-\d{1,18})?", re.ASCII)
"""Of a time, as `FreeTime.key` says it."""


@never_cache
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """All points with when they are open next."""
    at = database_now()
    rows = []
    for point in queries.working_points():
        following = [each for each in _ahead(point, at, SHOWN) if each.ends_at > at][:3]
        rows.append({"point": point, "next": [_in_words(each) for each in following]})
    return render(request, "advice/points.html", {"rows": rows})


def _ahead(point: Point, at: datetime, days: timedelta) -> list[Opening]:
    return queries.openings_of(point, local_day(at), local_day(at) + days)


def _in_words(opening: Opening) -> str:
    day = polish_date(opening.starts_at, with_weekday=True, with_year=False)
    return f"{day}, {polish_hours(opening.starts_at, opening.ends_at)}"


@never_cache
@require_safe
def point(request: HttpRequest, slug: str) -> HttpResponse:
    """One point: two weeks of hours, days that differ, mobile points, free times."""
    found, at = get_object_or_404(queries.working_points(), slug=slug), database_now()
    columns = [Column("day", _("Day"), is_heading=True), Column("hours", _("Hours")), Column("where", _("Where"))]
    context = {
        "point": found, "columns": columns,
        "rows": _rows(found, at), "days": _days(queries.free_times_of(found, at)),
    }  # fmt: skip
    context["later"] = [_special(each) for each in found.special_days.all() if local_day(at) + SHOWN < each.day]
    return render(request, "advice/point.html", context)


def _special(each: SpecialDay) -> str:
    """A day that differs, after those of the table."""
    day = polish_date(each.day, with_weekday=True)
    if each.opens is None or each.closes is None:
        return day + ": " + _("closed") + f" ({each.why})"
    return f"{day}: {polish_hours(moment_of(each.day, each.opens), moment_of(each.day, each.closes))} ({each.why})"


def _rows(found: Point, at: datetime) -> list[dict[str, Any]]:
    """Two weeks in order: when somebody is there, where nobody is, what was called off."""
    first = local_day(at)
    told = [(each.starts_at, polish_hours(each.starts_at, each.ends_at), each.why, each.where) for each in _ahead(found, at, SHOWN)]
    for day in found.special_days.all():
        if day.is_closed and first <= day.day <= first + SHOWN:
            told.append((moment_of(day.day, time.min), _("closed"), day.why, found.where))
    for out in found.outings.all():
        if out.called_off_at is not None and out.ends_at > at:
            told.append((out.starts_at, _("called off"), out.why_off, out.where))
    return [
        {"day": polish_date(moment, with_weekday=True), "hours": Cell(words, note=why), "where": where}
        for moment, words, why, where in sorted(told)
    ]


def _days(free: list[FreeTime]) -> list[dict[str, Any]]:
    """Free times by day and by place."""
    days = []
    for day, of_day in groupby(free, lambda each: local_day(each.starts_at)):
        times, name = list(of_day), polish_date(day, with_weekday=True)
        left = ngettext("%(count)s free time", "%(count)s free times", len(times)) % {"count": len(times)}
        places = [(where, [_time(one) for one in each]) for where, each in groupby(times, lambda one: one.where)]
        days.append({"day": name, "summary": f"{name}: {left}", "places": places})
    return days


def _time(free: FreeTime) -> dict[str, str]:
    words = polish_time(free.starts_at)
    return {"when": free.key, "words": words, "short": words.removeprefix("godz. ")}


@csrf_protect
@private
@sensitive_post_parameters()
def book(request: HttpRequest, slug: str, when: str) -> HttpResponse:
    """The form for one time; the code follows to the mailbox or telephone."""
    found, status = get_object_or_404(queries.working_points(), slug=slug), 200
    free = _free(found, when)
    if free is None:
        return render(request, "advice/taken.html", {"point": found}, status=409)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["homepage"]:
            return redirect("advice:point", slug)
        if use_up(kind="advice", key=client_line(request), most=rules.BOOKINGS, within=rules.BOOKINGS_WITHIN):
            try:
                held = actions.book_online(
                    point=found, starts_at=free.starts_at, outing_id=free.outing_id, guest=form.guest()
                )  # fmt: skip
                return redirect("advice:mine", links.token_of(held))
            except rules.AdviceRefused as refusal:
                form.add_error(None, str(refusal))
        else:
            form.add_error(None, _("Many times were booked from this connection within an hour. Wait an hour, or call us."))
            status = 429
    context = {
        "point": found, "form": form, "moment": polish_moment(free.starts_at, with_weekday=True), "where": free.where,
        "kept": terms.term("kept_days", database_now()),
    }  # fmt: skip
    return render(request, "advice/book.html", context, status=status)


def _free(found: Point, when: str) -> FreeTime | None:
    """The free time of an address; None for one that is taken."""
    if not KEY.fullmatch(when):
        raise Http404
    return next((each for each in queries.free_times_of(found, database_now()) if each.key == when), None)


@csrf_protect
@private
@sensitive_post_parameters()
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One link for all: type the code, ask for another, cancel, add to a calendar. Opening it changes nothing."""
    own = links.appointment_of(token)
    if own is None:
        return render(request, "advice/bad_link.html", status=404)
    form, answer = deed_of_own_page(request, partial(_do, own), refused=rules.AdviceRefused, leads_to={})
    if answer is not None:
        return answer
    contact, at = own.contact, database_now()
    context = {
        "own": own, "point": own.point, "form": form, "waits": own.state == State.HELD, "is_booked": own.state == State.BOOKED,
        "moment": polish_moment(own.starts_at, with_weekday=True), "may_cancel": rules.is_cancellable(own, at), "token": token,
        "by_phone": contact is not None and contact.channel == "sms",
    }  # fmt: skip
    return render(request, "advice/mine.html", context)


def _do(own: Appointment, deed: str, digits: str) -> str:
    """Does it; gives what to tell."""
    if deed == CONFIRM:
        actions.confirm_appointment(appointment=own, digits=digits)
        return _("Your conversation is booked.")
    if deed == "again":
        actions.send_code_again(appointment=own)
        return _("We have sent a new code. The older one is good no more.")
    if deed == "cancel":
        actions.cancel_appointment(appointment=own)
        return _("Your appointment is cancelled. Thank you for telling us: somebody else can take this time.")
    raise Http404


@never_cache
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """When the point is open in the next two months, for anybody's own calendar."""
    found, at = get_object_or_404(queries.working_points(), slug=slug), database_now()
    things = [
        DatedThing("advice", found.name, each.starts_at, each.ends_at, url=found.get_absolute_url(), place=each.where,
                   what_to_do=each.why, code=f"{found.pk}:{each.starts_at:{STAMP}}")
        for each in _ahead(found, at, IN_FILE)
    ]  # fmt: skip
    return _file(things, found.name, at, f"{found.slug}.ics")


@require_safe
@private
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """One's own appointment, while it is booked."""
    own = links.appointment_of(token)
    if own is None or own.state != State.BOOKED:
        raise Http404
    title = _("Conversation: %(point)s") % {"point": own.point.name}
    thing = DatedThing("advice", title, own.starts_at, own.ends_at, url=own.point.get_absolute_url(), place=own.where, code=own.key)
    return _file([thing], own.point.name, database_now(), "rozmowa.ics")


def _file(things: list[DatedThing], name: str, at: datetime, file_name: str) -> HttpResponse:
    content = calendar_file(things, name=name, address=settings.PUBLIC_ADDRESS.rstrip("/"), stamp=at)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
