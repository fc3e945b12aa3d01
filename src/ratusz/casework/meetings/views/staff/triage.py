"""Triage on one screen: every voice and request with its one outcome; and the answer of a unit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.day_forms import LaterForm, NumberForm, OutcomeForm, UnitAnswerForm
from ratusz.casework.meetings.follow_ups import RULE_OF, TARGET_OF, due_days
from ratusz.casework.meetings.models import Meeting, MeetingRequest, Outcome, UnitReply, Voice
from ratusz.casework.meetings.registries import targets
from ratusz.casework.meetings.views.staff.deeds import Deed, carry_out, meeting_for
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only


def _thing(meeting: Meeting, key: str) -> Voice | MeetingRequest:
    kind, _colon, number = key.partition(":")
    rows: Any = {"meetings.voice": meeting.voices, "meetings.request": meeting.requests}.get(kind)
    pk = plain_number(number)
    if rows is None or pk is None:
        raise Http404
    return get_object_or_404(rows, pk=pk)


def _outcome(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    facts = data["form"].facts
    actions.give_outcome(
        thing=_thing(meeting, data["key"]), outcome=data["outcome"], reason=data["reason"], unit=data["unit"], facts=facts,
        person=request.user,
    )  # fmt: skip


def _number(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    actions.note_foreign_number(thing=_thing(meeting, data["key"]), number=data["number"], person=request.user)


def _later(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    actions.answer_later(thing=_thing(meeting, data["key"]), answer=data["answer"], person=request.user)


DEEDS = {
    "outcome": Deed(OutcomeForm, _outcome, gettext_lazy("The outcome is kept.")),
    "number": Deed(NumberForm, _number, gettext_lazy("The number is kept.")),
    "later": Deed(LaterForm, _later, gettext_lazy("The answer is kept.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Those without an outcome first. Words of requests are personal data: reading them is recorded."""
    meeting, _at = meeting_for(request, pk, "triage")

    def draw(**forms: Any) -> HttpResponse:
        return render(request, "meetings/staff/triage.html", _facts(request, meeting, forms) | {"tab": "triage"} | forms)

    if request.method == "POST":
        return carry_out(request, meeting, DEEDS, draw, reverse("meetings_triage", args=[pk]))
    return draw()


def _facts(request: HttpRequest, meeting: Meeting, forms: dict[str, Any]) -> dict[str, Any]:
    voices = list(meeting.voices.select_related("outcome_unit").order_by("number"))
    filed = list(meeting.requests.select_related("outcome_unit", "scan").order_by("pk"))
    for each in filed:
        record_read(subject=each, fields=["text", "name"], actor=request.user)
    due = due_days([*voices, *filed])
    things = sorted([*voices, *filed], key=lambda each: bool(each.outcome))
    offered = {name: name in targets and targets[name].is_offered(meeting) for name in TARGET_OF.values()}
    choices = [
        (value, label) for value, label in Outcome.choices if value != Outcome.DECISION or offered[TARGET_OF[Outcome.DECISION]]
    ]  # fmt: skip
    refused_key = next((form.data.get("key") for form in forms.values() if hasattr(form, "data")), "")
    rows = [_row(meeting, each, due.get(each.key), choices, forms if each.key == refused_key else {}) for each in things]
    return {"meeting": meeting, "rows": rows, "left": sum(not each.outcome for each in things)}


def _row(meeting: Meeting, thing: Any, due: Any, choices: list, forms: dict[str, Any]) -> dict[str, Any]:
    is_request = isinstance(thing, MeetingRequest)
    first = Outcome.COMPLAINT if is_request and thing.is_complaint else Outcome.APPLICATION if is_request else ""
    initial = {"key": thing.key, "outcome": thing.outcome or first, "text": thing.subject if is_request else thing.question}
    form = forms.get("outcome_form") or OutcomeForm(meeting=meeting, initial=initial, prefix=None)
    form.fields["outcome"].choices = [("", "–"), *choices]
    for name, field in form.fields.items():
        field.widget.attrs["id"] = f"{thing.key.replace(':', '-').replace('.', '-')}-{name}"
    in_ezd = thing.outcome in (Outcome.APPLICATION, Outcome.COMPLAINT)
    waits = thing.outcome in RULE_OF and thing.later_answered_at is None and not thing.target_key
    return {
        "thing": thing, "is_request": is_request, "due": due, "form": form, "in_ezd": in_ezd, "waits": waits,
        "later_errors": forms["later_form"].errors if "later_form" in forms else None,
        "number_errors": forms["number_form"].errors if "number_form" in forms else None,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def unit_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit writes what the President should know before the meeting."""
    asked = get_object_or_404(UnitReply.objects.select_related("meeting", "unit", "asked_by"), pk=pk)
    if not actions.may_answer(request.user, asked, database_now()):
        raise PermissionDenied

    def draw(**forms: Any) -> HttpResponse:
        form = forms.get("answer_form") or UnitAnswerForm(initial={"answer": asked.answer})
        return render(request, "meetings/staff/unit_reply.html", {"asked": asked, "meeting": asked.meeting, "form": form})

    def answer(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
        actions.answer_unit_question(asked=asked, answer=data["answer"], person=request.user)

    if request.method == "POST":
        said = gettext_lazy("Thank you. Your answer is in the note for the President.")
        deeds = {"answer": Deed(lambda *args, meeting, **named: UnitAnswerForm(*args, **named), answer, said)}
        return carry_out(request, asked.meeting, deeds, draw, request.path)
    return draw()
