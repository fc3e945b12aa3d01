"""Surveys: the list, a new one, the page of one with its counts, its facts, publishing in two steps, its end."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.dates import polish_date, polish_end, polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys import actions, links, queries, rules
from ratusz.participation.surveys.forms.staff import EndForm, FactsForm, FindForm, NewForm
from ratusz.participation.surveys.models import STATES, Channel, ResearchCard, Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.views.staff.deeds import check, press, survey_for

ON_A_PAGE, EARLIER = 50, 50


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """All surveys with their state, whose move it is, and how many answered."""
    at = check(request, "see")
    form = FindForm(request.GET, label_suffix="")
    clean = form.cleaned_data if form.is_valid() else {}
    found = queries.register(
        words=clean.get("szukaj", ""), state=clean.get("stan", ""), unit=clean.get("komorka"), person=request.user, at=at
    )  # fmt: skip
    page = Paginator(queries.with_counts(found), ON_A_PAGE).get_page(request.GET.get("p"))
    rows = [(each, STATES[queries.state_of(each, at)], _closing(each)) for each in page.object_list]
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "rows": rows, "page": page, "form": form, "query": query.urlencode(),
        "may_draft": rules.may(request.user, "draft", None, at), "may_load": rules.may(request.user, "publish", None, at),
    }  # fmt: skip
    return render(request, "surveys/staff/list.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new survey."""
    at = check(request, "draft")
    earlier = list(queries.seen_by(request.user, at).order_by("-made_at")[:EARLIER])
    form = NewForm(request.POST if request.method == "POST" else None, earlier=earlier)
    if form.is_valid():
        clean = form.cleaned_data
        kind, _colon, key = clean["ready"].partition(":")
        like = next((each for each in earlier if kind == "s" and str(each.pk) == key), None)
        try:
            made = actions.make_survey(
                title=clean["title"],
                slug=clean["slug"],
                unit=clean["unit"],
                ready=key if kind == "r" else "",
                like=like,
                person=request.user,
            )
            return redirect("surveys_facts", made.pk)
        except rules.NotYours:
            form.add_error("unit", _("You write surveys of your own unit. Choose it."))
        except rules.SurveyRefused as refusal:
            form.add_error("slug", str(refusal))
    return render(request, "surveys/staff/new.html", {"form": form})


@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: what to do next, and what comes in each day by each channel."""
    found, at = survey_for(request, pk, "see")
    draft = queries.draft_version(found)
    may = {deed: rules.may(request.user, deed, found, at) for deed in ("draft", "publish", "enter")}
    context = {
        "survey": found, "state": STATES[queries.state_of(found, at)], "draft": draft, "may": may,
        "is_over": found.is_over(at), "days": _days(found), "channels": _channels(found), "groups": queries.counts_by_group(found),
        "quotas": found.quotas.all(), "versions": found.versions.all(), "note": selection_note(found),
        "opens": _told(found.opens_at), "closes": _closing(found),
        "research": ResearchCard.objects.filter(survey=found).first(),
        "kiosk": links.full_address(reverse("answer:kiosk", args=[found.slug, "pl", links.kiosk_key(found)])),
        "short": links.full_address(reverse("answer:entrance", args=[found.slug])),
        "end_form": EndForm(initial={"closes_at": found.closes_at}, label_suffix=""),
    }  # fmt: skip
    return render(request, "surveys/staff/survey.html", context)


def _closing(found: Survey) -> str:
    """The end as it is: a survey that ended early ended then."""
    return polish_end(found.ends_at) if found.ends_at else ""


def _told(moment: datetime | None) -> str:
    return polish_moment(moment) if moment else ""


def _channels(found: Survey) -> list[tuple[str, int]]:
    counts = queries.counts_by_channel(found)
    return [(str(label), counts.get(code, 0)) for code, label in Channel.choices]


def _days(found: Survey) -> list[tuple[str, list[int]]]:
    """Day and numbers by channel, in the order of Channel."""
    by_day: dict[Any, dict[str, int]] = {}
    for row in queries.counts_by_day(found):
        by_day.setdefault(row["day"], {})[row["channel"]] = row["count"]
    return [(polish_date(day), [counts.get(code, 0) for code, _label in Channel.choices]) for day, counts in by_day.items()]


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom it asks, how and when."""
    found, at = survey_for(request, pk, "draft")
    form = FactsForm(request.POST if request.method == "POST" else None, instance=Survey.objects.get(pk=found.pk))
    if form.is_valid():
        try:
            actions.save_survey(survey=found, facts=form.facts(), person=request.user)
            messages.success(request, _("The survey is saved."))
            return redirect("surveys_survey", pk)
        except rules.NotYours:
            form.add_error(None, _("You write surveys of your own unit, before they are published."))
        except rules.SurveyRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "surveys/staff/facts.html", {"form": form, "survey": found})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What is published and what can never change afterwards; then the button."""
    found, at = survey_for(request, pk, "publish")
    draft = queries.draft_version(found)
    if request.method == "POST":
        deed = partial(actions.publish, survey=found, person=request.user)
        return press(request, deed, _("It is published."), "surveys_survey", pk)
    problems = rules.problems(found, draft, at)
    context = {
        "survey": found, "draft": draft, "problems": problems, "hinders": any(not each.is_warning for each in problems),
        "opens": _told(found.opens_at), "closes": _closing(found),
    }  # fmt: skip
    return render(request, "surveys/staff/publish.html", context)


@once_only
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day moves, or the survey ends before its time."""
    found, _at = survey_for(request, pk, "publish")
    deed = request.POST.get("deed", "")
    if deed == "close":
        done = partial(actions.close_survey, survey=found, reason=request.POST.get("reason", ""), person=request.user)
        return press(request, done, _("The survey is closed."), "surveys_survey", pk)
    if deed != "move":
        raise Http404
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["closes_at"]))
        return redirect("surveys_survey", pk)
    moved = partial(actions.move_end, survey=found, closes_at=form.cleaned_data["closes_at"], person=request.user)
    return press(request, moved, _("The last day is moved."), "surveys_survey", pk)


@once_only
@require_POST
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of the questions begins."""
    found, _at = survey_for(request, pk, "draft")
    deed = partial(actions.begin_version, survey=found, person=request.user)
    return press(request, deed, _("A new version is begun from the questions as they are."), "surveys_questions", pk)
