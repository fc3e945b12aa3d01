"""Who does what at a meeting: tasks given to staff found by name, and taken away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.day_forms import DutyForm, people_of, staff_called
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.views.staff.deeds import Deed, carry_out, ids_of, meeting_for
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only

SHOWN = 50


def _give(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    also_later = data.get("also_later", False)
    actions.give_duty(meeting=meeting, to=data["to"], task=data["task"], also_later=also_later, person=request.user)


def _take(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    actions.take_duty(duty=row_of(meeting.duties, request, "duty"), person=request.user)


DEEDS = {
    "give": Deed(DutyForm, _give, gettext_lazy("The task is given. What belongs to it waits on that person's desk.")),
    "take": Deed(None, _take, gettext_lazy("The task is taken away.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """Tasks with who has them; those who may give them find people by name."""
    meeting, at = meeting_for(request, pk, "see")
    words = request.GET.get("szukaj", "").strip()[:100]
    found = staff_called(words) if words else people_of(meeting)
    count = found.count()

    def draw(**forms: Any) -> HttpResponse:
        facts = {
            "meeting": meeting, "tab": "duties", "words": words, "count": min(count, SHOWN), "is_cut": count > SHOWN,
            "duties": meeting.duties.select_related("person").order_by("task", "pk"),
            "may_give": rules.may(request.user, "give_duties", meeting, at),
            "give_form": DutyForm(meeting=meeting, found=found[:SHOWN], auto_id=ids_of("give")),
        }  # fmt: skip
        return render(request, "meetings/staff/duties.html", facts | forms)

    if request.method == "POST":
        return carry_out(request, meeting, DEEDS, draw, reverse("meetings_duties", args=[pk]))
    return draw()
