"""Research for staff: the list, a card with its facts and files, publishing and withdrawing, what was done with it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date, polish_range, polish_until
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.kit.plain_numbers import plain_number, row_of
from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys.models import ResearchCard, ResearchState, Survey
from ratusz.participation.surveys.queries import answers_of
from ratusz.participation.surveys.research import actions, papers, presentation, queries, rules, tasks
from ratusz.participation.surveys.research.forms import CardForm, StaffFilter, UseForm, WithdrawForm
from ratusz.participation.surveys.rules import NotYours

PAGE, MOST = 50, 5_000
press = partial(buttons.press, refused=rules.ResearchRefused, not_yours=NotYours)


def check(request: HttpRequest, deed: str, card: ResearchCard | None = None) -> datetime:
    """Refuses whoever may not do the deed; gives the moment."""
    at = database_now()
    if not rules.may(request.user, deed, card, at):
        raise PermissionDenied
    return at


def card_for(request: HttpRequest, pk: int, deed: str) -> tuple[ResearchCard, datetime]:
    """The card, for whoever may do the deed with it, and the moment."""
    check(request, deed)
    rows = ResearchCard.objects.select_related("unit", "series", "survey", "questionnaire", "report")
    found = get_object_or_404(rows, pk=pk)
    return found, check(request, deed, found)


def _listed(request: HttpRequest) -> tuple[StaffFilter, Any, datetime]:
    at = check(request, "see")
    form = StaffFilter(request.GET, at=at)
    return form, queries.narrowed(queries.seen_by(request.user, at), form.chosen()), at


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """All cards the person sees, narrowed."""
    form, found, at = _listed(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    rows = [(each, tasks.words(each.task), polish_range(each.starts_on, each.ends_on)) for each in page]
    context = {
        "form": form, "page": page, "rows": rows, "query": query.urlencode(),
        "may_draft": rules.may(request.user, "draft", None, at),
    }  # fmt: skip
    return render(request, "surveys/research/staff/list.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The list of a filter as a workbook."""
    return made_file(papers.register_book(_listed(request)[1][:MOST]), XLSX, "badania.xlsx")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new card, empty or of the survey whose number `ankieta` is."""
    at = check(request, "draft")
    form = CardForm(*_sent(request), at=at, initial=_of_survey(request))
    if form.is_valid():
        try:
            made = actions.make_card(**form.sent(), form_key=form.cleaned_data["form_key"], person=request.user)
            messages.success(request, _("The card has the number %(number)s.") % {"number": made.number})
            return redirect("research_card", made.pk)
        except NotYours:
            form.add_error("unit", _("You write cards of your own unit and of its own surveys. Choose them."))
        except rules.ResearchRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "surveys/research/staff/facts.html", {"form": form})


def _of_survey(request: HttpRequest) -> dict[str, Any]:
    number = plain_number(request.GET.get("ankieta", ""))
    found = Survey.objects.public().filter(pk=number).first() if number else None
    return CardForm.like_survey(found, answers_of(found).count()) if found else {}


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else (None,)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Other facts and files of a card."""
    check(request, "draft")
    before = get_object_or_404(ResearchCard, pk=pk)
    found, at = card_for(request, pk, "draft" if before.state == ResearchState.DRAFT else "publish")
    form = CardForm(*_sent(request), instance=before, at=at)
    if form.is_valid():
        try:
            actions.save_card(card=found, **form.sent(), person=request.user)
            messages.success(request, _("The card is saved."))
            return redirect("research_card", pk)
        except NotYours:
            form.add_error("unit", _("You write cards of your own unit and of its own surveys. Choose them."))
        except rules.ResearchRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "surveys/research/staff/facts.html", {"form": form, "card": found})


@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: facts, what is missing, what to do next."""
    found, at = card_for(request, pk, "see")
    if found.state == ResearchState.DRAFT:
        queries.follow_survey(found, at)
    may = {deed: rules.may(request.user, deed, found, at) for deed in ("draft", "publish", "tell")}
    due = queries.use_due(found)
    context = {
        "card": found, "facts": presentation.facts(found), "may": may, "plain": presentation.plain_words(found, at),
        "files": presentation.files_for_staff(found),
        "gaps": rules.gaps(found, at) if found.state == ResearchState.DRAFT else [], "versions": found.results.all(),
        "uses": queries.uses_of(found).count(), "due": polish_until(due) if due else "", "withdraw_form": WithdrawForm(),
        "may_change": may["draft"] if found.state == ResearchState.DRAFT else may["publish"] and found.is_public,
    }  # fmt: skip
    return render(request, "surveys/research/staff/card.html", context)


@once_only
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft begun by mistake goes."""
    found, _at = card_for(request, pk, "draft")
    try:
        actions.drop_card(card=found, person=request.user)
    except rules.ResearchRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("research_card", pk)
    messages.success(request, _("The draft is dropped."))
    return redirect("research_list")


@once_only
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The card is published, or withdrawn with its reason."""
    found, _at = card_for(request, pk, "publish")
    deed = request.POST.get("deed", "")
    if deed == "publish":
        done = partial(actions.publish_card, card=found, person=request.user)
        return press(request, done, _("The card is published."), "research_card", pk)
    if deed != "withdraw":
        raise Http404
    reason = request.POST.get("reason", "")
    done = partial(actions.withdraw_card, card=found, reason=reason, person=request.user)
    return press(request, done, _("The card is withdrawn."), "research_card", pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def uses(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done with the results: told, and taken back."""
    found, at = card_for(request, pk, "see")
    may_tell = rules.may(request.user, "tell", found, at)
    if request.method == "POST" and not may_tell:
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("deed") == "take_back":
        use = row_of(found.uses.filter(taken_back_at=None), request, "use")
        done = partial(actions.take_back_use, use=use, person=request.user)
        return press(request, done, _("It is taken off the page."), "research_uses", pk)
    start = {"unit": found.unit_id, "used_on": local_day(at)}
    form = UseForm(request.POST if request.method == "POST" else None, initial=start, here=request.build_absolute_uri("/"))
    if form.is_valid():
        try:
            actions.tell_use(card=found, person=request.user, **form.cleaned_data)
            messages.success(request, _("Everybody reads it now."))
            return redirect("research_uses", pk)
        except NotYours:
            form.add_error("unit", _("You tell what your own unit did. Choose it."))
        except rules.ResearchRefused as refusal:
            form.add_error(None, str(refusal))
    due = queries.use_due(found)
    context = {
        "card": found, "form": form, "may_tell": may_tell and found.is_public, "due": polish_until(due) if due else "",
        "uses": [(each, polish_date(each.used_on)) for each in queries.uses_of(found)],
    }  # fmt: skip
    return render(request, "surveys/research/staff/uses.html", context)
