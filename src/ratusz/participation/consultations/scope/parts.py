"""The scope on other pages: "kogo dotyczy" of everybody, and the part of the staff's page that leads to the map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from ratusz.foundation.territory.city_map import city_map
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.registries import Part, ToNotify, to_notify
from ratusz.participation.consultations.scope import rules
from ratusz.participation.consultations.scope.queries import Reach, reach_of

STREETS_AT_ONCE = 40
"""More streets are folded away."""


def public_part(consultation: Consultation, at: datetime) -> Part | None:
    """Whom it concerns: districts and streets, with the drawn areas on a map."""
    return Part("consultations/scope/public.html", shown(consultation), order=20)


def staff_part(consultation: Consultation, person: Any, at: datetime) -> Part | None:
    """What is reached, and the way to the map."""
    if not rules.may(person, "see", consultation, at):
        return None
    context = shown(consultation) | {
        "scope_url": reverse("consultation_scope", args=[consultation.pk]),
        "consultation": consultation,
    }
    return Part("consultations/scope/staff/part.html", context, order=20)


def shown(consultation: Consultation) -> dict[str, Any]:
    """What both pages draw."""
    areas = list(consultation.areas.all())
    reach = reach_of(areas)
    drawn = [(each.name, each.shape) for each in areas if each.kind == Area.Kind.DRAWN]
    return {
        "areas": areas,
        "reach": reach,
        "target_group": consultation.target_group,
        "is_long": len(reach.streets) > STREETS_AT_ONCE,
        "scope_map": city_map(drawn) if drawn else None,
    }


def recipients(consultation: Consultation, reach: Reach, at: datetime) -> list[Any]:
    """Councils, organisations and schools to write to, of every module that keeps such a list."""
    districts = [each.district for each in reach.districts]
    return [found for source in to_notify for found in source(districts, reach.is_city_wide, at)]


def district_councils(districts: Any, is_city_wide: bool, at: datetime) -> list[Any]:
    """The district councils (RJP) of the reached districts, by their number and name."""
    rows = District.objects.by_name() if is_city_wide else districts
    return [ToNotify(f"Rada Dzielnicy nr {each.number} {each.name}", "district_council", each.number) for each in rows]
