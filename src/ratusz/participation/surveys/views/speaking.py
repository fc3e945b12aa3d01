"""What the pages of answering share: their language, the survey behind an address, its parts, limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import last_moment_in_words
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.territory.models import District
from ratusz.participation.surveys import links, rules
from ratusz.participation.surveys.forms.asking import AskingForm, HiddenFacts, SentForm
from ratusz.participation.surveys.models import Draft, Questionnaire, Submission, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.judging import items_to_show, pages_shown
from ratusz.ui.languages import UKRAINIAN, in_ukrainian

View = Callable[..., HttpResponse]


def in_language(view: View) -> View:
    """The page in the language of its address; surveys speak Ukrainian, too."""

    @wraps(view)
    def speaking(request: HttpRequest, slug: str, language: str, **named: Any) -> HttpResponse:
        survey = survey_of(slug)
        if rules.language_of(survey, language) != language:
            raise Http404
        if language == UKRAINIAN:
            answer = in_ukrainian(lambda: view(request, survey=survey, language=language, **named))
        else:
            with override(language):
                answer = view(request, survey=survey, language=language, **named)
        answer.headers.setdefault("Content-Language", language)
        return answer

    return speaking


def survey_of(slug: str) -> Survey:
    """A published survey."""
    return get_object_or_404(Survey.objects.public().select_related("unit"), slug=slug)


def until(survey: Survey, language: str) -> str:
    """Its end in words."""
    return last_moment_in_words(survey.ends_at, language) if survey.ends_at else ""


def context_of(survey: Survey, language: str, page: str = "start", **parts: Any) -> dict[str, Any]:
    """What every page of answering shows. `page` is where the links to other languages lead."""
    languages = [
        (code, rules.LANGUAGES[code], reverse(f"answer:{page}", kwargs={"slug": survey.slug, "language": code, **parts}))
        for code in survey.languages
    ]  # fmt: skip
    return {
        "survey": survey, "language": language, "languages": languages if len(languages) > 1 else [],
        "title": survey.said("title", language), "lead": survey.said("lead", language), "until": until(survey, language),
    }  # fmt: skip


def sections_of(survey: Survey, version: Questionnaire, answers: dict[str, Any]) -> list[list[int]]:
    """Which parts stand on which page: each on its own those that concern the person, or all on one."""
    if survey.is_paged:
        return [[number] for number in pages_shown(version.content, answers)]
    return [list(range(len(c.pages_of(version.content))))]


def asking_form(
    request: HttpRequest,
    version: Questionnaire,
    pages: list[int],
    language: str,
    answers: dict[str, Any],
    *,
    is_guarded: bool = False,
) -> AskingForm:
    """The form of some parts, bound when something was sent; a guarded one keeps machines out."""
    is_sent = request.method == "POST"
    content = version.content
    if version.survey.is_paged:
        items = [item for page in pages for item in items_to_show(content, page, answers)]
    else:
        items = list(c.items_of(content))
    facts: dict[str, Any] = {
        "items": items, "language": language, "content": content, "answers": answers, "districts": districts_for(items),
    }  # fmt: skip
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    if is_guarded:
        return SentForm(data, files, at=database_now(), line=client_line(request), **facts)
    return AskingForm(data, files, **facts)


def districts_for(items: list[c.Item]) -> list[tuple[int, str]]:
    """Number and name of every district, where a question asks for one."""
    if not any(item["kind"] == c.DISTRICT for item in items):
        return []
    return list(District.objects.by_name().values_list("number", "name"))


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent; "" for none, or for a machine that filled the field people do not see."""
    hidden = HiddenFacts(request.POST)
    return hidden.cleaned_data["klucz"] if hidden.is_valid() and not hidden.cleaned_data["homepage"] else ""


def sent_before(request: HttpRequest, survey: Survey) -> Submission | None:
    """What came of this form when it was sent before."""
    key = key_of(request)
    return Submission.objects.filter(key=links.key_digest(survey, key)).first() if key else None


def may_send(request: HttpRequest, survey: Survey, *, kiosk: bool = False) -> bool:
    """Whether this connection may send one more answer within the hour."""
    most = rules.KIOSK_ANSWERS if kiosk else rules.ANSWERS
    return use_up(kind="survey", key=f"{survey.pk}|{client_line(request)}", most=most, within=rules.ANSWERS_WITHIN)


def section_titles(version: Questionnaire, pages: list[int], language: str) -> list[str]:
    """Titles of the parts on one page."""
    found = [c.text_of(c.pages_of(version.content)[page].get("title"), language) for page in pages]
    return [each for each in found if each]


def place_of(draft: Draft, sections: list[list[int]], code: str) -> int:
    """The page, from 1, on which a question stands for this person; 1 when none has it."""
    holding = c.page_holding(draft.questionnaire.content, code)
    return next((number for number, pages in enumerate(sections, 1) if holding in pages), 1)
