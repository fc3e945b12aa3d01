"""The report's workspace: what is to be done and by whom, what is missing with links, texts, annexes, signatures, publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.blocks import Document, plain
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.buttons import press
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Consultation, SeriesInstance
from ratusz.participation.consultations.rules import report_badge
from ratusz.participation.reports import actions, gate, queries, rules, worklist
from ratusz.participation.reports.files_made import DOCX
from ratusz.participation.reports.forms import AnnexForm, EvidenceForm, ListFilter, PublishForm, TextsForm
from ratusz.participation.reports.gathering import document_of
from ratusz.participation.reports.gathering.people import grade_words
from ratusz.participation.reports.models import Annex, Report, SignOff
from ratusz.participation.reports.together import combined_of, newest_of, zip_of

PAGE = 50
REFUSED = (rules.ReportRefused, FileRefused)


def check(request: HttpRequest, deed: str, subject: Any = None) -> Any:
    """The moment; PermissionDenied for whoever may not."""
    at = database_now()
    if not rules.may(request.user, deed, subject, at):
        raise PermissionDenied
    return at


def found(pk: int) -> Report:
    return get_object_or_404(Report.objects.select_related("consultation__owner_unit", "consultation__owner_person"), pk=pk)


def seen(request: HttpRequest, pk: int) -> Report:
    """The report for whoever may see it; others do not learn which numbers there are."""
    made = Report.objects.select_related("consultation__owner_unit", "consultation__owner_person").filter(pk=pk).first()
    check(request, "see", made)
    if made is None:
        raise Http404
    return made


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What owes a report, then all reports with filters."""
    at = check(request, "see")
    day = local_day(at)
    form = ListFilter(request.GET)
    page = Paginator(queries.reports(**form.chosen()), PAGE).get_page(request.GET.get("p"))
    pages, query = {}, request.GET.copy()
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        pages[name] = query.urlencode()
    owing = [_owing(each, day) for each in queries.due(day)[:PAGE]]
    context = {
        "form": form, "page": page, "owing": owing, "may_write": rules.may(request.user, "write", None, at),
        "query": request.GET.urlencode(), **pages,
    }  # fmt: skip
    return render(request, "reports/staff/list.html", context)


def _owing(consultation: Consultation, day: date) -> dict[str, Any]:
    badge = report_badge(consultation, day)
    return {
        "made": consultation, "ended": polish_date(consultation.closed_day) if consultation.closed_day else "",
        "report": getattr(consultation, "report", None), "badge": badge.words if badge else "",
        "is_late": badge is not None and badge.code == "overdue",
    }  # fmt: skip


@once_only
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of a consultation's report, with its annexes."""
    check(request, "write")
    consultation = get_object_or_404(Consultation, pk=pk)
    try:
        made = actions.begin_report(consultation=consultation, person=request.user)
    except rules.ReportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports_list")
    messages.success(request, _("The report is begun. What is missing stands below."))
    return redirect("reports_report", made.pk)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The workspace."""
    return _page(request, seen(request, pk))


def _page(request: HttpRequest, made: Report, **forms: Any) -> HttpResponse:
    at = database_now()
    looked = gate.look(made, at, kept=True)
    person = request.user
    published = list(made.versions.published().defer("sections", "changes").prefetch_related("evidence").order_by("-number"))
    for section in looked.draft.sections:
        section.__dict__["plain"] = plain(Document(looked.draft.title, section.blocks))
    context = {
        "report": made, "draft": looked.draft, "refusing": looked.refusing, "warnings": looked.warnings,
        "tasks": worklist.tasks_of(made, looked, at), "steps": worklist.steps_of(made, looked, person, at),
        "published": published, "making": made.versions.filter(published_at=None).first(),
        "public_url": reverse("reports:report", args=[made.consultation.slug]), "grade": grade_words(made.in_short),
        "may_write": rules.may(person, "write", made, at), "may_publish": rules.may(person, "publish", made, at),
        "texts": TextsForm(instance=made), "annex_form": AnnexForm(report=made), "publish_form": PublishForm(),
        "evidence_form": EvidenceForm(), "may_list": rules.may(person, "list", None, at),
        "is_in_series": SeriesInstance.objects.filter(consultation=made.consultation_id).exists(),
    }  # fmt: skip
    return render(request, "reports/staff/report.html", context | forms)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts; what was typed stays when it is refused."""
    made = found(pk)
    check(request, "write", made)
    form = TextsForm(request.POST, instance=Report(pk=made.pk, consultation=made.consultation))
    if not form.is_valid():
        return _page(request, made, texts=form)
    if request.POST.get("deed") == "series":
        count = actions.write_series_texts(report=made, person=request.user, **form.cleaned_data)
        said = ngettext(
            "The texts stand in %(count)s report of the series.", "The texts stand in %(count)s reports of the series.", count
        )
        messages.success(request, said % {"count": count})
        return redirect("reports_report", pk)
    actions.write_texts(report=made, person=request.user, **form.cleaned_data)
    messages.success(request, _("The texts are kept."))
    return redirect("reports_report", pk)


