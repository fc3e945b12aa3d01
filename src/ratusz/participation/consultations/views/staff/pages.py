"""The list of consultations, the page of one, its plan, launch, extension, cancelling and closing."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations import (
    actions,
    course,
    presentation,
    queries,
    registers,
    registries,
    rules,
    standing,
    wording,
)
from ratusz.participation.consultations.forms import ExtendForm, PlanForm, ReasonForm, StaffFilter
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.content import Rules
from ratusz.participation.consultations.modes.guard import Finding
from ratusz.participation.consultations.modes.pack import KeyDateMissing, NoSuchMode
from ratusz.participation.consultations.views.staff.deeds import carry_out, found, press, sent

PAGE = 50
SORTS = {"tytul": "title", "poczatek": "starts_on", "koniec": "ends_on", "raport": "report_on"}


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """All that the person may see: what runs first. Units see their own."""
    at = database_now()
    rows = _seen(request, at)
    form = StaffFilter(request.GET, rows=rows)
    page = Paginator(queries.with_row_facts(_sorted(request, queries.listed(rows, form.chosen(), local_day(at)))), PAGE).get_page(
        request.GET.get("p")
    )
    shown = [presentation.row(each, at) | {"report": _report(each)} for each in page]
    query = request.GET.copy()
    query.pop("p", None)
    steps = {
        name: f"{query.urlencode()}&p={number}" for name, number in (("earlier", page.number - 1), ("later", page.number + 1))
    }  # fmt: skip
    context = {
        "form": form, "page": page, "rows": shown, "query": query.urlencode(), "columns": _columns(request), **steps,
        "may_plan": rules.may(request.user, "plan", None, at),
    }  # fmt: skip
    return render(request, "consultations/staff/list.html", context)


def _seen(request: HttpRequest, at: datetime) -> Any:
    rows = queries.seen_by(request.user, at)
    if not rules.may(request.user, "see", None, at) and not rows.exists():
        raise PermissionDenied
    return rows


def _report(consultation: Consultation) -> str:
    if consultation.reported_at:
        return polish_date(consultation.reported_at)
    return polish_date(consultation.report_day) if consultation.report_day else ""


def _sorted(request: HttpRequest, rows: Any) -> Any:
    asked = request.GET.get("sort", "")
    name = SORTS.get(asked.removeprefix("-"))
    return rows.order_by(f"{'-' if asked.startswith('-') else ''}{name}", "-pk") if name else rows


def _columns(request: HttpRequest) -> list[dict[str, str]]:
    made, asked = [], request.GET.get("sort", "")
    labels = (
        ("tytul", _("Number and title")), ("", _("State")), ("poczatek", _("From when until when")), ("", _("Where")),
        ("", _("Unit")), ("raport", _("Report")),
    )  # fmt: skip
    for name, label in labels:
        query = request.GET.copy()
        query["sort"] = f"-{name}" if asked == name else name
        query.pop("p", None)
        order = {name: "ascending", f"-{name}": "descending"}.get(asked, "") if name else ""
        made.append({"label": label, "url": f"?{query.urlencode()}" if name else "", "sorted": order})
    return made


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as narrowed, as a workbook."""
    at = database_now()
    rows = _seen(request, at)
    chosen = StaffFilter(request.GET, rows=rows).chosen()
    listed = queries.with_row_facts(queries.listed(rows, chosen, local_day(at)))
    return made_file(registers.workbook(listed, at), XLSX, "konsultacje.xlsx")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: its steps, what is missing with links, forms, notices, opinions."""
    consultation, at = found(request, pk)
    return _page(request, consultation, at)


def _page(request: HttpRequest, consultation: Consultation, at: datetime) -> HttpResponse:
    day = local_day(at)
    is_over = bool(consultation.cancelled_at or consultation.archived_at)
    is_out = consultation.announced_at is not None
    findings = standing.live_findings(consultation, day) if is_out else standing.findings_of(consultation, day, at_launch=True)
    gaps = _gap_words(consultation)
    asked = _rules(consultation)
    parts = presentation.drawn((part(consultation, request.user, at) for part in registries.staff_parts), request)
    due = rules.report_days(consultation) if consultation.announced_at else None
    context = {
        "consultation": consultation, "badge": rules.badge_of(consultation, day), "label": consultation.get_label_display(),
        "days": presentation.row(consultation, at)["days"], "report_days": [polish_date(each) for each in due] if due else None,
        "steps": course.steps_of(consultation, findings, gaps, day), "may": course.may_of(request.user, consultation, at),
        "findings": [
            {"finding": each, "url": course.where_mended(each, consultation), "level": _level(each)} for each in findings
        ],
        "gaps": gaps, "forms": [_form(each, at) for each in consultation.forms.all()],
        "notices": [_notice(each) for each in consultation.notices.all()], "duties": asked.duties, "closings": asked.closings,
        "opinions": _opinions(request, consultation, at), "suggested": _suggested(asked, consultation, day),
        "extensions": consultation.extensions.all(), "is_open": not is_over,
        "can_extend": bool(consultation.announced_at) and not is_over and not consultation.has_ended(day),
        "can_archive": bool(consultation.announced_at) and not consultation.archived_at and consultation.has_ended(day)
        and (not consultation.is_formal or consultation.reported_at is not None),
        "parts": parts, "campaign": wording.campaign_lines(standing.campaign_of(consultation)),
        "may_campaign": rules.may(request.user, "plan", consultation, at) and not consultation.archived_at,
    }  # fmt: skip
    return render(request, "consultations/staff/consultation.html", context)


def _rules(consultation: Consultation) -> Rules:
    try:
        return standing.rules_of(consultation)
    except (KeyDateMissing, NoSuchMode):
        return Rules()


def _level(finding: Finding) -> str:
    return {"error": _("Stands in the way"), "warn": _("Warning"), "advice": _("Worth knowing")}[finding.level]


def _gap_words(consultation: Consultation) -> list[str]:
    words = _("%(channel)s (longer until %(day)s)")
    return [
        words % {"channel": names, "day": polish_date(extension.ends_on)} if extension else names
        for _limit, extension, names in standing.notice_gaps(consultation)
    ]


def _form(form: Form, at: datetime) -> dict[str, Any]:
    kind = registries.kind_of(form)
    state = _("cancelled") if form.cancelled_at else _("held") if form.held_at else _("planned")
    is_out = form.consultation.announced_at is not None
    may_prepare = bool(kind and kind.prepare) and not form.subject
    return {
        "form": form, "kind": wording.kind_name(form), "when": wording.form_when(form), "state": state,
        "is_open": not form.cancelled_at and not form.held_at,
        "staff_url": kind.staff_url(form) if kind and not may_prepare else "",
        "gaps": list(kind.gaps(form, at)) if kind and is_out else [],
        "may_prepare": may_prepare, "said": wording.said_of(form, only_public=False),
    }  # fmt: skip


def _notice(notice: Any) -> dict[str, Any]:
    channel = terms.channel_name(notice.channel, notice.published_on)
    return {"notice": notice, "channel": channel, "day": polish_date(notice.published_on)}


def _opinions(request: HttpRequest, consultation: Consultation, at: datetime) -> list[dict[str, Any]]:
    may = rules.may(request.user, "launch", consultation, at)
    told = {each["body"]: each["said"] for each in presentation.opinions(consultation, at)}
    rows = [each for each in consultation.opinions.all() if each.taken_back_at is None]
    return [{"opinion": each, "said": told[each.body], "may_answer": may and each.answered_on is None} for each in rows]


def _suggested(asked: Rules, consultation: Consultation, day: Any) -> str:
    kinds = {each.body_kind for each in consultation.opinions.all() if each.taken_back_at is None}
    names = terms.bodies_on(day)
    return ", ".join(names[each.body]["name"] for each in asked.opinions if each.body not in kinds and each.body in names)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new plan, or one that is changed before it is announced. Saving refuses nothing for being unfinished."""
    if pk is None:
        consultation, at = Consultation(), database_now()
        if not rules.may(request.user, "plan", None, at):
            raise PermissionDenied
    else:
        consultation, at = found(request, pk, "plan")
    if consultation.announced_at is not None:
        return redirect("consultations_consultation", pk)
    form = PlanForm(request.POST if request.method == "POST" else None, instance=consultation)
    if form.is_bound and form.is_valid():
        try:
            made = _write(pk, form, request.user)
        except rules.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The plan is kept. Nobody outside the Office sees it yet."))
            return redirect("consultations_consultation", made.pk)
    title = _("Plan of the consultation") if pk else _("Plan a consultation")
    context = {"form": form, "consultation": consultation, "title": title, "button": _("Keep the plan")}
    return render(request, "consultations/staff/form.html", context)


