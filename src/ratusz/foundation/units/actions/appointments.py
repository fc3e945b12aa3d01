"""Units are made and changed, people appointed and their appointments ended; groups and access follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.people.roles import GROUP_PREFIX, group_name
from ratusz.foundation.units import rules
from ratusz.foundation.units.models import Appointment, AppointmentQuerySet, Unit

UNIT_FIELDS = ("name", "short_name", "kind", "parent", "email", "phone", "address", "is_department", "closed_date")


def _facts(unit: Unit) -> dict[str, Any]:
    return {**{name: getattr(unit, name) for name in UNIT_FIELDS if name != "parent"}, "parent": unit.parent_id}


@transaction.atomic
def save_unit(*, unit: Unit | None = None, actor: Any = None, **facts: Any) -> Unit:
    """Makes a unit, or changes the given one; raises CircularUnit when it would be part of itself.

    A unit that becomes the department, or moves in or out of it, changes at once what its people may.
    """
    before = _facts(Unit.objects.select_for_update().get(pk=unit.pk)) if unit else None
    unit = Unit.objects.get(pk=unit.pk) if unit else Unit()
    for name, value in facts.items():
        setattr(unit, name, value)
    rules.check_tree(unit)
    unit.sort_key = polish_sort_key(unit.name)
    unit.save()
    if before and (before["is_department"], before["parent"]) != (unit.is_department, unit.parent_id):
        sync_all_access()
    deed = "units.change_unit" if before else "units.create_unit"
    record(deed=deed, subject=unit, before=before, after=_facts(unit), actor=actor)
    return unit


@transaction.atomic
def appoint(
    *, person: User, role: Role, unit: Unit, starts: datetime, ends: datetime | None = None,
    standing_in_for: Appointment | None = None, actor: Any = None,
) -> Appointment:  # fmt: skip
    """Appoints a person to a role in a unit for [starts, ends). A stand-in gets the role and unit of whom they stand in for."""
    if standing_in_for:
        role, unit = standing_in_for.role, standing_in_for.unit
    appointment = Appointment.objects.create(
        person=person, role=role, unit=unit, starts=starts, ends=ends, standing_in_for=standing_in_for
    )
    after = {"person": person.pk, "role": role.code, "unit": unit.short_name, "starts": starts, "ends": ends}
    after["standing_in_for"] = standing_in_for.pk if standing_in_for else None
    record(deed="units.appoint", subject=appointment, after=after, actor=actor)
    sync_access(person=person, at=database_now())
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends: datetime, actor: Any = None) -> Appointment:
    """Sets or moves the end; an end that has passed already takes access away at once."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    before, appointment.ends = appointment.ends, ends
    appointment.save()
    record(deed="units.end_appointment", subject=appointment, before={"ends": before}, after={"ends": ends}, actor=actor)
    sync_access(person=appointment.person, at=database_now())
    return appointment


@transaction.atomic
def end_appointments_of(*, person: User, actor: Any = None) -> int:
    """Ends now whatever the person is appointed to, also what has not begun yet; returns how many."""
    now = database_now()
    running = Appointment.objects.filter(Q(ends=None) | Q(ends__gt=now), person=person)
    for appointment in running:
        # The database wants an end after the start, also of what never began.
        end_appointment(appointment=appointment, ends=max(now, appointment.starts + timedelta(microseconds=1)), actor=actor)
    return len(running)


@transaction.atomic
def sync_access(*, person: User, at: datetime) -> bool:
    """Makes the person's groups and staff mark follow from the appointments in force; True when something changed.

    Whoever loses the staff mark is signed out everywhere.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    wanted = {group for _person, group in _groups_of(Appointment.objects.in_force(at).filter(person=person))}
    present = set(person.groups.filter(name__startswith=GROUP_PREFIX).values_list("name", flat=True))
    is_staff = bool(wanted) or person.is_superuser
    if wanted == present and is_staff == person.is_staff:
        return False
    person.groups.remove(*Group.objects.filter(name__in=present - wanted))
    person.groups.add(*Group.objects.filter(name__in=wanted - present))
    if person.is_staff and not is_staff:
        person.session_epoch += 1
    person.is_staff = is_staff
    person.save(update_fields=["is_staff", "session_epoch"])
    record(deed="units.change_access", subject=person, before={"groups": sorted(present)}, after={"groups": sorted(wanted)})
    return True


def _groups_of(appointments: AppointmentQuerySet) -> list[tuple[int, str]]:
    """Each person's number with a group that follows from an appointment of theirs."""
    held = appointments.where_held()
    return [(person, group_name(code, is_in_department=is_inside)) for person, code, _place, is_inside in held]


def sync_all_access() -> int:
    """Every minute: whoever's appointment has begun or ended since gets or loses access; returns how many changed."""
    at = database_now()
    with acting(system("units.sync_all_access")):
        return sum(sync_access(person=person, at=at) for person in _out_of_step(at))


def _out_of_step(at: datetime) -> list[User]:
    wanted: dict[int, set[str]] = {}
    for person_id, name in _groups_of(Appointment.objects.in_force(at)):
        wanted.setdefault(person_id, set()).add(name)
    present: dict[int, set[str]] = {}
    for person_id, name in Group.objects.filter(name__startswith=GROUP_PREFIX, user__isnull=False).values_list("user", "name"):
        present.setdefault(person_id, set()).add(name)
    differing = [key for key in wanted.keys() | present.keys() if wanted.get(key, set()) != present.get(key, set())]
    return list(User.objects.filter(pk__in=differing).order_by("pk"))


def check_may(person: Any, deed: str, subject: Any = None) -> datetime:
    """The moment at which the person may do the deed; raises PermissionDenied when they may not."""
    at = database_now()
    if not rules.may(person, deed, subject, at):
        raise PermissionDenied
    return at
