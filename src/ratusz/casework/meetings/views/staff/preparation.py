"""The preparation sheet as page and PDF, the poster and the invitation letter, the checklist and words asked of units."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.briefing import briefing_of
from ratusz.casework.meetings.day_forms import AskUnitForm, OwnerForm, SheetForm, TaskForm, people_of
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.papers import PAPERS, letter_pdf, poster_pdf, sheet_document
from ratusz.casework.meetings.views.staff.deeds import Deed, carry_out, ids_of, meeting_for
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only

WRITTEN = ("note", "equipment", "letter", "speaker_minutes")


def _tick(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    item = row_of(meeting.checklist, request, "item")
    actions.tick_task(item=item, is_done=request.POST.get("step") == "done", person=request.user)


def _task(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    facts = {name: data[name] for name in ("what", "owner", "due_at")}
    actions.add_task(meeting=meeting, person=request.user, **facts)


def _owner(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    item = row_of(meeting.checklist, request, "item")
    actions.change_task(item=item, owner=data["owner"], due_at=data["due_at"], person=request.user)


def _ask(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    facts = {name: data[name] for name in ("unit", "question", "due_at")}
    actions.ask_unit(meeting=meeting, person=request.user, **facts)


DEEDS = {
    "checklist": Deed(
        None, lambda meeting, data, request: actions.make_checklist(meeting=meeting, person=request.user),
        gettext_lazy("The list is filled from the template."),
    ),
    "tick": Deed(None, _tick),
    "task": Deed(TaskForm, _task, gettext_lazy("It is on the list.")),
    "owner": Deed(OwnerForm, _owner, gettext_lazy("Saved. It waits on the desk of whoever has it.")),
    "ask": Deed(AskUnitForm, _ask, gettext_lazy("The unit is asked. It waits on its desk, with a term.")),
    "sheet": Deed(
        SheetForm,
        lambda meeting, data, request: actions.save_preparation(
            meeting=meeting, person=request.user, **{name: data[name] for name in WRITTEN}
        ),
        gettext_lazy("The sheet is saved."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it stands now, and what may still be added."""
    meeting, at = meeting_for(request, pk, "see")

    def draw(**forms: Any) -> HttpResponse:
        sheet = getattr(meeting, "preparation", None)
        initial = {name: getattr(sheet, name) for name in WRITTEN} if sheet else {}
        facts = {
            "meeting": meeting, "found": briefing_of(meeting, at), "tab": "preparation", "at": at,
            "may_prepare": rules.may(request.user, "prepare", meeting, at), "people": list(people_of(meeting)),
            "task_form": TaskForm(meeting=meeting, auto_id=ids_of("task")),
            "ask_form": AskUnitForm(meeting=meeting, auto_id=ids_of("ask")),
            "sheet_form": SheetForm(meeting=meeting, initial=initial, auto_id=ids_of("sheet")),
        }  # fmt: skip
        return render(request, "meetings/staff/preparation.html", facts | forms)

    if request.method == "POST":
        return carry_out(request, meeting, DEEDS, draw, reverse("meetings_preparation", args=[pk]))
    return draw()


@require_safe
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet on paper."""
    meeting, at = meeting_for(request, pk, "see")
    return _pdf(pdf_of_document(sheet_document(briefing_of(meeting, at), at)), f"karta-{pk}")


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation letter."""
    meeting, at = meeting_for(request, pk, "see")
    sheet = getattr(meeting, "preparation", None)
    return _pdf(letter_pdf(meeting, sheet.letter if sheet else "", at), f"zaproszenie-{pk}")


@require_safe
def poster(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The poster, A4 or A3."""
    meeting, _at = meeting_for(request, pk, "see")
    if paper not in PAPERS:
        raise Http404
    return _pdf(poster_pdf(meeting, paper), f"plakat-{pk}-{paper}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
