"""What a page of a project offers to whom: the checklist as it stands, and the deeds open to the person now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.casework.signatures.rules import may as may_with_signatures
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.participation.projects import queries, rules, standing_in, supporting
from ratusz.participation.projects.actions.land import may_check_land
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, Call, Check, LandCheck, Mark, Stage, State


def checklist(application: Application, stage: str, unit: Any = None, typed: Any = None) -> list[dict[str, Any]]:
    """Criteria with their legal basis and what was answered so far, or what was typed into a form that was refused."""
    marks = {mark.code: mark for mark in application.marks.filter(stage=stage, unit=unit)}
    says = {code: mark.says for code, mark in marks.items()}
    reasons = {code: mark.reason for code, mark in marks.items()}
    if typed is not None:
        says = {each.code: typed.get(f"says-{each.code}", "") for each in criteria(stage)}
        reasons = {each.code: typed.get(f"reason-{each.code}", "") for each in criteria(stage)}
    return [
        {
            "code": each.code, "words": each.words, "basis": each.basis,
            "mark": marks.get(each.code), "reason": reasons.get(each.code, ""),
            "choices": [(value, label, says.get(each.code) == value) for value, label in Mark.Says.choices],
        }
        for each in criteria(stage)
    ]  # fmt: skip


def formal(person: Any, application: Application, at: datetime, typed: Any = None) -> dict[str, Any]:
    """The formal check on the page of a project."""
    check = Check.objects.filter(application=application).select_related("verifier", "substitute", "proposed_by").first()
    is_open = application.state in (State.SUBMITTED, State.COMPLETING)
    is_mine = bool(check and is_open and rules.may(person, "check", None, at) and standing_in.is_hand(check, person, at))
    marks = typed if typed is not None and typed.get("deed") == "mark" else None
    call = application.calls.filter(answered_at=None, closed_at=None).first()
    return {
        **supporters(person, application, at), **land(person, application, at),
        "check": check, "checklist": checklist(application, Stage.FORMAL, typed=marks),
        "is_mine": is_mine and application.state == State.SUBMITTED,
        "may_assign": is_open and rules.may(person, "assign", None, at), "call": call, "calls": calls(application),
        "verifiers": queries.verifiers(at) if is_open and rules.may(person, "assign", None, at) else [],
        "may_call": application.state == State.SUBMITTED and rules.may(person, "call", None, at),
        "may_enter_answer": bool(call and rules.may(person, "enter", None, at)),
        "may_close": bool(call and call.due_at <= at and rules.may(person, "call", None, at)),
        "may_approve": bool(
            check and check.proposed_by_id not in (None, person.pk) and application.state == State.SUBMITTED
            and rules.may(person, "decide", None, at)
        ),
    }  # fmt: skip


def supporters(person: Any, application: Application, at: datetime) -> dict[str, Any]:
    """How many signatures count, and who may look at them or have them counted."""
    found = supporting.standing(application)
    return {
        "supporters": found, "supporters_words": supporting.words_of(found) if found else "",
        "supporters_needed": supporting.needed(application),
        "may_see_signatures": found is not None and may_with_signatures(person, "see", found.collection, at),
        "may_collect": found is None and application.state in supporting.COLLECTING and rules.may(person, "enter", None, at),
    }  # fmt: skip


def land(person: Any, application: Application, at: datetime) -> dict[str, Any]:
    """Every check of the land, the newest first, and the form for whoever may write the next."""
    made = application.land_checks.select_related("checked_by").order_by("-pk")
    return {
        "land_checks": [(each, polish_moment(each.checked_at)) for each in made],
        "may_check_land": application.state in rules.MAY_BE_WITHDRAWN and may_check_land(person, application, at),
        "land_owners": LandCheck.Owner.choices, "land_results": LandCheck.Result.choices,
    }  # fmt: skip


def calls(application: Application) -> list[tuple[Call, str, str, str]]:
    """Letters to the author: what, when, until when, answered when."""
    return [
        (each, polish_moment(each.sent_at), polish_until(each.due_at), polish_moment(each.answered_at) if each.answered_at else "")
        for each in application.calls.all()
    ]
