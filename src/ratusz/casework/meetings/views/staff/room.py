"""The host's screen: who speaks, questions, voices written down; and the desk for requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import actions, rules
from ratusz.casework.meetings.day_forms import FileRequestForm, QuestionForm, SettleForm, SpeakerForm, VoiceForm
from ratusz.casework.meetings.models import Meeting, Question
from ratusz.casework.meetings.papers import receipt_document
from ratusz.casework.meetings.views.staff.deeds import Deed, carry_out, ids_of, meeting_for
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only

SCREEN = "meetings.screen"
SCREEN_LASTS = timedelta(days=1)
STATES_IN_ORDER = (Question.State.NEW, Question.State.SHOWN, Question.State.ANSWERED, Question.State.HIDDEN)
TO_READ_FIRST = Case(*(When(state=state, then=place) for place, state in enumerate(STATES_IN_ORDER)))
"""What the host still has to read stands on top, what is done with at the end."""


def _speaker(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    speaker = row_of(meeting.speakers, request, "speaker")
    actions.run_speaker(speaker=speaker, step=request.POST.get("step", ""), person=request.user)


def _settle(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    facts = {name: data[name] for name in ("question", "state", "group_words", "because")}
    actions.settle_question(agenda_item=facts["question"].agenda_item, person=request.user, **facts)


def _voice(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    data.pop("form")
    speaker = row_of(meeting.speakers, request, "speaker") if request.POST.get("speaker") else None
    asked = row_of(meeting.questions, request, "asked") if request.POST.get("asked") else None
    actions.write_voice(meeting=meeting, speaker=speaker, asked=asked, person=request.user, **data)


DEEDS = {
    "sign_up": Deed(
        SpeakerForm, lambda meeting, data, request: actions.sign_up_speaker(meeting=meeting, who=data["who"], person=request.user)
    ),
    "speaker": Deed(None, _speaker),
    "ask": Deed(
        QuestionForm,
        lambda meeting, data, request: actions.note_question(
            meeting=meeting, text=data["text"], who=data["who"], person=request.user
        ),
    ),
    "settle": Deed(SettleForm, _settle),
    "voice": Deed(VoiceForm, _voice, gettext_lazy("The voice is written down.")),
    "remove_voice": Deed(
        None,
        lambda meeting, data, request: actions.remove_voice(
            voice=row_of(meeting.voices, request, "voice"), person=request.user
        ),
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the host and the minute-taker need while the meeting runs."""
    meeting, at = meeting_for(request, pk, "see")

    def draw(**forms: Any) -> HttpResponse:
        token = sign_link(SCREEN, meeting.pk, max(meeting.ends_at, at) + SCREEN_LASTS)
        speakers = list(meeting.speakers.order_by("order"))
        facts = {
            "meeting": meeting, "tab": "room", "at": at, "speakers": speakers,
            "speaking": next((each for each in speakers if each.started_at and not each.ended_at), None),
            "questions": meeting.questions.annotate(supported=Count("supports")).order_by(TO_READ_FIRST, "-supported", "pk"),
            "states": Question.State.choices,
            "voices": meeting.voices.select_related("agenda_item").order_by("-number"),
            "screen": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("meetings:screen", args=[meeting.pk, token]),
            "may_preside": rules.may(request.user, "preside", meeting, at),
            "may_write": rules.may(request.user, "write_minutes", meeting, at),
            "sign_up_form": SpeakerForm(meeting=meeting, auto_id=ids_of("sign_up")),
            "ask_form": QuestionForm(meeting=meeting, auto_id=ids_of("ask")),
            "voice_form": VoiceForm(meeting=meeting, auto_id=ids_of("voice")),
        }  # fmt: skip
        return render(request, "meetings/staff/room.html", facts | forms)

    if request.method == "POST":
        return carry_out(request, meeting, DEEDS, draw, reverse("meetings_room", args=[pk]))
    return draw()


def _file(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> None:
    data.pop("form")
    upload = data.pop("scan")
    actions.file_request(meeting=meeting, person=request.user, scan=(upload, upload.name) if upload else None, **data)


REQUEST_DEEDS = {
    "file": Deed(FileRequestForm, _file, gettext_lazy("The request is taken in. Print the receipt or send it by mail."))
}


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def requests(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk: a form, and numbers filed so far without anybody's name."""
    meeting, _at = meeting_for(request, pk, "take_requests")

    def draw(**forms: Any) -> HttpResponse:
        facts = {
            "meeting": meeting,
            "tab": "requests",
            "filed": meeting.requests.order_by("-pk"),
            "file_form": FileRequestForm(meeting=meeting),
        }
        return render(request, "meetings/staff/requests.html", facts | forms)

    if request.method == "POST":
        return carry_out(request, meeting, REQUEST_DEEDS, draw, reverse("meetings_requests", args=[pk]))
    return draw()


@require_safe
def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The receipt on paper."""
    meeting, _at = meeting_for(request, pk, "take_requests")
    filed = get_object_or_404(meeting.requests, pk=number)
    record_read(subject=filed, fields=["text"], actor=request.user)
    headers = {"Content-Disposition": f'inline; filename="potwierdzenie-{filed.pk}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf_of_document(receipt_document(filed)), content_type="application/pdf", headers=headers)
