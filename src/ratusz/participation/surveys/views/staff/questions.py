"""The editor of the questions, without any code and without scripts: add, change, move, delete, take back; the preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys import actions, queries, rules, terms
from ratusz.participation.surveys.forms.asking import AskingForm
from ratusz.participation.surveys.forms.editor import KIND_WORDS, ItemForm, PartForm
from ratusz.participation.surveys.models import Questionnaire, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions import editing
from ratusz.participation.surveys.questions.judging import judge
from ratusz.participation.surveys.questions.wording import condition_words
from ratusz.participation.surveys.views.speaking import context_of, districts_for
from ratusz.participation.surveys.views.staff.deeds import press, survey_for

Change = Callable[[c.Content], c.Content]


@require_http_methods(["GET", "HEAD"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """All parts and questions of the newest version, with what stands in the way of publishing."""
    found, at = survey_for(request, pk, "see")
    version = queries.newest_version(found)
    may_change = version.published_at is None and rules.may(request.user, "draft", found, at)
    problems = rules.problems(found, version, at) if version.published_at is None else []
    by_code: dict[str, list[str]] = {}
    for each in problems:
        by_code.setdefault(each.code, []).append(each.words)
    context = {
        "survey": found, "version": version, "may_change": may_change, "parts": _parts(version.content, by_code),
        "problems": by_code.get("", []), "kinds": list(KIND_WORDS.items()), "library": list(terms.library().values()),
    }  # fmt: skip
    return render(request, "surveys/staff/questions.html", context)


def _parts(content: c.Content, problems: dict[str, list[str]]) -> list[dict[str, Any]]:
    numbers = c.numbers_of(content)
    return [
        {
            "page": page, "title": c.text_of(page.get("title"), "pl"),
            "condition": condition_words(content, page.get("show_if"), "pl"),
            "problems": problems.get(page["code"], []),
            "items": [
                {
                    "item": item, "number": numbers.get(item["code"], ""), "text": c.text_of(item["text"], "pl"),
                    "kind": KIND_WORDS[item["kind"]], "condition": condition_words(content, item.get("show_if"), "pl"),
                    "problems": problems.get(item["code"], []),
                }
                for item in page["items"]
            ],
        }
        for page in c.pages_of(content)
    ]  # fmt: skip


def _change(deed: str, code: str) -> Change:
    """The change behind a button of the editor."""
    changes: dict[str, Change] = {
        "up": lambda content: editing.moved(content, code, -1), "down": lambda content: editing.moved(content, code, 1),
        "duplicate": lambda content: editing.duplicated(content, code)[0],
        "delete": lambda content: editing.without_item(content, code),
        "page_up": lambda content: editing.moved_page(content, code, -1),
        "page_down": lambda content: editing.moved_page(content, code, 1),
        "page_delete": lambda content: editing.without_page(content, code), "page": lambda content: editing.with_page(content, {}),
    }  # fmt: skip
    if deed == "library" and code in terms.library():
        return lambda content: editing.joined(content, terms.library()[code].content)
    if deed not in changes:
        raise Http404
    return changes[deed]


@once_only
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One button of the editor."""
    found, _at = survey_for(request, pk, "draft")
    deed, code = request.POST.get("deed", ""), request.POST.get("code", "")
    if deed == "undo":
        undone = partial(actions.take_back_change, survey=found, person=request.user)
        return press(request, undone, _("The last change is taken back."), "surveys_questions", pk)
    done = partial(actions.change_questions, survey=found, change=_change(deed, code), person=request.user)
    return press(request, done, _("The questions are changed. You may take the change back."), "surveys_questions", pk)


def _version(found: Survey) -> Questionnaire:
    version = queries.draft_version(found)
    if version is None:
        raise Http404
    return version


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """A new question of the kind chosen in the address."""
    found, _at = survey_for(request, pk, "draft")
    version, kind = _version(found), request.GET.get("rodzaj", "")
    numbers = [number for number, each in enumerate(c.pages_of(version.content)) if each["code"] == page]
    if kind not in KIND_WORDS or not numbers:
        raise Http404
    before = [item for each in c.pages_of(version.content)[: numbers[0] + 1] for item in each["items"]]
    form = _item_form(request, found, version, {"kind": kind}, before)
    if form.is_valid():
        item = form.item()
        return _saved(request, found, lambda content: editing.with_item(content, page, item)[0])
    return _drawn(request, found, form, kind)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One question."""
    found, _at = survey_for(request, pk, "draft")
    version = _version(found)
    items = list(c.items_of(version.content))
    old = c.item_of(version.content, code)
    if old is None:
        raise Http404
    form = _item_form(request, found, version, old, items[: items.index(old)])
    if form.is_valid():
        item = form.item()
        return _saved(request, found, lambda content: editing.with_changed_item(content, item))
    return _drawn(request, found, form, old["kind"])


def _item_form(request: HttpRequest, found: Survey, version: Questionnaire, old: c.Item, before: list[c.Item]) -> ItemForm:
    data = request.POST if request.method == "POST" else None
    return ItemForm(data, survey=found, content=version.content, old=old, before=before)


def _saved(request: HttpRequest, found: Survey, made: Change) -> HttpResponse:
    deed = partial(actions.change_questions, survey=found, change=made, person=request.user)
    return press(request, deed, _("The question is saved."), "surveys_questions", found.pk)


def _drawn(request: HttpRequest, found: Survey, form: Any, kind: str) -> HttpResponse:
    return render(request, "surveys/staff/item.html", {"survey": found, "form": form, "kind": KIND_WORDS.get(kind, _("Part"))})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Title and condition of one part."""
    found, _at = survey_for(request, pk, "draft")
    version = _version(found)
    pages = c.pages_of(version.content)
    number = next((number for number, each in enumerate(pages) if each["code"] == code), None)
    if number is None:
        raise Http404
    before = [item for each in pages[:number] for item in each["items"]]
    data = request.POST if request.method == "POST" else None
    form = PartForm(data, survey=found, content=version.content, page=pages[number], before=before)
    if form.is_valid():
        title, condition = form.title(), form.cleaned_data["show_if"]
        return _saved(request, found, lambda content: editing.with_page_facts(content, code, title, condition))
    return _drawn(request, found, form, "")


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions as people see them, in any language; what is sent here is judged and kept nowhere."""
    found, _at = survey_for(request, pk, "see")
    language = rules.language_of(found, request.GET.get("jezyk", "pl"))
    version = queries.newest_version(found)
    with override(language):
        items = list(c.items_of(version.content))
        data = request.POST if request.method == "POST" else None
        form = AskingForm(data, None, items=items, language=language, content=version.content, districts=districts_for(items))
        if data is not None and form.is_valid():
            _tell(request, version, form)
        context = context_of(found, language) | {
            "form": form, "survey": found,
            "languages": [(code, rules.LANGUAGES[code], f"?jezyk={code}") for code in found.languages],
        }  # fmt: skip
        return render(request, "surveys/staff/preview.html", context)


def _tell(request: HttpRequest, version: Questionnaire, form: AskingForm) -> None:
    """What would become of this answer."""
    judged = judge(version.content, form.given())
    numbers = c.numbers_of(version.content)
    if judged.errors:
        form.blame(judged.errors)
    else:
        messages.success(request, _("This answer would be taken. Nothing was kept."))
    if judged.dropped:
        hidden = ", ".join(str(numbers[code]) for code in judged.dropped)
        messages.warning(request, _("Answers to hidden questions would be left out: %(numbers)s.") % {"numbers": hidden})
