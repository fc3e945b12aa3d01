"""Answering a survey: all questions on one page, or the way to the first part; the receipt; the end for whoever comes too late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import CodeMistyped, formatted, read_code
from ratusz.participation.surveys import actions, links, queries, rules
from ratusz.participation.surveys.forms.asking import AskingForm
from ratusz.participation.surveys.forms.telling import tell_the_rest
from ratusz.participation.surveys.models import Channel, Questionnaire, Submission, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.views import speaking
from ratusz.participation.surveys.views.doors import lets_in
from ratusz.participation.surveys.views.speaking import asking_form, context_of, in_language, survey_of

SAVE, SEND = "save", "send"


@require_safe
def entrance(request: HttpRequest, slug: str) -> HttpResponse:
    """The short address on posters."""
    return redirect("answer:start", survey_of(slug).slug, "pl")


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def start(request: HttpRequest, survey: Survey, language: str, kiosk: str = "") -> HttpResponse:
    """The whole survey, or the door to its first part. Nothing here asks who somebody is; a kiosk leaves nothing behind."""
    if kiosk and not constant_time_compare(kiosk, links.kiosk_key(survey)):
        raise Http404
    if not survey.takes_answers(at := database_now()) and not _came_late(request, survey, at):
        return _closed(request, survey, language)
    if rules.needs_code(survey):
        return redirect("answer:door", survey.slug, language)
    version = queries.version_in_force(survey)
    if survey.is_paged or survey.door != "open":
        return _to_first_part(request, version, language, kiosk)
    return _one_page(request, version, language, kiosk)


def _came_late(request: HttpRequest, survey: Survey, at: datetime) -> bool:
    """Whether somebody sends the one page of a survey that ended meanwhile: they are told so above what they typed."""
    return request.method == "POST" and survey.is_over(at) and survey.door == "open" and not survey.is_paged


def _closed(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    at = database_now()
    context = context_of(survey, language) | {"is_over": survey.is_over(at)}
    return render(request, "surveys/closed.html", context, status=200 if request.method != "POST" else 409)


def _to_first_part(request: HttpRequest, version: Questionnaire, language: str, kiosk: str) -> HttpResponse:
    """What the survey is about, and the button that begins it; where somebody has to declare or give an address, that first."""
    survey = version.survey
    form = lets_in(request, survey, is_guarded=not kiosk)
    if request.method == "POST" and (key := speaking.key_of(request)) and form.is_valid():
        channel = Channel.KIOSK if kiosk else Channel.ONLINE
        try:
            actions.start_draft(version=version, key=key, language=language, channel=channel)
            return redirect("answer:part", survey.slug, language, key, 1)
        except rules.SurveyRefused as refusal:
            messages.warning(request, str(refusal))
    context = context_of(survey, language) | {
        "key": links.new_key(), "questions": len(c.questions_of(version.content)), "form": form,
        "kiosk": kiosk, "is_guarded": not kiosk,
    }  # fmt: skip
    return render(request, "surveys/start.html", context)


def _one_page(request: HttpRequest, version: Questionnaire, language: str, kiosk: str) -> HttpResponse:
    survey, status = version.survey, 200
    shown = request.POST.get("wersja", "")
    if shown.isdecimal() and shown != str(version.number):
        version = survey.versions.exclude(published_at=None).filter(number=shown[:5]).first() or version
        version.survey = survey
    if request.method == "POST" and (sent := speaking.sent_before(request, survey)) is not None:
        return to_receipt(survey, actions.Sent(sent, is_again=True), language, kiosk)
    form = asking_form(request, version, [], language, {}, is_guarded=not kiosk)
    if request.method == "POST" and not form.is_only_drawn:
        answer, status = _sent(request, version, form, language, kiosk)
        if answer is not None:
            return answer
        form.ask_files_again()
    context = context_of(survey, language, "kiosk" if kiosk else "start", **({"kiosk": kiosk} if kiosk else {})) | {
        "form": form, "key": speaking.key_of(request) or links.new_key(), "version": version, "kiosk": kiosk,
        "is_guarded": not kiosk,
    }  # fmt: skip
    return render(request, "surveys/one_page.html", context, status=status)


def _sent(
    request: HttpRequest, version: Questionnaire, form: AskingForm, language: str, kiosk: str
) -> tuple[HttpResponse | None, int]:
    """The answer to a form that was sent; None where the page is drawn again with what was typed."""
    survey, key = version.survey, speaking.key_of(request)
    if not form.is_valid():
        tell_the_rest(form, asks_all=request.POST.get("deed") != SAVE)
        return None, 400
    if not key:
        words = _("Something of this page was lost on its way. Press the button once more: what you typed is still here.")
        form.add_error(None, words)
        return None, 400
    if kiosk and not speaking.may_send(request, survey, kiosk=True):
        form.add_error(None, _("Many answers came from this connection within an hour. Wait an hour, or take a paper card."))
        return None, 429
    try:
        if request.POST.get("deed") == SAVE:
            return _saved(version, form, key, language), 302
        return _taken(request, version, form, (key, language, kiosk)), 302
    except rules.QuotaFull:
        return redirect("answer:enough", survey.slug, language), 302
    except rules.AnswersWrong as wrong:
        form.blame(wrong.errors)
        tell_the_rest(form, asks_all=request.POST.get("deed") != SAVE)
    except rules.SurveyRefused as refusal:
        form.add_error(None, str(refusal))
    return None, 400


def _saved(version: Questionnaire, form: AskingForm, key: str, language: str) -> HttpResponse:
    draft = actions.start_draft(version=version, key=key, language=language)
    pages = range(len(c.pages_of(version.content)))
    actions.keep_page(draft=draft, pages=pages, given=form.given(), uploads=form.uploads(), asks_all=False)
    return redirect("answer:draft", version.survey.slug, language, key)


def _taken(request: HttpRequest, version: Questionnaire, form: AskingForm, facts: tuple[str, str, str]) -> HttpResponse:
    key, language, kiosk = facts
    sent = actions.submit_answer(
        version=version, key=key, given=form.given(), language=language, uploads=form.uploads(),
        channel=Channel.KIOSK if kiosk else Channel.ONLINE,
    )  # fmt: skip
    return to_receipt(version.survey, sent, language, kiosk)


def to_receipt(survey: Survey, sent: actions.Sent, language: str, kiosk: str = "") -> HttpResponse:
    """Where a form that was sent leads."""
    answer = redirect("answer:done", survey.slug, language, sent.submission.receipt)
    if kiosk:
        answer["Location"] += f"?kiosk={kiosk}"
    return answer


@never_cache
@require_safe
@in_language
def done(request: HttpRequest, survey: Survey, language: str, receipt: str) -> HttpResponse:
    """The receipt: that an answer was taken, and which answers were left out because their questions were hidden."""
    try:
        found = Submission.objects.filter(survey=survey, receipt=read_code(receipt)).first()
    except CodeMistyped:
        found = None
    if found is None:
        raise Http404
    kiosk = request.GET.get("kiosk", "")
    context = context_of(survey, language, "done", receipt=receipt) | {
        "code": formatted(found.receipt), "thanks": survey.said("thanks", language), "dropped": _dropped(survey, found.dropped),
        "kiosk": kiosk if kiosk and constant_time_compare(kiosk, links.kiosk_key(survey)) else "",
    }  # fmt: skip
    return render(request, "surveys/done.html", context)


def _dropped(survey: Survey, codes: list[Any]) -> str:
    """Numbers of the questions that were hidden, as people saw them."""
    numbers = c.numbers_of(queries.version_in_force(survey).content) if codes else {}
    return ", ".join(str(numbers[code]) for code in codes if code in numbers)


@never_cache
@require_safe
@in_language
def enough(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    """The polite end for whoever belongs to a group that has answered enough."""
    return render(request, "surveys/enough.html", context_of(survey, language, "enough"))
