"""Reads over the tree of units: where a head may invite to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ratusz.foundation.people.models import Role
from ratusz.foundation.units import rules
from ratusz.foundation.units.models import Appointment, Unit, UnitQuerySet


def units_to_invite_into(person: Any, at: datetime) -> UnitQuerySet:
    """The working units into which `rules.may_invite` lets the person; two queries however many units there are."""
    units = Unit.objects.working()
    if rules.invites_anywhere(person, at):
        return units
    heads = Appointment.objects.in_force(at).filter(person=person, role__code__in=rules.HEADS)
    own = set(heads.values_list("unit_id", flat=True))
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    return units.filter(pk__in=[number for number in parents if own & _line(number, parents)])


def _line(number: int, parents: Mapping[int, int | None]) -> set[int]:
    """The unit and all it is part of."""
    line: set[int] = set()
    step: int | None = number
    while step is not None and step not in line:
        line.add(step)
        step = parents.get(step)
    return line


def roles_to_invite_as(person: Any, at: datetime) -> QuerySet[Role]:
    """All roles for administrators, those of daily work for heads; work of the department only where the department is."""
    roles = Role.objects.all()
    if rules.invites_anywhere(person, at):
        return roles
    own = roles.filter(code__in=rules.HEADS_INVITE_AS)
    has_department = units_to_invite_into(person, at).of_department().exists()
    return own if has_department else own.exclude(code__in=rules.WORK_OF_THE_DEPARTMENT)
