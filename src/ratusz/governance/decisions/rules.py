"""Who may do what with a decision and what each deed needs; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import add_working_days
from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.governance.decisions.ladder_pack import number
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.course import DecisionPart
from ratusz.governance.decisions.models.decisions import FINAL, LONGEST_PUBLIC, OPEN, State

OFFICE = ("presidents_secretariat",)
"""The President's office: counts wherever it is held."""
HEADS = ("head", "deputy_head")
DESK = (*HEADS, "editor", "press_officer")
UNIT = (*HEADS, "unit_editor")
OF_OFFICE = frozenset({
    "settle", "send_back", "grant", "refuse", "suspend", "resume", "replace", "withdraw", "reopen", "waive", "give",
})  # fmt: skip
OF_DESK = frozenset({"see_all", "draft", "reword", "send_link", "asker"})
OF_HEAD = frozenset({"accept", "return", "delegate"})
OF_UNIT = frozenset({"report", "ask_later", "explain"})


class NotYours(Exception):
    """The person's roles do not let them do this."""


class DecisionRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


def is_office(person: Any, at: datetime) -> bool:
    """Whether the person acts in the President's name."""
    return holds_role(person, *OFFICE, at=at)


def may(person: Any, deed: str, decision: Decision | None, at: datetime) -> bool:
    """The department writes, the President's office decides, accepts and moves days, the unit in the lead does its part.

    "see" is for all of them and for helpers; "take_over" and "decline" for heads of the unit it is offered to.
    """
    if deed in OF_OFFICE:
        return is_office(person, at)
    is_desk = is_office(person, at) or holds_department_role(person, *DESK, at=at)
    if deed in OF_DESK:
        return is_desk
    if deed == "take":
        return is_office(person, at) or holds_department_role(person, *HEADS, at=at)
    if deed == "see" and (is_desk or decision is None):
        return is_desk or holds_role(person, *UNIT, at=at)
    if decision is None:
        return False
    return _in_units(person, deed, decision, at)


def _in_units(person: Any, deed: str, decision: Decision, at: datetime) -> bool:
    if deed in OF_HEAD:
        return _holds_in(person, decision.lead_unit, HEADS, at)
    if deed in ("take_over", "decline"):
        return _holds_in(person, decision.offered_to, HEADS, at)
    is_lead = _is_person(person, decision) or _holds_in(person, decision.lead_unit, UNIT, at)
    if deed == "see":
        others = [decision.offered_to, *(part.unit for part in decision.parts.all())]
        return is_lead or any(_holds_in(person, unit, UNIT, at) for unit in others)
    return deed in OF_UNIT and is_lead


def _is_person(person: Any, decision: Decision) -> bool:
    return getattr(person, "pk", None) is not None and person.pk == decision.person_id


def _holds_in(person: Any, unit: Unit | None, roles: tuple[str, ...], at: datetime) -> bool:
    return unit is not None and holds_role(person, *roles, at=at, unit=unit)


def may_close_part(person: Any, part: DecisionPart, at: datetime) -> bool:
    """Heads and editors of the helping unit report their part."""
    return _holds_in(person, part.unit, UNIT, at)


def check_may(person: Any, deed: str, decision: Decision | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, decision, at):
        raise NotYours


def check_state(decision: Decision, *states: str) -> None:
    """Raises DecisionRefused when the decision is elsewhere by now."""
    if decision.state not in states:
        words = gettext("This decision is now: %(state)s. Somebody may have changed it a moment ago; look at it again.")
        raise DecisionRefused(words % {"state": decision.get_state_display()})


def check_not_suspended(decision: Decision) -> None:
    """Raises DecisionRefused while it is suspended."""
    if decision.suspended_at is not None:
        raise DecisionRefused(gettext("This decision is suspended. It has to be resumed first."))


def check_words(text: str, most: int = LONGEST_PUBLIC) -> str:
    """The words without spaces around; raises DecisionRefused for none or too many."""
    text = text.strip()
    if not text:
        raise DecisionRefused(gettext("Write a reason or what was done: somebody will read it."))
    if len(text) > most:
        words = gettext("The text has %(count)s characters; the most is %(most)s. Shorten it.")
        raise DecisionRefused(words % {"count": len(text), "most": most})
    return text


FARTHEST = timedelta(days=3653)
"""Nobody promises for longer; a farther day is a slip of the keys."""


def check_taking(decision: Decision, at: datetime) -> None:
    """Raises DecisionRefused when unit, day or public words are missing, or the day is over or absurdly far."""
    check_state(decision, State.DRAFT)
    if decision.lead_unit is None or decision.due_on is None:
        raise DecisionRefused(gettext("A decision needs a unit in the lead and a due day before it is taken."))
    if decision.due_on < local_day(at):
        raise DecisionRefused(gettext("The due day has passed already. Give a day to come before the decision is taken."))
    check_not_too_far(decision.due_on, at)
    if decision.lead_unit.closed_date is not None:
        raise DecisionRefused(gettext("The unit in the lead is closed. Choose a working one."))
    if decision.is_public and not decision.public_text.strip():
        raise DecisionRefused(gettext("Write the public text, or say why the decision is not public."))
    check_parts(decision, decision.due_on)


def check_parts(decision: Decision, due_on: date) -> None:
    """Raises DecisionRefused for a helper whose day is later than the main one."""
    for part in decision.parts.all():
        if part.due_on > due_on:
            words = gettext("The part of %(unit)s is due on %(part)s, later than the whole (%(whole)s). Change one of the days.")
            facts = {"unit": part.unit.short_name, "part": polish_date(part.due_on), "whole": polish_date(due_on)}
            raise DecisionRefused(words % facts)


