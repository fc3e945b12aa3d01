"""The page of a city's entity or company behind its signed link: accept, report with evidence, ask for more time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from ratusz.foundation.audit.acting import acting
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions, presentation, rules
from ratusz.governance.decisions.forms import DEED_FORMS, EvidenceForms, ReportForm
from ratusz.governance.decisions.models import Decision, Report
from ratusz.governance.decisions.models.decisions import State
from ratusz.ui.parts import Fact

ACTIONS: dict[str, Any] = {
    "accept": actions.accept_decision, "return": actions.return_decision, "take_over": actions.take_over_decision,
    "decline": actions.decline_decision, "ask_later": actions.ask_later_day, "explain": actions.explain_delay,
    "report": actions.report_decision,
}  # fmt: skip


@private
@csrf_protect
def page(request: HttpRequest, token: str) -> HttpResponse:
    """One page for everything; opening it does nothing."""
    try:
        decision, unit = actions.look_at_link(token=token)
    except LinkRefused as refusal:
        return render(request, "decisions/bad_link.html", {"refusal": refusal}, status=404)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if deed and deed in _open_deeds(decision, unit):
        return _act(request, token, decision, unit, deed)
    return _show(request, decision, unit)


@once_only
def _act(request: HttpRequest, token: str, decision: Decision, unit: Unit, deed: str) -> HttpResponse:
    form, evidence = _form(deed, request)
    if not form.is_valid() or (evidence is not None and not evidence.is_valid()):
        return _show(request, decision, unit, deed, form, evidence)
    facts = form.cleaned_data if deed == "report" else form.facts()
    if evidence is not None:
        facts = {**facts, "evidence": evidence.facts()}
    try:
        with transaction.atomic():
            # A refused deed takes no use of the link.
            decision, unit, actor = actions.use_link(token=token)
            with acting(actor):
                ACTIONS[deed](decision=decision, by_unit=unit, **facts)
    except LinkRefused as refusal:
        # It was taken back between the look and the press.
        return render(request, "decisions/bad_link.html", {"refusal": refusal}, status=404)
    except (rules.DecisionRefused, FileRefused) as refusal:
        words = " ".join(refusal.messages) if isinstance(refusal, FileRefused) else str(refusal)
        form.add_error(None, words)
        return _show(request, decision, unit, deed, form, evidence)
    messages.success(request, _("Thank you. It is written down."))
    return redirect(request.path)


def _form(deed: str, request: HttpRequest | None = None) -> tuple[Any, Any]:
    posted = (request.POST, request.FILES) if request is not None else (None, None)
    if deed == "report":
        initial = {"end": State.DONE}
        return ReportForm(posted[0], prefix=deed, initial=initial), EvidenceForms(*posted, prefix="evidence")
    return DEED_FORMS[deed](posted[0], prefix=deed), None


def _open_deeds(decision: Decision, unit: Unit) -> list[str]:
    """What this unit may do now, in the order of the page."""
    if decision.suspended_at is not None:
        return []
    if decision.offered_to_id == unit.pk:
        return ["take_over", "decline"]
    if decision.lead_unit_id != unit.pk:
        return []
    if decision.state == State.TAKEN:
        return ["accept", "return", "ask_later"]
    if decision.state == State.IN_PROGRESS:
        return ["report", "explain" if decision.is_overdue(database_now()) else "ask_later"]
    return []


def _show(
    request: HttpRequest, decision: Decision, unit: Unit, deed: str = "", form: Any = None, evidence: Any = None
) -> HttpResponse:
    at = database_now()
    titles = {
        "accept": (_("Accept it"), _("Accept")), "return": (_("It is not yours"), _("Return it")),
        "take_over": (_("Take it over"), _("Take it over")), "decline": (_("It is not for you"), _("Decline")),
        "report": (_("Report with evidence"), _("Send the report")), "ask_later": (_("Ask for more time"), _("Ask")),
        "explain": (_("Explain the delay"), _("Send the explanation")),
    }  # fmt: skip
    sections = []
    for each in _open_deeds(decision, unit):
        shown, pieces = (form, evidence) if each == deed else _form(each)
        title, label = titles[each]
        sections.append({"deed": each, "title": title, "label": label, "form": shown, "evidence": pieces})
    due = polish_date(decision.due_on, with_weekday=True) if decision.due_on else ""
    state = presentation.state_tag(decision, at)["label"]
    facts = [Fact(_("Due day"), due), Fact(_("State"), state), *_asked_for(decision), *_sent_back(decision)]
    # Whoever declined reads no more than that it is with somebody else.
    has_it = unit.pk in (decision.lead_unit_id, decision.offered_to_id)
    context = {
        "decision": decision, "unit": unit, "has_it": has_it, "facts": facts if has_it else [], "sections": sections,
        "waiting": "" if sections else _waiting(decision, unit),
    }  # fmt: skip
    return render(request, "decisions/entity.html", context)


def _asked_for(decision: Decision) -> Iterator[Fact]:
    """What became of the last question for a later day."""
    if asked := decision.later_requests.order_by("-asked_at", "-pk").first():
        answer = f": {asked.answer}" if asked.answer else ""
        yield Fact(_("You asked for another day"), f"{polish_date(asked.wanted_on)}, {asked.get_state_display()}{answer}")


def _sent_back(decision: Decision) -> Iterator[Fact]:
    """What is missing in the last report, until there is another."""
    report = decision.reports.order_by("-pk").first()
    if report is not None and report.answer == Report.Answer.SENT_BACK:
        yield Fact(_("Your report was sent back"), report.answer_note)


def _waiting(decision: Decision, unit: Unit) -> str:
    """Why there is nothing to do."""
    if decision.state == State.REPORTED:
        return _("Your report waits for acceptance. Nothing is needed from you now.")
    if decision.suspended_at is not None:
        return _("This decision is suspended. We will write when it goes on.")
    if decision.settled_at is not None:
        return _("This decision has ended. Thank you.")
    return _("This decision is with another unit now. Nothing is needed from you.")
