"""The idea survey as the Office sees it: written and published, urns counted, cards entered, numbers so far."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, rules
from ratusz.participation.projects.ideas import results
from ratusz.participation.projects.ideas.forms import CardForm, SurveyForm, UrnForm
from ratusz.participation.projects.models import IdeaSurvey, Urn


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey of one edition: its form, its publishing, its urns and numbers."""
    at = database_now()
    may_write = rules.may(request.user, "survey", None, at)
    if not may_write and not rules.may(request.user, "enter", None, at):
        raise PermissionDenied
    edition = get_object_or_404(Edition, pk=pk)
    found = IdeaSurvey.objects.filter(edition=edition).first()
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = SurveyForm(request.POST if deed == "save" else None, survey=found)
    urn_form = UrnForm(request.POST if deed == "urn" else None)
    if words := _done(request, edition, found, deed, form, urn_form):
        messages.success(request, words)
        return redirect("projects_ideas", pk)
    context = {
        "edition": edition, "survey": found, "form": form, "urn_form": urn_form, "may_write": may_write,
        "result": results.result_of(found) if found and found.published_at else None, "is_over": bool(found and found.is_over(at)),
        "urns": found.urns.order_by("pk") if found else [],
    }  # fmt: skip
    return render(request, "projects/staff/ideas.html", context)


def _done(request: HttpRequest, edition: Edition, found: IdeaSurvey | None, deed: str, form: SurveyForm, urn_form: UrnForm) -> str:
    """What is true now; "" when nothing was done or the form says what to mend."""
    shown: Any = urn_form if deed == "urn" else form
    try:
        if deed == "save" and form.is_valid():
            actions.save_survey(edition=edition, facts=form.facts(), person=request.user)
            return _("The survey is saved.")
        if deed == "publish" and found is not None:
            actions.publish_survey(survey=found, person=request.user)
            return _("The survey is published. Its questions stay as they are.")
        if deed == "urn" and found is not None and urn_form.is_valid():
            actions.count_urn(survey=found, person=request.user, **urn_form.cleaned_data)
            return _("The urn is counted. Now enter its cards.")
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.ApplicationRefused as refusal:
        if shown.is_bound:
            shown.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
    return ""


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Cards of one urn, entered one by one; the next number that is missing is proposed."""
    if not rules.may(request.user, "enter", None, database_now()):
        raise PermissionDenied
    urn = get_object_or_404(Urn.objects.select_related("survey__edition"), pk=pk)
    entered = set(urn.answers.values_list("card", flat=True))
    following = next((number for number in range(1, urn.cards + 1) if number not in entered), None)
    form = CardForm(request.POST if request.method == "POST" else None, survey=urn.survey, initial={"card": following})
    if form.is_bound and form.is_valid():
        try:
            made = actions.enter_card(urn=urn, card=form.cleaned_data["card"], given=form.given(), person=request.user)
        except rules.ApplicationRefused as refusal:
            form.add_error("card", str(refusal))
        else:
            messages.success(request, _("Card %(card)d is entered.") % {"card": made.card})
            return redirect("projects_idea_cards", pk)
    context = {"urn": urn, "form": form, "entered": len(entered), "is_whole": following is None}
    return render(request, "projects/staff/idea_cards.html", context)