def check_returning(decision: Decision, at: datetime) -> None:
    """Raises DecisionRefused after the days in which a unit may say "not ours"."""
    check_state(decision, State.TAKEN)
    days = number("not_ours_working_days")
    last = add_working_days(local_day(decision.given_at or at), days)
    if local_day(at) > last:
        words = gettext("“Not ours” could be said until %(day)s. Delegate it, or ask the President's office.")
        raise DecisionRefused(words % {"day": polish_date(last)})


def check_delegating(decision: Decision, to_unit: Unit, earlier: int) -> None:
    """Raises DecisionRefused when it was handed on too often, waits already, or goes nowhere."""
    check_state(decision, State.TAKEN, State.IN_PROGRESS)
    check_not_suspended(decision)
    if decision.offered_to_id is not None:
        raise DecisionRefused(gettext("It is offered to another unit already. Wait for its answer."))
    if to_unit.pk == decision.lead_unit_id or to_unit.closed_date is not None:
        raise DecisionRefused(gettext("Choose another working unit."))
    if earlier >= number("most_delegations"):
        raise DecisionRefused(gettext("It was handed on twice already. Ask the President's office who does it."))


def check_reporting(decision: Decision, end: str, text: str, instead: str, kinds: list[str]) -> None:
    """Raises DecisionRefused when parts are open or the evidence is not of the expected kind."""
    check_state(decision, State.IN_PROGRESS)
    check_not_suspended(decision)
    open_parts = [part.unit.short_name for part in decision.parts.all() if part.state == DecisionPart.State.OPEN]
    if open_parts:
        words = gettext("These helpers have not reported yet: %(units)s. Wait, or ask the President's office to waive their parts.")
        raise DecisionRefused(words % {"units": ", ".join(open_parts)})
    check_words(text)
    if end not in (State.DONE, State.PARTLY_DONE, State.NOT_FEASIBLE):
        raise DecisionRefused(gettext("Say how it ended."))
    if end != State.DONE and not instead.strip():
        raise DecisionRefused(gettext("Say in plain words what instead: people asked for it."))
    if end == State.NOT_FEASIBLE:
        return
    if not kinds:
        raise DecisionRefused(gettext("Add at least one piece of evidence: a photo, a document, a number, an address or a note."))
    if decision.expected_proof and decision.expected_proof not in kinds:
        words = gettext("Evidence of this kind is expected: %(kind)s. Add it.")
        raise DecisionRefused(words % {"kind": decision.get_expected_proof_display()})


def check_accepting(decision: Decision, person: Any, has_proof: bool, end: str) -> None:
    """Raises DecisionRefused for whoever reported it, and for "done" without evidence."""
    check_state(decision, State.REPORTED)
    if decision.reported_by_id is not None and decision.reported_by_id == person.pk:
        raise DecisionRefused(gettext("You reported it, so somebody else accepts it."))
    if end == State.DONE and not has_proof:
        raise DecisionRefused(gettext("“Done” needs evidence. Send the report back."))


def check_asking_later(decision: Decision, wanted: date, at: datetime) -> None:
    """Raises DecisionRefused once the day is over, or for an earlier day."""
    check_state(decision, State.TAKEN, State.IN_PROGRESS)
    check_not_suspended(decision)
    if decision.is_overdue(at):
        raise DecisionRefused(gettext("The due day has passed. A later day may be asked for before it; now explain the delay."))
    check_later(decision, wanted, at)


def check_later(decision: Decision, wanted: date, at: datetime) -> None:
    """Raises DecisionRefused for a day that is not later than the present one, or long gone, or in ten years."""
    if decision.due_on is not None and wanted <= decision.due_on:
        raise DecisionRefused(gettext("Choose a day later than the present due day."))
    if wanted < local_day(at):
        raise DecisionRefused(_not_far())
    check_not_too_far(wanted, at)


def check_not_too_far(day: date, at: datetime) -> None:
    """Raises DecisionRefused for a day more than ten years ahead."""
    if day > local_day(at) + FARTHEST:
        raise DecisionRefused(_not_far())


def _not_far() -> str:
    return gettext("Choose a day to come, not more than ten years ahead.")


def check_suspending(decision: Decision) -> None:
    """Raises DecisionRefused when there is nothing to suspend."""
    check_state(decision, State.TAKEN, State.RETURNED, State.IN_PROGRESS)
    check_not_suspended(decision)


def check_resuming(decision: Decision, due_on: date, at: datetime) -> None:
    """Raises DecisionRefused when it is not suspended, or for a past day."""
    check_state(decision, *OPEN)
    if decision.suspended_at is None:
        raise DecisionRefused(gettext("This decision is not suspended."))
    if due_on < local_day(at):
        raise DecisionRefused(gettext("Choose a day to come."))
    check_not_too_far(due_on, at)


def check_reopening(decision: Decision) -> None:
    """Raises DecisionRefused while it is not ended: ended ones stay ended, a new one follows them."""
    check_state(decision, *FINAL)


def check_reply_by(decision: Decision, unit: Unit, *, offered: bool = False) -> None:
    """Raises DecisionRefused when whoever answers by a link has the decision no longer."""
    having = decision.offered_to_id if offered else decision.lead_unit_id
    if having != unit.pk:
        raise DecisionRefused(gettext("This decision is with another unit now. Nothing is needed from you."))
