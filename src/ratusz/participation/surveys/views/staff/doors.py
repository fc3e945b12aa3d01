"""One-time codes, shown once in a file or as letters, and quotas of groups."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.made_files import CSV, made_file
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys import actions, links, papers, queries, rules
from ratusz.participation.surveys.forms.staff import CodesForm, QuotaForm
from ratusz.participation.surveys.models import Quota, Survey
from ratusz.participation.surveys.questions.wording import condition_words
from ratusz.participation.surveys.views.staff.deeds import press, survey_for


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Batches of codes with how many were used; new ones leave in a file, once."""
    found, _at = survey_for(request, pk, "publish")
    form = CodesForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        clean = form.cleaned_data
        try:
            made = actions.make_codes(survey=found, count=clean["count"], note=clean["note"], person=request.user)
            return _letters(found, made) if clean["as_letters"] else _list(found, made)
        except rules.SurveyRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "surveys/staff/codes.html", {"survey": found, "form": form, "batches": queries.batches_of(found)})


def _list(found: Survey, made: list[str]) -> HttpResponse:
    address = links.full_address(reverse("answer:entrance", args=[found.slug]))
    rows = [[_("code"), _("address")], *([formatted(code), address] for code in made)]
    return made_file("".join(csv_lines(rows)).encode(), CSV, f"kody-{found.slug}.csv")


def _letters(found: Survey, made: list[str]) -> HttpResponse:
    return made_file(pdf_of_document(papers.letters_of(found, made)), "application/pdf", f"kody-{found.slug}.pdf")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """At most so many answers of each group; set before the start, the numbers may change later."""
    found, _at = survey_for(request, pk, "publish")
    content = queries.newest_version(found).content
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = QuotaForm(request.POST if deed == "set" else None, content=content)
    if deed == "drop":
        dropped = get_object_or_404(Quota, survey=found, pk=_number(request.POST.get("row", "")))
        return press(
            request, partial(actions.drop_quota, quota=dropped, person=request.user), _("The quota is gone."), "surveys_quotas", pk
        )
    if form.is_valid():
        clean = form.cleaned_data
        facts = {name: clean[name] for name in ("name", "condition", "limit")}
        try:
            actions.set_quota(survey=found, person=request.user, **facts)
            messages.success(request, _("The quota is set."))
            return redirect("surveys_quotas", pk)
        except rules.SurveyRefused as refusal:
            form.add_error(None, str(refusal))
    rows = [(each, condition_words(content, each.condition, "pl")) for each in found.quotas.all()]
    return render(request, "surveys/staff/quotas.html", {"survey": found, "form": form, "rows": rows})


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
