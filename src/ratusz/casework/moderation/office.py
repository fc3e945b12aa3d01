"""Reads of the moderators' office: current places with cover and mode, the week of turns, the load of units."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import catalogue, rules
from ratusz.casework.moderation.models import Absence, Item, Mandate, Mode, PlaceRules, Shift, State
from ratusz.casework.moderation.registries import Place, place_kinds
from ratusz.casework.moderation.roster import Gap, Turn, first_gap, is_away, is_covered, turns_on, working_days_from
from ratusz.foundation.kit.dates import last_day_of, local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit

LOAD_OVER = timedelta(days=30)


def current_places(at: datetime) -> list[Place]:
    """Every place in which people write now or soon, by kind and name."""
    return [place for kind in place_kinds for place in sorted(kind.current(at), key=lambda each: each.name)]


def modes_of(places: Iterable[Place], at: datetime) -> dict[str, Mode]:
    """How each place publishes at that moment; one query for all."""
    found = {place.key: Mode(place.default_mode) for place in places}
    for each in PlaceRules.objects.filter(place__in=found, starts__lte=at).order_by("starts", "pk"):
        found[each.place] = Mode(each.mode)
    return found


def mandates_of(places: Iterable[Place], at: datetime) -> dict[str, list[Mandate]]:
    """Who moderates each place now."""
    keys = [place.key for place in places]
    by_place: dict[str, list[Mandate]] = defaultdict(list)
    running = Mandate.objects.in_force(at).filter(place__in=keys).select_related("person", "substitute", "unit", "invitation")
    for each in running.order_by("starts", "pk"):
        by_place[each.place].append(each)
    return by_place


def uncovered(at: datetime) -> list[Gap]:
    """Places that nobody looks after for longer than the rules let, within the next working days."""
    places, days = current_places(at), working_days_from(local_day(at))
    shifts = list(Shift.objects.between(days[0], days[-1]).select_related("person", "substitute"))
    absences = list(Absence.objects.filter(last_date__gte=days[0], first_date__lte=days[-1]))
    mandates, department, more_than = mandates_of(places, at), of_department(at), catalogue.term("uncovered_days", at)
    gaps = []
    for place in places:
        own = [each for each in shifts if _covers(each, place)]
        holders = _holders(mandates[place.key]) | (department if _is_of_department(place) else set())
        covered = [_is_over(place, day) or is_covered(day, turns_on(day, own, absences), holders, absences) for day in days]
        gaps.append(first_gap(place, days, covered, more_than))
    return [gap for gap in gaps if gap is not None]


def _is_over(place: Place, day: date) -> bool:
    """Whether nobody can write there any more on that day, so that nobody has to look after it."""
    return place.ends_at is not None and day > last_day_of(place.ends_at)


def _covers(shift: Shift, place: Place) -> bool:
    return shift.place == place.key or (not shift.place and place.unit is not None and shift.unit_id == place.unit.pk)


def _is_of_department(place: Place) -> bool:
    return place.unit is None or place.unit.is_department


def _holders(mandates: Iterable[Mandate]) -> set[int]:
    """People of mandates; whoever was invited and has come has no number here and is told apart by the invitation."""
    numbers = {number for each in mandates for number in (each.person_id, each.substitute_id) if number is not None}
    came = [each.invitation.email for each in mandates if each.invitation is not None and each.invitation.accepted_at is not None]
    return numbers | set(User.objects.filter(email__in=came).values_list("pk", flat=True)) if came else numbers


def who_looks(place: str, at: datetime) -> list[User]:
    """Whom a new thing in a place is for: those on duty there today, else its moderators who are not away, else substitutes."""
    mandates = list(Mandate.objects.in_force(at).filter(place=place).select_related("person", "substitute", "invitation"))
    if not mandates and not Shift.objects.filter(place=place).exists():
        return []
    day = local_day(at)
    absences = list(Absence.objects.filter(first_date__lte=day, last_date__gte=day))
    shifts = Shift.objects.between(day, day).filter(Q(place=place) | Q(place="", unit__in=[each.unit_id for each in mandates]))
    on_duty = [turn.person for turn in turns_on(day, shifts.select_related("person", "substitute"), absences) if turn.person]
    if on_duty:
        return on_duty
    numbers = {each.person_id for each in mandates if not is_away(each.person_id, absences, day)}
    numbers |= {each.substitute_id for each in mandates if is_away(each.person_id, absences, day) and each.invitation is None}
    came = [each.invitation.email for each in mandates if each.invitation is not None and each.invitation.accepted_at is not None]
    people = User.objects.filter(Q(pk__in=numbers - {None}) | Q(email__in=came), is_active=True)
    return list(people.order_by("pk"))


def of_department(at: datetime) -> set[int]:
    """Numbers of those who judge everything."""
    held = Appointment.objects.in_force(at).in_department().filter(role__code__in=("moderator", "lead_moderator"))
    return set(held.values_list("person", flat=True))


def is_idle_in(unit: Unit, person: User, at: datetime) -> bool:
    """Whether a turn in the unit would leave the person without a thing to judge: no mandate there, and none for everything."""
    judges = (*rules.JUDGES, "appeal_moderator")
    held = Appointment.objects.in_force(at).filter(person=person)
    if held.in_department().filter(role__code__in=judges).exists():
        return False
    return not Mandate.objects.in_force(at).of(person.pk, person.email).filter(unit=unit).exists()


def leads(at: datetime) -> list[User]:
    """Lead moderators; where there are none, the heads of the department."""
    held = Appointment.objects.in_force(at).in_department()
    for codes in (("lead_moderator",), rules.HEADS):
        numbers = held.filter(role__code__in=codes).values("person")
        if found := list(User.objects.filter(pk__in=numbers).order_by("pk")):
            return found
    return []


def units_kept_by(person: Any, at: datetime) -> list[Unit]:
    """Units whose places and turns the person keeps, the department last to ask: all for leads."""
    units = list(Unit.objects.working().select_related("parent__parent__parent"))
    return [unit for unit in units if rules.keeps(person, unit, at)]


def people_kept_by(person: Any, at: datetime) -> set[int] | None:
    """Numbers of those whose absences the person tells and cancels: appointed, on duty or with a mandate in the units that the
    person keeps. None for leads: everybody."""
    if rules.may(person, "lead", None, at):
        return None
    units = units_kept_by(person, at)
    found = set(Appointment.objects.in_force(at).filter(unit__in=units).values_list("person", flat=True))
    day = local_day(at)
    turns = Shift.objects.filter(Q(last_date=None) | Q(last_date__gte=day), unit__in=units).values_list("person", "substitute")
    mandates = Mandate.objects.in_force(at).filter(unit__in=units).values_list("person", "substitute")
    return found | {number for pair in (*turns, *mandates) for number in pair if number is not None}


@dataclass(frozen=True)
class Week:
    """A unit's week: for each of its five days the turns as they will be."""

    unit: Unit
    days: Sequence[tuple[date, list[Turn]]]