@require_POST
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """One button of the tree of annexes."""
    made = found(pk)
    check(request, "write", made)
    deed = request.POST.get("deed", "")
    whole: dict[str, tuple[Callable[[], Any], str]] = {
        "suggest": (lambda: actions.suggest_annexes(report=made, person=request.user), _("The annexes hang in.")),
        "renumber": (lambda: actions.renumber(report=made, person=request.user), _("The annexes are numbered anew.")),
    }
    do, said = whole[deed] if deed in whole else _deed_on_one(request, made, deed)
    return _pressed(request, do, said, made)


def _deed_on_one(request: HttpRequest, made: Report, deed: str) -> tuple[Callable[[], Any], str]:
    one = get_object_or_404(Annex.objects.select_related("report"), report=made, pk=plain_number(request.POST.get("annex", "")))
    if deed in ("up", "down"):
        return lambda: actions.move_annex(annex=one, up=deed == "up", person=request.user), _("The order is changed.")
    if deed == "file":
        return lambda: _give_file(request, one), _("The annex has its file.")
    if deed == "remove":
        return lambda: actions.remove_annex(annex=one, person=request.user), _("The annex is taken out.")
    raise Http404


def _give_file(request: HttpRequest, one: Annex) -> None:
    upload = request.FILES.get("upload")
    if upload is None:
        raise rules.ReportRefused(_("Choose the file of the annex first."))
    actions.give_file(annex=one, upload=upload, person=request.user)


def _pressed(request: HttpRequest, do: Callable[[], Any], said: str, made: Report) -> HttpResponse:
    return press(request, do, said, "reports_report", made.pk, refused=REFUSED, not_yours=rules.NotYours)


@once_only
@require_POST
def add_annex(request: HttpRequest, pk: int) -> HttpResponse:
    """An uploaded annex, or a heading."""
    made = found(pk)
    check(request, "write", made)
    form = AnnexForm(request.POST, request.FILES, report=made)
    if form.is_valid():
        try:
            actions.add_annex(report=made, person=request.user, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The annex is added."))
            return redirect("reports_report", pk)
    return _page(request, made, annex_form=form)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the approval."""
    made = found(pk)
    step = request.POST.get("step", "")
    if step not in SignOff.Step.values:
        raise Http404
    check(request, f"sign.{step}", made)
    facts = {"step": step, "digest": request.POST.get("digest", ""), "note": request.POST.get("note", "")}
    return _pressed(request, lambda: actions.sign(report=made, person=request.user, **facts), _("It is signed."), made)


@once_only
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the making; refused with everything that is missing."""
    made = found(pk)
    check(request, "publish", made)
    try:
        actions.begin_publication(report=made, person=request.user, reason=request.POST.get("reason", ""))
    except rules.ReportRefused as refusal:
        messages.error(request, str(refusal))
        return _page(request, made, publish_form=PublishForm(request.POST))
    messages.success(request, _("The files are being made. The report is published as soon as they are there."))
    return redirect("reports_report", pk)


@once_only
@require_POST
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the newest version lies for people."""
    made = found(pk)
    check(request, "write", made)
    version = made.versions.published().order_by("-number").first()
    if version is None:
        raise Http404
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.note_evidence(version=version, person=request.user, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted."))
            return redirect("reports_report", pk)
    return _page(request, made, evidence_form=form)


MAKES: dict[str, tuple[str, Callable[[list[Any]], bytes]]] = {
    "zip": ("application/zip", zip_of),
    "pdf": ("application/pdf", lambda found: pdf_of_document(combined_of(_("Reports of consultations together"), found))),
    "docx": (DOCX, lambda found: docx_of_document(combined_of(_("Reports of consultations together"), found))),
}
MOST_TOGETHER = 100


@require_safe
def together(request: HttpRequest, kind: str) -> HttpResponse:
    """The published reports that the filters of the list leave, in one ZIP or as one combined report."""
    check(request, "see")
    if kind not in MAKES:
        raise Http404
    chosen = queries.reports(**ListFilter(request.GET).chosen()).order_by("consultation__title", "pk")
    versions = newest_of(each.consultation for each in chosen[:MOST_TOGETHER])
    media_type, make = MAKES[kind]
    return made_file(make(versions), media_type, f"raporty.{kind}")


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as PDF, without the register."""
    made, at = seen(request, pk), database_now()
    draft = gate.look(made, at, kept=True).draft
    document = document_of(draft, footer=_("Draft of %(day)s, not published") % {"day": polish_date(at)})
    return made_file(pdf_of_document(document), "application/pdf", f"raport-szkic-{made.pk}.pdf")
