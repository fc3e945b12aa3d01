"""A survey part by part, behind a link of one's own: each part on its page, save and come back, send."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions.limits import use_up
from ratusz.participation.surveys import actions, links, rules
from ratusz.participation.surveys.forms.asking import AskingForm
from ratusz.participation.surveys.forms.telling import tell_the_rest
from ratusz.participation.surveys.models import Channel, Draft, Submission, Survey
from ratusz.participation.surveys.views.answering import SAVE, to_receipt
from ratusz.participation.surveys.views.speaking import (
    asking_form,
    context_of,
    in_language,
    may_send,
    place_of,
    section_titles,
    sections_of,
)


class LinkForm(forms.Form):
    """Where the link of a draft is sent."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Only for this link. It is deleted together with the draft."),
    )  # fmt: skip

    def clean_email(self) -> str:
        try:
            return clean_address("email", self.cleaned_data["email"])
        except NotDeliverable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@csrf_protect
@private
@sensitive_post_parameters()
@in_language
def draft(request: HttpRequest, survey: Survey, language: str, key: str) -> HttpResponse:
    """One's own draft: go on, have the link sent, delete it."""
    mine = links.draft_of(survey, key)
    if mine is None:
        return _gone(request, survey, language, key)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = LinkForm(request.POST if deed == "link" else None, label_suffix="")
    if deed == "drop":
        actions.drop_draft(draft=mine)
        messages.success(request, _("Your draft is deleted."))
        return redirect("answer:start", survey.slug, language)
    if form.is_valid():
        if use_up(kind="survey-link", key=client_line(request), most=rules.LINKS, within=rules.ANSWERS_WITHIN):
            actions.send_draft_link(draft=mine, key=key, email=form.cleaned_data["email"])
            messages.success(request, _("We have sent you the link."))
            return redirect("answer:draft", survey.slug, language, key)
        form.add_error(None, _("Many links were sent over this connection within an hour. Save the address of this page instead."))
    context = context_of(survey, language, "draft", key=key) | {"form": form, "draft": mine, "key": key}
    return render(request, "surveys/draft.html", context)


def _gone(request: HttpRequest, survey: Survey, language: str, key: str) -> HttpResponse:
    """A draft that was sent leads to its receipt; of any other nothing is left."""
    sent = Submission.objects.filter(key=links.key_digest(survey, key)).first() if links.FORM_KEY.fullmatch(key) else None
    if sent is not None:
        return to_receipt(survey, actions.Sent(sent, is_again=True), language)
    return render(request, "surveys/gone.html", context_of(survey, language), status=404)


@csrf_protect
@private
@sensitive_post_parameters()
@in_language
def part(request: HttpRequest, survey: Survey, language: str, key: str, number: int) -> HttpResponse:
    """One part of the questions; the last one sends the whole. The browser's own way back shows what was answered."""
    mine = links.draft_of(survey, key)
    if mine is None:
        return _gone(request, survey, language, key)
    mine.questionnaire.survey = survey
    sections = sections_of(survey, mine.questionnaire, mine.content)
    if not 1 <= number <= len(sections):
        return redirect("answer:part", survey.slug, language, key, 1)
    pages = sections[number - 1]
    form = asking_form(request, mine.questionnaire, pages, language, mine.content)
    status = 200
    if request.method == "POST" and not form.is_only_drawn:
        answer = _kept(request, survey, mine, form, (key, language, number, pages)) if form.is_valid() else None
        if answer is not None:
            return answer
        tell_the_rest(form, asks_all=request.POST.get("deed") != SAVE)
        status = 400
    context = context_of(survey, language, "part", key=key, number=number) | {
        "form": form, "key": key, "number": number, "back": number - 1, "all": len(sections), "is_last": number == len(sections),
        "titles": section_titles(mine.questionnaire, pages, language),
    }  # fmt: skip
    return render(request, "surveys/part.html", context, status=status)


def _kept(
    request: HttpRequest, survey: Survey, mine: Draft, form: AskingForm, facts: tuple[str, str, int, list[int]]
) -> HttpResponse | None:
    """Where a part that was sent leads; None where it is drawn again with what is to be mended."""
    key, language, number, pages = facts
    saves = request.POST.get("deed") == SAVE
    try:
        kept = actions.keep_page(draft=mine, pages=pages, given=form.given(), uploads=form.uploads(), asks_all=not saves)
    except rules.AnswersWrong as wrong:
        form.blame(wrong.errors)
        return None
    except rules.SurveyRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if saves:
        return redirect("answer:draft", survey.slug, language, key)
    following = sections_of(survey, kept.questionnaire, kept.content)
    if number < len(following):
        return redirect("answer:part", survey.slug, language, key, number + 1)
    return _send(request, survey, kept, form, (key, language))


def _send(request: HttpRequest, survey: Survey, mine: Draft, form: AskingForm, facts: tuple[str, str]) -> HttpResponse | None:
    key, language = facts
    if not may_send(request, survey, kiosk=mine.channel == Channel.KIOSK):
        form.add_error(None, _("Many answers came from this connection within an hour. Wait an hour, or take a paper card."))
        return None
    try:
        sent = actions.send_draft(draft=mine, key=key)
        return to_receipt(survey, sent, language, links.kiosk_key(survey) if mine.channel == Channel.KIOSK else "")
    except rules.QuotaFull:
        return redirect("answer:enough", survey.slug, language)
    except rules.AnswersWrong as wrong:
        messages.warning(request, str(wrong))
        sections = sections_of(survey, mine.questionnaire, mine.content)
        return redirect("answer:part", survey.slug, language, key, place_of(mine, sections, next(iter(wrong.errors))))
    except rules.SurveyRefused as refusal:
        form.add_error(None, str(refusal))
        return None