def week_of(monday: date, units: Sequence[Unit]) -> list[Week]:
    """The grid of a week for units that have turns in it."""
    friday = monday + timedelta(days=4)
    shifts = Shift.objects.between(monday, friday).filter(unit__in=units).select_related("person", "substitute")
    absences = list(Absence.objects.filter(last_date__gte=monday, first_date__lte=friday))
    by_unit: dict[int, list[Shift]] = defaultdict(list)
    for each in shifts.order_by("opens", "pk"):
        by_unit[each.unit_id].append(each)
    days = [monday + timedelta(days=step) for step in range(5)]
    return [Week(unit, [(day, turns_on(day, by_unit[unit.pk], absences)) for day in days]) for unit in units if unit.pk in by_unit]


def on_duty_today(at: datetime) -> list[Turn]:
    """Turns of today in every unit."""
    day = local_day(at)
    shifts = Shift.objects.between(day, day).select_related("person", "substitute", "unit")
    return turns_on(day, shifts, list(Absence.objects.filter(first_date__lte=day, last_date__gte=day)))


@dataclass(frozen=True)
class Load:
    """What a unit has to judge: never whose."""

    unit: str
    open: int
    late: int
    came: int
    closed: int
    median_hours: float | None
    """From coming into the queue to the decision, in hours of the clock; None when nothing was decided."""


def load_of_units(at: datetime, units: Sequence[Unit] | None = None) -> list[Load]:
    """The load of each unit over thirty days, the heaviest first; `units` None: of all, things without a unit too."""
    since = at - LOAD_OVER
    items = Item.objects.filter(Q(closed_at=None) | Q(closed_at__gte=since) | Q(opened_at__gte=since))
    items = items if units is None else items.filter(unit__in=units)
    late = _late_of_units(at)
    hours: dict[int | None, list[float]] = defaultdict(list)
    for unit, opened, closed in items.filter(state=State.JUDGED, closed_at__gte=since).values_list(
        "unit", "opened_at", "closed_at"
    ):
        hours[unit].append((closed - opened).total_seconds() / 3600)
    counts = items.values("unit", "unit__name").order_by().annotate(
        open=Count("pk", filter=Q(closed_at=None)), came=Count("pk", filter=Q(opened_at__gte=since)),
        closed=Count("pk", filter=Q(closed_at__gte=since)),
    )  # fmt: skip
    loads = [
        Load(
            each["unit__name"] or "", each["open"], late[each["unit"]], each["came"], each["closed"],
            statistics.median(hours[each["unit"]]) if hours[each["unit"]] else None,
        )
        for each in counts
    ]  # fmt: skip
    return sorted(loads, key=lambda each: (-each.open, -each.came, each.unit))


def _late_of_units(at: datetime) -> dict[int | None, int]:
    late: dict[int | None, int] = defaultdict(int)
    overdue = Clock.objects.running().filter(subject__startswith="moderation.item:", due_at__lte=at, paused_at=None)
    numbers = {int(subject.rpartition(":")[2]) for subject in overdue.values_list("subject", flat=True)}
    for unit in Item.objects.filter(pk__in=numbers, closed_at=None).values_list("unit", flat=True):
        late[unit] += 1
    return late
