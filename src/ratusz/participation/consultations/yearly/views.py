"""Pages of the yearly plan: everybody's page with its files, and the staff's screen."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import PlannedSubject, YearPlan
from ratusz.participation.consultations.yearly import actions, presentation, rules
from ratusz.participation.consultations.yearly.forms import SubjectForm, initial_of
from ratusz.ui.parts import Cell, Column, Link

press = partial(buttons.press, refused=rules.PlanRefused, not_yours=rules.NotYours)
KEYS = ("title", "months", "unit", "scope", "forms", "became")


def _published(year: int) -> YearPlan:
    return get_object_or_404(YearPlan.objects.exclude(published_at=None), year=year)


@never_cache
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """Leads to the newest published plan."""
    plan = YearPlan.objects.exclude(published_at=None).first()
    if plan is None:
        return render(request, "consultations/yearly/none.html")
    return redirect(plan)


@never_cache
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The plan of one year: what is asked, when, and what became of it."""
    plan, at = _published(year), database_now()
    names = terms.form_names(at)
    columns = [Column(key, label, is_heading=key == "title") for key, label in zip(KEYS, presentation.columns(), strict=True)]
    rows = [
        dict(zip(KEYS, presentation.row(each, local_day(at), names), strict=True)) | {"title": Cell(each.title, note=each.why)}
        for each in presentation.public_subjects(plan).select_related("plan")
    ]
    others = YearPlan.objects.exclude(published_at=None).exclude(pk=plan.pk)
    context = {
        "plan": plan,
        "title": presentation.title(plan),
        "columns": columns,
        "rows": rows,
        "published": polish_date(plan.published_at),
        "others": [Link(str(each.year), each.get_absolute_url()) for each in others],
    }
    return render(request, "consultations/yearly/plan.html", context)


@require_safe
def download(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The plan as PDF or XLSX."""
    plan, at = _published(year), database_now()
    if kind == "pdf":
        return made_file(pdf_of_document(presentation.document(plan, at)), "application/pdf", f"plan-konsultacji-{plan.year}.pdf")
    if kind == "xlsx":
        return made_file(presentation.workbook(plan, at), XLSX, f"plan-konsultacji-{plan.year}.xlsx")
    raise Http404


def _check(request: HttpRequest, deed: str) -> datetime:
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, year: int = 0) -> HttpResponse:
    """The staff's screen of one year: subjects of all units, with the buttons each person has."""
    at = _check(request, "see")
    chosen = year or local_day(at).year
    found = YearPlan.objects.filter(year=chosen).first()
    if request.method == "POST":
        if found is None:
            raise Http404
        return _pressed(request, found)
    rows = (
        []
        if found is None
        else [
            (
                each,
                presentation.months(each),
                presentation.became(each, local_day(at)),
                rules.may(request.user, "write", each.unit, at),
            )
            for each in found.subjects.select_related("unit", "consultation", "plan").order_by("first_month", "pk")
        ]
    )
    may = {deed: rules.may(request.user, deed, None, at) for deed in ("manage", "approve")}
    context = {
        "plan": found,
        "year": chosen,
        "rows": rows,
        "may": may,
        "years": sorted({chosen - 1, chosen, chosen + 1}),
        "published": polish_date(found.published_at) if found and found.published_at else "",
    }
    return render(request, "consultations/yearly/staff/plan.html", context)


def _pressed(request: HttpRequest, found: YearPlan) -> HttpResponse:
    back, person, deed = ("consultation_year_plan", found.year), request.user, request.POST.get("deed", "")
    if deed == "publish":
        return press(request, partial(actions.publish_plan, plan=found, person=person), _("The plan is published."), *back)
    mine = row_of(found.subjects, request, "row")
    if deed == "approve":
        return press(request, partial(actions.approve_subject, subject=mine, person=person), _("The subject is approved."), *back)
    if deed == "drop":
        drop = partial(actions.drop_subject, subject=mine, reason=request.POST.get("reason", ""), person=person)
        return press(request, drop, _("The subject is dropped; the reason stands in the plan."), *back)
    if deed == "begin":
        begin = partial(actions.begin_from_plan, subject=mine, person=person)
        return press(request, begin, _("A consultation is planned with what stood here."), *back)
    raise Http404


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new subject, or one that is changed."""
    at = _check(request, "see")
    found = get_object_or_404(PlannedSubject.objects.select_related("plan", "unit"), pk=pk) if pk else None
    year = request.GET.get("rok", "")
    start = initial_of(found) if found else {"year": int(year) if year.isdecimal() and len(year) == 4 else local_day(at).year}
    form = SubjectForm(request.POST if request.method == "POST" else None, person=request.user, at=at, initial=start)
    if found is not None:
        form.fields["year"].disabled = True
    if form.is_valid():
        try:
            made = _saved(found, form, request)
            messages.success(request, _("The subject is saved."))
            return redirect("consultation_year_plan", made.plan.year)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.PlanRefused as refusal:
            form.add_error(None, str(refusal))
    back = reverse("consultation_year_plan", args=[found.plan.year]) if found else reverse("consultation_year_plans")
    return render(request, "consultations/yearly/staff/subject.html", {"form": form, "subject": found, "back": back})


def _saved(found: PlannedSubject | None, form: SubjectForm, request: HttpRequest) -> PlannedSubject:
    if found is None:
        return actions.propose_subject(year=form.cleaned_data["year"], facts=form.facts(), person=request.user)
    return actions.change_subject(subject=found, facts=form.facts(), person=request.user)
