"""Which deeds a person is offered on a decision now, with their forms, and how a deed is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.governance.decisions import actions, rules
from ratusz.governance.decisions.forms import DEED_FORMS
from ratusz.governance.decisions.forms.deeds import PartForm, ReasonForm
from ratusz.governance.decisions.models import Decision, DecisionPart, LaterDayRequest, Report
from ratusz.governance.decisions.models.decisions import FINAL, State
from ratusz.governance.decisions.rules import OPEN


def titles() -> dict[str, tuple[str, str]]:
    """Deed -> its heading and the words of its button."""
    return {
        "take": (_("Take the decision"), _("Take it: the unit gets it")), "accept": (_("Accept it"), _("Accept")),
        "return": (_("Not ours"), _("Return it")), "give": (_("Give it to another unit"), _("Give it")),
        "delegate": (_("Hand it on"), _("Offer it to that unit")), "take_over": (_("Take it over"), _("Take it over")),
        "decline": (_("Do not take it over"), _("Decline")), "ask_later": (_("Ask for a later day"), _("Ask")),
        "grant": (_("Grant a later day"), _("Grant it")), "refuse": (_("Refuse a later day"), _("Refuse it")),
        "suspend": (_("Suspend"), _("Suspend")), "resume": (_("Resume"), _("Resume")),
        "explain": (_("Explain the delay"), _("Publish the explanation")),
        "settle": (_("Accept the report"), _("Accept the report")),
        "send_back": (_("Send the report back"), _("Send it back")), "withdraw": (_("Withdraw the decision"), _("Withdraw it")),
        "replace": (_("Replace by another"), _("Replace it")),
        "reopen": (_("Take it up again"), _("Write a new draft that follows it")),
        "send_link": (_("Link for the city's entity"), _("Send a new link")),
    }  # fmt: skip


def deeds(person: Any, decision: Decision, at: datetime, refused: str = "", form: Any = None) -> list[dict[str, Any]]:
    """Each deed with its form; the refused one first, with what was typed."""
    words = titles()
    report = decision.reports.filter(answer=Report.Answer.WAITS).first() if decision.state == State.REPORTED else None
    later = decision.later_requests.filter(state=LaterDayRequest.State.OPEN).first()
    expected = {"settle": report, "send_back": report, "grant": later, "refuse": later}
    found = []
    for deed in _offered(person, decision, at, later is not None):
        shown = form if deed == refused else DEED_FORMS[deed](prefix=deed, decision=decision, at=at)
        row = expected.get(deed)
        found.append({
            "deed": deed, "title": words[deed][0], "label": words[deed][1], "form": shown, "expected": row.pk if row else "",
            "is_open": deed == refused,
        })  # fmt: skip
    return sorted(found, key=lambda each: not each["is_open"])


def _offered(person: Any, decision: Decision, at: datetime, is_later_asked: bool) -> Iterator[str]:
    state, is_paused = decision.state, decision.suspended_at is not None
    is_new = state == State.TAKEN and not is_paused
    is_going = state in (State.TAKEN, State.IN_PROGRESS) and not is_paused
    fits = {
        "take": state == State.DRAFT, "accept": is_new, "return": is_new,
        "take_over": decision.offered_to_id is not None, "decline": decision.offered_to_id is not None,
        "settle": state == State.REPORTED, "send_back": state == State.REPORTED,
        "grant": is_later_asked, "refuse": is_later_asked, "give": state in (State.RETURNED, State.TAKEN),
        "ask_later": is_going and not decision.is_overdue(at) and not is_later_asked,
        "explain": decision.is_overdue(at),
        "delegate": is_going and decision.offered_to_id is None,
        "suspend": state in (State.TAKEN, State.RETURNED, State.IN_PROGRESS) and not is_paused, "resume": is_paused,
        "send_link": state in OPEN and _is_outside(decision), "replace": state in OPEN, "withdraw": state in OPEN,
        "reopen": state in FINAL and decision.taken_at is not None,
    }  # fmt: skip
    for deed, is_fit in fits.items():
        if is_fit and rules.may(person, deed, decision, at) and not _is_own_report(deed, person, decision):
            yield deed
    if state == State.DRAFT and rules.may(person, "draft", decision, at):
        yield "withdraw"


def _is_own_report(deed: str, person: Any, decision: Decision) -> bool:
    return deed == "settle" and decision.reported_by_id == person.pk


def _is_outside(decision: Decision) -> bool:
    unit = decision.offered_to or decision.lead_unit
    return unit is not None and unit.kind in actions.links.OUTSIDE and bool(unit.email)


def parts(person: Any, decision: Decision, at: datetime) -> list[dict[str, Any]]:
    """Parts of helpers, with the form of whoever may close one."""
    is_running = decision.state in (State.TAKEN, State.RETURNED, State.IN_PROGRESS)
    found = []
    for part in decision.parts.all():
        is_open = is_running and part.state == DecisionPart.State.OPEN
        prefix = f"part{part.pk}"
        found.append({
            "part": part,
            "report_form": PartForm(prefix=prefix) if is_open and rules.may_close_part(person, part, at) else None,
            "waive_form": ReasonForm(prefix=prefix) if is_open and rules.may(person, "waive", decision, at) else None,
        })  # fmt: skip
    return found


def carry_out(deed: str, decision: Decision, facts: dict[str, Any], person: Any, expected: int | None) -> Decision:
    """Calls the deed's action; gives the decision to go on with. Raises NotYours, DecisionRefused."""
    both = {"decision": decision, "person": person}
    if deed in ("grant", "refuse"):
        actions.answer_later_day(**both, grant=deed == "grant", expected=expected, **facts)
        return decision
    if deed in ("settle", "send_back"):
        act = actions.accept_report if deed == "settle" else actions.send_report_back
        act(**both, expected=expected, **facts)
        return decision
    if deed == "reopen":
        return actions.reopen_decision(**both, facts={})
    simple: dict[str, Any] = {
        "take": actions.take_decision, "accept": actions.accept_decision, "return": actions.return_decision,
        "give": actions.give_decision, "delegate": actions.delegate_decision, "take_over": actions.take_over_decision,
        "decline": actions.decline_decision, "ask_later": actions.ask_later_day, "suspend": actions.suspend_decision,
        "resume": actions.resume_decision, "explain": actions.explain_delay, "withdraw": actions.withdraw_decision,
        "replace": actions.replace_decision, "send_link": actions.send_link,
    }  # fmt: skip
    simple[deed](**both, **facts)
    return decision
