"""The assessment, ties, mergers and appeals on the page of a project: what stands, and the deeds open to the person now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import rules, wording
from ratusz.participation.projects.models import Application, Opinion, Stage, State, Tie
from ratusz.participation.projects.offered import checklist

TIED = (State.FORMAL_YES, State.POSITIVE, State.ON_BALLOT)
"""While a tie still matters: until the ballot is frozen."""


def assessment(person: Any, application: Application, at: datetime, typed: Any = None) -> dict[str, Any]:
    """What the page shows below the formal check."""
    is_open = application.state == State.FORMAL_YES
    leads = is_open and rules.may(person, "ask_unit", application, at)
    appeal = application.appeals.filter(decided_at=None).first()
    return {
        "opinions": [
            _opinion(person, each, is_open, at, typed) for each in application.opinions.select_related("unit", "given_by")
        ],
        "estimates": wording.estimates(application.estimates.all()), "ties": wording.ties(application),
        "tie_kinds": Tie.Kind.choices,
        "says_choices": Opinion.Says.choices, "may_ask": leads, "units": Unit.objects.order_by("name") if leads else [],
        "may_tie": application.state in TIED and rules.may(person, "ask_unit", application, at),
        "may_decide_assessment": is_open and rules.may(person, "decide", application, at),
        "may_withdraw": application.state in rules.MAY_BE_WITHDRAWN
        and rules.may(person, "withdraw", application, at),
        "may_appeal": rules.may(person, "enter", application, at)
        and not application.appeals.filter(stage=rules.AGAINST[State(application.state)][0]).exists()
        if application.state in rules.AGAINST else False,
        "appeals": application.appeals.all(), "open_appeal": appeal if rules.may(person, "decide", application, at) else None,
        "remarks": [(each, polish_moment(each.written_at), each.shown_at is not None) for each in application.remarks.all()],
        "may_answer_remarks": rules.may(person, "check", application, at),
        "is_assessed": application.state in (State.POSITIVE, State.NEGATIVE),
    }  # fmt: skip


def _opinion(person: Any, opinion: Opinion, is_open: bool, at: datetime, typed: Any) -> dict[str, Any]:
    is_typed = bool(typed and typed.get("deed") == "opine" and typed.get("opinion") == str(opinion.pk))
    return {
        "made": opinion, 
        "checklist": checklist(opinion.application, Stage.SUBSTANTIVE, opinion.unit, typed if is_typed else None),
        "cost": "" if opinion.cost_grosze is None else zlotys(opinion.cost_grosze),
        "running": "" if opinion.running_grosze is None else zlotys(opinion.running_grosze),
        "is_mine": is_open and opinion.given_at is None and rules.may_give_opinion(person, opinion, at),
        "may_take_back": is_open and opinion.given_at is None and rules.may(person, "ask_unit", None, at),
        "may_reopen": is_open and opinion.given_at is not None and rules.may(person, "ask_unit", None, at),
    }  # fmt: skip
