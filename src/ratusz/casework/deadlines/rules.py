"""Who sees, pauses and extends which clock, and why a clock may refuse; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.registries import case_doors, case_readers
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.units.models import Appointment
from ratusz.foundation.units.rules import holds_department_role

HEADS = ("head", "deputy_head")
SEES_ALL = (*HEADS, "editor", "press_officer", "moderator", "budget_coordinator", "desk_officer")
WITHDRAWN = "withdrawn"
"""The event that stops any clock: what it ran on is gone."""


class ClockRefused(ValueError):
    """A clock cannot be started, paused, extended or stopped so; the message says why."""


def may(person: Any, deed: str, clock: Clock | None, at: datetime) -> bool:
    """See: the department all, others those of their units and their own. Pause, resume, extend: who owns it, and heads."""
    if not getattr(person, "pk", None) or not getattr(person, "is_staff", False):
        return False
    if deed == "see_board":
        return True
    if clock is None:
        return False
    is_own = clock.person_id == person.pk or (clock.unit_id is not None and clock.unit_id in units_of(person, at))
    return is_own or holds_department_role(person, *(SEES_ALL if deed == "see" else HEADS), at=at)


def may_open(person: Any, clock: Clock, at: datetime) -> bool:
    """Whether the person gets in where the clock leads: to its case as the case's module says, or to the clock's own page."""
    case = clock.subject.rpartition(":")[0]
    if clock.url and case in case_doors:
        return case_doors[case](person, clock, at)
    if clock.url and case in case_readers and not case_readers[case](person, at):
        return False
    return may(person, "see", clock, at)


def units_of(person: Any, at: datetime) -> set[int]:
    """The units in which the person is appointed to anything now."""
    return set(Appointment.objects.in_force(at).filter(person=person.pk).values_list("unit_id", flat=True))


def seen_by(person: Any, at: datetime) -> Q:
    """The clocks that person sees."""
    return Q() if holds_department_role(person, *SEES_ALL, at=at) else Q(person=person.pk) | Q(unit__in=units_of(person, at))


def check_reason(reason: str) -> str:
    """The reason without spaces around it; raises ClockRefused when there is none."""
    if not reason.strip():
        raise ClockRefused(gettext("Write the reason: it stays in the history of the clock."))
    return reason.strip()


def check_pause(clock: Clock, at: datetime) -> None:
    """Raises ClockRefused when the rule knows no pause, the clock is paused already, or its term is over."""
    if not clock.rule.pause:
        raise ClockRefused(gettext("The rule of this clock knows no pause."))
    if clock.paused_at is not None:
        raise ClockRefused(gettext("This clock is paused already."))
    if clock.due_at is not None and clock.due_at <= at:
        raise ClockRefused(gettext("The term is over: a pause would not bring it back."))


def check_extension(clock: Clock, due_at: datetime | None, longest: datetime | None, at: datetime) -> datetime:
    """The new term: `due_at`, or the longest there is; raises ClockRefused when rule, pause, lateness or bounds forbid it."""
    if longest is None:
        raise ClockRefused(gettext("The rule of this clock knows no extension."))
    if hasattr(clock, "extension"):
        raise ClockRefused(gettext("This clock was extended once already; the rule allows no more."))
    if clock.paused_at is not None:
        raise ClockRefused(gettext("The clock is paused. Let it run first."))
    if clock.due_at is not None and clock.due_at <= at:
        raise ClockRefused(gettext("The term is over: it can only be extended before it ends."))
    wanted = due_at or longest
    if wanted > longest:
        until = polish_until(longest)
        raise ClockRefused(gettext("The rule lets the term be extended no further than %(until)s.") % {"until": until})
    if clock.due_at is not None and wanted <= clock.due_at:
        raise ClockRefused(gettext("The new term has to be later than the one the clock has."))
    return wanted
