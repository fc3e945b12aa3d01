"""The board of decisions, the page of one with its history and what may be done, drafts and public words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.once.sending import once_only
from ratusz.governance.decisions import actions, from_effects, from_requests, queries, rules, wording
from ratusz.governance.decisions.forms import (
    DEED_FORMS,
    AskerForm,
    BoardFilter,
    DraftForm,
    EvidenceForms,
    HelperForms,
    ReportForm,
    RewordForm,
)
from ratusz.governance.decisions.forms.deeds import PartForm, ReasonForm
from ratusz.governance.decisions.models import Decision, DecisionPart, Report
from ratusz.governance.decisions.models.decisions import State
from ratusz.governance.decisions.views import offered

PAGE = 50


def check(request: HttpRequest, deed: str, decision: Decision | None, at: datetime) -> None:
    """Raises PermissionDenied."""
    if not rules.may(request.user, deed, decision, at):
        raise PermissionDenied


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Late ones first. Units see their own."""
    at = database_now()
    check(request, "see", None, at)
    form = BoardFilter(request.GET)
    chosen = form.chosen()
    rows = queries.filtered(queries.seen_by(request.user, at), chosen, at)
    if chosen["state"] == "draft":
        rows = rows.filter(state=State.DRAFT)
    if text := form.cleaned_data.get("text"):
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    page = Paginator(queries.for_list(queries.in_order(rows, at)), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    steps = {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        steps[name] = query.urlencode()
    context = {
        "form": form, "page": page, "rows": [_row(each, at) for each in page], **steps,
        "may_draft": rules.may(request.user, "draft", None, at), "sees_all": rules.may(request.user, "see_all", None, at),
    }  # fmt: skip
    return render(request, "decisions/staff/board.html", context)


def _row(decision: Decision, at: datetime) -> dict[str, Any]:
    return {
        "decision": decision, "state": wording.staff_state(decision), "late": wording.late_by(decision, at),
        "course": decision.get_state_display(), "due": polish_date(decision.due_on) if decision.due_on else "",
        "first": polish_date(decision.first_due_on)
        if decision.first_due_on and decision.first_due_on != decision.due_on else "",
    }  # fmt: skip


def found_or_403(request: HttpRequest, pk: int, at: datetime) -> Decision:
    """The decision, when the person may see it."""
    rows = Decision.objects.select_related(
        "lead_unit", "offered_to", "person", "district", "topic", "meeting", "question", "follows", "replaced_by"
    ).prefetch_related("parts__unit")  # fmt: skip
    decision = rows.filter(pk=pk).first()
    # Whoever may see none learns nothing of which numbers there are.
    check(request, "see", decision, at)
    if decision is None:
        raise Http404
    return decision


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its words, its history, what this person may do."""
    at = database_now()
    return page_of(request, found_or_403(request, pk, at), at)


def page_of(request: HttpRequest, decision: Decision, at: datetime, deed: str = "", form: Any = None) -> HttpResponse:
    """The page, with a refused form where it was filled in."""
    person = request.user
    context = {
        "decision": decision, "state": wording.staff_state(decision), "course": decision.get_state_display(),
        "late": wording.late_by(decision, at), "days": wording.days_in_words(decision, at),
        "handovers": decision.handovers.select_related("from_unit", "to_unit", "person"),
        "moved": decision.due_changes.select_related("changed_by"),
        "reports": decision.reports.select_related("unit", "reported_by", "answered_by").prefetch_related("evidence__file"),
        "later": decision.later_requests.select_related("asked_by"), "changes": decision.changes.all(),
        "steps": wording.reminders_of(decision), "parts": offered.parts(person, decision, at),
        "deeds": offered.deeds(person, decision, at, deed, form),
        "may_edit": decision.state == State.DRAFT and rules.may(person, "draft", decision, at),
        "may_reword": decision.taken_at is not None and rules.may(person, "reword", decision, at),
        "may_report": decision.state == State.IN_PROGRESS and not decision.suspended_at
        and rules.may(person, "report", decision, at),
        "askers": decision.askers.count(), "followers": decision.followers.count(),
        "request_url": from_requests.request_of(decision, person, at) or from_effects.effect_page(decision, person, at),
        "asker_form": AskerForm(prefix="asker") if rules.may(person, "asker", decision, at) and not decision.settled_at else None,
    }  # fmt: skip
    return render(request, "decisions/staff/decision.html", context)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed on a decision; a refusal stands beside what was typed."""
    at = database_now()
    decision = found_or_403(request, pk, at)
    deed = request.POST.get("deed", "")
    if deed not in DEED_FORMS:
        raise Http404
    form = DEED_FORMS[deed](request.POST, prefix=deed, decision=decision, at=at)
    if form.is_valid():
        expected = request.POST.get("expected", "")
        try:
            led = offered.carry_out(deed, decision, form.facts(), request.user, int(expected) if expected.isdecimal() else None)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. It is written in the history."))
            return redirect("decisions_decision", led.pk)
    return page_of(request, decision, at, deed, form)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new draft, or an old one mended."""
    at = database_now()
    decision = found_or_403(request, pk, at) if pk else None
    check(request, "draft", decision, at)
    if decision is not None and decision.state != State.DRAFT:
        return redirect("decisions_decision", decision.pk)
    posted = request.POST if request.method == "POST" else None
    form = DraftForm(posted, instance=decision or Decision())
    start = [{"unit": each.unit, "text": each.text, "due_on": each.due_on} for each in decision.parts.all()] if decision else []
    helpers = HelperForms(posted, prefix="helpers", initial=start if posted is None else None)
    if posted is not None and form.is_valid() and helpers.is_valid():
        try:
            made = _write(decision, form, helpers, request.user)
        except rules.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written. It is a draft until it is taken."))
            return redirect("decisions_decision", made.pk)
    return render(request, "decisions/staff/draft.html", {"form": form, "helpers": helpers, "decision": decision})


def _write(decision: Decision | None, form: DraftForm, helpers: Any, person: Any) -> Decision:
    if decision is None:
        key = form.cleaned_data.get("form_key")
        return actions.draft_decision(facts=form.facts(), helpers=helpers.facts(), person=person, form_key=key)
    stored = Decision.objects.get(pk=decision.pk)
    return actions.edit_draft(decision=stored, facts=form.facts(), helpers=helpers.facts(), person=person)


@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """The words everybody reads, after it was taken."""
    at = database_now()
    decision = found_or_403(request, pk, at)
    check(request, "reword", decision, at)
    form = RewordForm(request.POST if request.method == "POST" else None, instance=decision)
    if form.is_bound and form.is_valid():
        try:
            actions.reword_decision(decision=decision, facts=form.facts(), person=request.user)
        except rules.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The words are changed."))
            return redirect("decisions_decision", pk)
    return render(request, "decisions/staff/form.html", {"form": form, "decision": decision, "title": _("Public words")})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit reports with evidence."""
    at = database_now()
    decision = found_or_403(request, pk, at)
    check(request, "report", decision, at)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReportForm(posted[0], initial={"end": State.DONE})
    evidence = EvidenceForms(*posted, prefix="evidence")
    if form.is_bound and form.is_valid() and evidence.is_valid():
        try:
            actions.report_decision(decision=decision, person=request.user, evidence=evidence.facts(), **form.cleaned_data)
        except rules.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        except FileRefused as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, _("Reported. The President's office reads it now."))
            return redirect("decisions_decision", pk)
    return render(request, "decisions/staff/report_form.html", {"form": form, "evidence": evidence, "decision": decision})


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """A helper reports its part, or the President's office waives it."""
    at = database_now()
    found = DecisionPart.objects.select_related("decision", "unit").filter(pk=pk).first()
    if found is None:
        check(request, "see", None, at)
        raise Http404
    decision = found_or_403(request, found.decision_id, at)
    is_waiver = request.POST.get("deed") == "waive"
    form = (ReasonForm if is_waiver else PartForm)(request.POST, prefix=f"part{pk}")
    if form.is_valid():
        try:
            if is_waiver:
                actions.waive_part(part=found, reason=form.cleaned_data["reason"], person=request.user)
            else:
                actions.report_part(part=found, text=form.cleaned_data["text"], person=request.user)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.DecisionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done. It is written in the history."))
        return redirect("decisions_decision", decision.pk)
    messages.error(request, _("Write a reason or what was done: somebody will read it."))
    return redirect("decisions_decision", decision.pk)


@once_only
@require_POST
def asker(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody asked for it: gives their number."""
    at = database_now()
    decision = found_or_403(request, pk, at)
    form = AskerForm(request.POST, prefix="asker")
    if form.is_valid():
        try:
            made = actions.add_asker(decision=decision, email=form.cleaned_data["email"], person=request.user)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except (rules.DecisionRefused, NotDeliverable) as refusal:
            messages.error(request, str(refusal) or _("We cannot write to this address. Check it."))
        else:
            messages.success(request, _("Written down. The number for the person: %(number)s") % {"number": made.number})
    else:
        messages.error(request, _("This is no e-mail address. Check it."))
    return redirect("decisions_decision", pk)


def waiting_report(decision: Decision) -> Report | None:
    """The report that waits for acceptance."""
    return decision.reports.filter(answer=Report.Answer.WAITS).first()
