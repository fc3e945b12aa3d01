"""The city's dates for residents: a page and a calendar file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.coordination.calendar.queries import public_things
from ratusz.foundation.kit.ics import calendar_file


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "calendar/calendar.html", {"things": public_things(request.moment)})


@require_safe
def calendar_ics(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file(public_things(request.moment), name=_("City calendar"), address=address, stamp=request.moment)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