def _write(pk: int | None, form: PlanForm, person: Any) -> Consultation:
    if pk is None:
        key = form.cleaned_data.get("form_key")
        return actions.begin_consultation(facts=form.facts(), person=person, form_key=key)
    # The form has written into the instance it was given: the action compares with what is stored.
    return actions.change_plan(consultation=Consultation.objects.get(pk=pk), facts=form.facts(), person=person)


@require_POST
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Announces it, or says all that stands in the way."""
    consultation, _at = found(request, pk, "launch")
    deed = partial(actions.launch_consultation, consultation=consultation, person=request.user)
    return press(request, deed, _("The consultation is launched. Its page is public."), "consultations_consultation", pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """A later last day."""
    consultation, _at = found(request, pk, "extend")
    deed = partial(actions.extend_consultation, consultation=consultation, person=request.user)
    told = (_("Every channel of the modes needs a new notice with evidence. The day of the report follows the new last day."),)
    form = ExtendForm(sent(request)[0])
    return carry_out(
        request, consultation, form, deed, _("Extend the consultation"), _("Extend it"), _("It takes longer now."), told
    )


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancelled with a public reason."""
    consultation, _at = found(request, pk, "cancel")
    deed = partial(actions.cancel_consultation, consultation=consultation, person=request.user)
    told = (_("Everybody reads the reason. What came in until now is answered in a report."),)
    form = ReasonForm(sent(request)[0])
    words = _("Cancel the consultation")
    return carry_out(request, consultation, form, deed, words, words, _("The consultation is cancelled."), told)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed for good."""
    consultation, _at = found(request, pk, "archive")
    if request.method == "POST":
        deed = partial(actions.archive_consultation, consultation=consultation, person=request.user)
        return press(request, deed, _("Closed and archived."), "consultations_consultation", pk)
    words = _("Nothing of it changes any more; its page and its report stay.")
    context = {"consultation": consultation, "title": _("Close and archive"), "words": words}
    return render(request, "consultations/staff/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan nobody saw."""
    consultation, _at = found(request, pk, "plan")
    if request.method == "POST":
        try:
            actions.delete_plan(consultation=consultation, person=request.user)
        except rules.ConsultationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("consultations_consultation", pk)
        messages.success(request, _("The plan is deleted."))
        return redirect("consultations_list")
    words = _("The plan and its forms go; the number is never given again.")
    context = {"consultation": consultation, "title": _("Delete the plan"), "words": words}
    return render(request, "consultations/staff/confirm.html", context)
