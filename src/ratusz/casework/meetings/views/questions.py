"""Questions at a meeting by one's personal link: ask in writing, support what others ask."""

from __future__ import annotations

from django import forms
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.links import registration_of
from ratusz.casework.meetings.models import Question, Registration, Support
from ratusz.casework.meetings.models.registrations import SEATED
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only


class AskForm(forms.Form):
    """A question in writing."""

    text = forms.CharField(label=_("Your question"), max_length=1500, widget=forms.Textarea(attrs={"rows": 4}))
    who = forms.CharField(
        label=_("How to call you on the screen"), max_length=120, required=False,
        help_text=_("Everybody in the room sees it. You may leave it empty."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once_only
def questions(request: HttpRequest, token: str) -> HttpResponse:
    """The list that the room sees, with a button of support, and a form for one's own."""
    registration = registration_of(token)
    if registration is None or not registration.is_alive:
        raise Http404
    form, refused = AskForm(request.POST if request.POST.get("deed") == "ask" else None), ""
    if request.method == "POST":
        try:
            if _carried_out(request, registration, form):
                return redirect(request.path + "?dziekujemy")
        except NotYours as refusal:
            raise Http404 from refusal
        except Refused as refusal:
            refused = str(refusal)
    is_open = actions.takes_questions(registration.meeting, database_now())
    mine = Support.objects.filter(question=OuterRef("pk"), registration=registration)
    shown = registration.meeting.questions.filter(state=Question.State.SHOWN)
    shown = shown.annotate(supported=Count("supports"), is_mine=Exists(mine)).order_by("-supported", "asked_at", "pk")
    facts = {
        "meeting": registration.meeting, "questions": shown, "form": form, "is_done": "dziekujemy" in request.GET,
        "refused": refused,
        "may_ask": registration.standing in SEATED and is_open, "is_open": is_open,
    }  # fmt: skip
    response = render(request, "meetings/questions.html", facts)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _carried_out(request: HttpRequest, registration: Registration, form: AskForm) -> bool:
    meeting = registration.meeting
    if request.POST.get("deed") == "support":
        number = request.POST.get("question", "")
        question = (
            meeting.questions.filter(pk=int(number)).first()
            if number.isascii() and number.isdecimal() and len(number) < 18
            else None
        )
        if question is None:
            raise Http404
        actions.support_question(question=question, registration=registration)
        return True
    if not form.is_valid():
        return False
    actions.note_question(meeting=meeting, text=form.cleaned_data["text"], who=form.cleaned_data["who"], registration=registration)
    return True
