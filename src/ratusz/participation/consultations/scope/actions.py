"""The scope of a planned consultation is set: the whole city, districts, areas drawn on the map; each fact once for all forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.scope import rules


@transaction.atomic
def set_scope(*, consultation: Consultation, areas: Sequence[dict[str, Any]], person: Any) -> list[Area]:
    """Makes the areas those that are given (facts of Area); one that stays keeps its row, since forms point at it.

    Raises NotYours, ScopeRefused.
    """
    fresh = _locked(consultation, person)
    names = [each["name"] for each in areas]
    for old in fresh.areas.exclude(name__in=names):
        _remove(old)
    for facts in areas:
        Area.objects.update_or_create(consultation=fresh, name=facts["name"], defaults=facts)
    record(deed="consultations.set_scope", subject=fresh, after={"areas": names}, actor=person)
    return list(fresh.areas.all())


@transaction.atomic
def add_drawn_area(*, consultation: Consultation, name: str, shape: dict[str, Any], person: Any) -> Area:
    """One more area drawn on the map, beside districts and others; the whole city gives way. Raises NotYours, ScopeRefused."""
    fresh = _locked(consultation, person)
    for city in fresh.areas.filter(kind=Area.Kind.CITY):
        _remove(city)
    facts = {"kind": Area.Kind.DRAWN, "shape": shape, "district": None}
    made, _is_new = Area.objects.update_or_create(consultation=fresh, name=name, defaults=facts)
    record(deed="consultations.add_drawn_area", subject=fresh, after={"area": name}, actor=person)
    return made


@transaction.atomic
def remove_area(*, area: Area, person: Any) -> None:
    """An area goes, as long as no form belongs to it. Raises NotYours, ScopeRefused."""
    fresh = _locked(area.consultation, person)
    _remove(area)
    record(deed="consultations.remove_area", subject=fresh, before={"area": area.name}, actor=person)


def _remove(area: Area) -> None:
    rules.check_unused(area, area.forms.exists())
    area.delete()


def _locked(consultation: Consultation, person: Any) -> Consultation:
    fresh = Consultation.objects.select_for_update(of=("self",)).select_related("owner_unit").get(pk=consultation.pk)
    rules.check_may(person, "set_scope", fresh, database_now())
    rules.check_planned(fresh)
    return fresh
