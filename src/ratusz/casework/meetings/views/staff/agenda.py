"""The agenda of a meeting: composed, changed, published, run."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.day_forms import PointForm
from ratusz.casework.meetings.models import AgendaItem, Meeting
from ratusz.casework.meetings.views.staff.deeds import Deed, carry_out, meeting_for
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only


def _compose(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    made = actions.compose_agenda(meeting=meeting, person=request.user)
    if made:
        words = ngettext("%(count)s open point came.", "%(count)s open points came.", len(made)) % {"count": len(made)}
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing new is open: the agenda stays as it is."))


def _add(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    data.pop("form")
    actions.add_point(meeting=meeting, person=request.user, **data)


def _step(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    item: AgendaItem = row_of(meeting.agenda, request, "item")
    step = request.POST.get("step", "")
    if step in ("up", "down"):
        actions.move_point(item=item, place=item.order + (1 if step == "down" else -1), person=request.user)
    elif step == "remove":
        actions.remove_point(item=item, person=request.user)
    else:
        actions.run_point(item=item, step=step, person=request.user)


DEEDS = {
    "compose": Deed(None, _compose),
    "add": Deed(PointForm, _add, gettext_lazy("The point is on the agenda.")),
    "step": Deed(None, _step),
    "publish": Deed(
        None, lambda meeting, data, request: actions.publish_agenda(meeting=meeting, person=request.user),
        gettext_lazy("The agenda is published."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Points with planned and real times, versions, and what may be done."""
    meeting, at = meeting_for(request, pk, "see")

    def draw(**forms: Any) -> HttpResponse:
        items = list(meeting.agenda.order_by("order"))
        facts = {
            "meeting": meeting, "items": items, "total": sum(each.planned_minutes for each in items), "tab": "agenda",
            "versions": meeting.agenda_versions.order_by("-number"), "may_prepare": rules.may(request.user, "prepare", meeting, at),
            "may_preside": rules.may(request.user, "preside", meeting, at), "add_form": PointForm(meeting=meeting),
        }  # fmt: skip
        return render(request, "meetings/staff/agenda.html", facts | forms)

    if request.method == "POST":
        return carry_out(request, meeting, DEEDS, draw, reverse("meetings_agenda", args=[pk]))
    return draw()


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def point(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Words of one point."""
    meeting, _at = meeting_for(request, pk, "prepare")
    found = get_object_or_404(meeting.agenda, pk=item)

    def draw(**forms: Any) -> HttpResponse:
        form = forms.get("change_form") or PointForm(instance=found, meeting=meeting)
        return render(request, "meetings/staff/point.html", {"meeting": meeting, "item": found, "form": form, "tab": "agenda"})

    def change(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
        data.pop("form")
        actions.change_point(item=found, person=request.user, **data)

    if request.method == "POST":
        deeds = {"change": Deed(PointForm, change, _("The point is changed."))}
        return carry_out(request, meeting, deeds, draw, reverse("meetings_agenda", args=[pk]))
    return draw()
