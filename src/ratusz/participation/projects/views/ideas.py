"""The idea survey as residents see it: the form while it goes on, numbers and words let out when it is over, the card to print."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.people.actions.limits import use_up
from ratusz.participation.budget import presentation
from ratusz.participation.projects import actions, rules
from ratusz.participation.projects.ideas import card, results
from ratusz.participation.projects.ideas.forms import AnswerForm
from ratusz.participation.projects.models import IdeaSurvey

ANSWERS, ANSWERS_WITHIN = 20, timedelta(hours=1)
"""Answers from one connection: a class at school sends twenty, a script many more."""


def _survey(edition_slug: str) -> IdeaSurvey:
    found = IdeaSurvey.objects.exclude(published_at=None).select_related("edition")
    return get_object_or_404(found, edition__slug=edition_slug)


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """The form without an account; a refusal loses nothing of what was typed. Afterwards the results with their numbers."""
    found, at = _survey(edition_slug), database_now()
    form = AnswerForm(request.POST if request.method == "POST" else None, survey=found)
    status = 200
    if form.is_bound and form.is_valid():
        if not use_up(kind="idea-survey", key=client_line(request), most=ANSWERS, within=ANSWERS_WITHIN):
            form.add_error(None, _("Many answers came from this connection within an hour. Wait an hour, or take a paper card."))
            status = 429
        else:
            try:
                actions.answer_survey(survey=found, given=form.given(), form_key=form.cleaned_data["form_key"])
            except rules.ApplicationRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("We have your answer. The results stand here when the survey is over."))
                return redirect("projects:ideas", edition_slug)
    context = {
        "survey": found, "edition": found.edition, "form": form, "crumbs": presentation.crumbs(),
        "is_open": found.takes_answers(at), "is_over": found.is_over(at), "opens": polish_moment(found.opens_at),
        "closes": polish_moment(found.closes_at), "result": results.result_of(found) if found.is_over(at) else None,
    }  # fmt: skip
    return render(request, "projects/ideas.html", context, status=status)


@require_safe
def download(request: HttpRequest, edition_slug: str, form: str) -> HttpResponse:
    """The paper card from the publishing on; the numbers once the survey is over."""
    found = _survey(edition_slug)
    if form == "karta":
        response = HttpResponse(pdf_of_document(card.card_of(found)), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="karta-ankiety-{edition_slug}.pdf"'
        return response
    if form != "csv" or not found.is_over(database_now()):
        raise Http404
    text = results.as_csv(results.result_of(found))
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ankieta-{edition_slug}.csv"'
    return response
