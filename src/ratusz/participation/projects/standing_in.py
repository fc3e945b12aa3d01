"""For whom and for which units a person stands in at a moment; queues, deeds and desks ask here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from ratusz.foundation.units.models import Appointment
from ratusz.participation.projects.models import Check, Opinion, Substitution


def people(person: Any, at: datetime) -> set[int]:
    """Numbers of those whose checks are the person's now: their own and of whom they stand in for."""
    pk = getattr(person, "pk", None)
    if pk is None:
        return set()
    return {pk, *Substitution.objects.by(person, at).filter(unit=None).values_list("absent", flat=True)}


def units(person: Any, at: datetime) -> set[int]:
    """Units whose opinion the person may give by standing in: for the unit, or for its verifier."""
    if getattr(person, "pk", None) is None:
        return set()
    mine = Substitution.objects.by(person, at)
    held = Appointment.objects.in_force(at).filter(role__code="unit_verifier", person__in=mine.filter(unit=None).values("absent"))
    return {*mine.exclude(unit=None).values_list("unit", flat=True), *held.values_list("unit", flat=True)}


def is_hand(check: Check, person: Any, at: datetime) -> bool:
    """Whether the formal check is this person's: given to them, or to somebody they stand in for now."""
    if person.pk in (check.verifier_id, check.substitute_id):
        return True
    return check.verifier_id in people(person, at)


def in_queue(person: Any, at: datetime) -> Q:
    """Applications whose formal check is the person's now."""
    return Q(check_of__verifier__in=people(person, at)) | Q(check_of__substitute=person.pk)


def may_for_unit(person: Any, opinion: Opinion, at: datetime) -> bool:
    """Whether the person stands in for the unit that is asked."""
    return opinion.unit_id in units(person, at)


def names_now(at: datetime) -> dict[tuple[str, int], list[str]]:
    """Who stands in now, by ("person", number) or ("unit", number)."""
    found: dict[tuple[str, int], list[str]] = {}
    for each in Substitution.objects.in_force(at).select_related("substitute"):
        key = ("unit", each.unit_id) if each.unit_id else ("person", each.absent_id)
        found.setdefault(key, []).append(each.substitute.get_full_name())
    return found
