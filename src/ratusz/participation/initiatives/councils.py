"""District councils: their contact, the next duty on the district page, and which districts lack something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ratusz.casework.advice import queries
from ratusz.casework.advice.models import Point
from ratusz.foundation.kit.dates import local_day, polish_date, polish_hours
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.rules import holds_role
from ratusz.participation.initiatives.models import DistrictCouncil
from ratusz.participation.initiatives.rules import KEEPER, keeps
from ratusz.publishing.website.registries import PagePart

CONTACT = ("chair", "office_address", "office_phone", "office_email")
DUTY = ("duty_weekday", "duty_from", "duty_until")
OURS = ("point_slug", "unit", "is_example")
"""What the department alone sets."""
FIELDS = (*CONTACT, *DUTY, *OURS)
AHEAD = 60
"""Days in which the next duty is looked for."""


@dataclass(frozen=True)
class Duty:
    """The next time somebody of the council is there: the day, the hours as "17.00–18.00", and where it differs from the office."""

    day: date
    hours: str
    where: str = ""


def next_duty(council: DistrictCouncil, at: datetime) -> Duty | None:
    """The first duty that is not over at that moment; None while it is not known. Days off and days that differ are left out."""
    if council.point_slug:
        point = point_of(council)
        return _of_point(point, at) if point is not None else None
    if council.duty_weekday is None or council.duty_until is None:
        return None
    today = local_day(at)
    for day in (today + timedelta(days=ahead) for ahead in range(AHEAD)):
        is_over = day == today and localtime(at).time() >= council.duty_until
        if day.weekday() == council.duty_weekday and is_working_day(day) and not is_over:
            return Duty(day, f"{council.duty_from:%-H.%M}–{council.duty_until:%-H.%M}")
    return None


def point_of(council: DistrictCouncil) -> Point | None:
    """The working consultation point whose hours are the council's duty."""
    return queries.working_points().filter(slug=council.point_slug).first() if council.point_slug else None


def _of_point(point: Point, at: datetime) -> Duty | None:
    first = local_day(at)
    found = queries.openings_of(point, first, first + timedelta(days=AHEAD))
    nearest = next((each for each in found if each.ends_at > at), None)
    if nearest is None:
        return None
    return Duty(
        local_day(nearest.starts_at), polish_hours(nearest.starts_at, nearest.ends_at).removeprefix("godz. "), nearest.where
    )


def missing(council: DistrictCouncil | None) -> list[str]:
    """What a district's page still lacks, in words."""
    names = {
        "chair": _("chair"), "office_address": _("address"), "office_phone": _("telephone"), "office_email": _("e-mail"),
        "duty_from": _("duty hours"),
    }  # fmt: skip
    has_point = council is not None and bool(council.point_slug)
    return [words for name, words in names.items() if not getattr(council, name, None) and not (name == "duty_from" and has_point)]


def district_part(district: Any, at: datetime) -> PagePart | None:
    """The contact on the district's page."""
    council = DistrictCouncil.objects.filter(district=district.pk).first()
    if council is None:
        return None
    duty = next_duty(council, at)
    day = polish_date(duty.day, with_weekday=True) if duty else ""
    context = {"council": council, "duty": duty, "point": point_of(council), "next_duty": day}
    return PagePart(_("District council"), "initiatives/district.html", context, order=60, anchor="rada-dzielnicy")


def all_districts() -> list[tuple[District, list[str]]]:
    """Every district with what it lacks; two queries."""
    kept = {each.district_id: each for each in DistrictCouncil.objects.all()}
    return [(each, missing(kept.get(each.pk))) for each in District.objects.order_by("number")]


def kept_by(person: Any, at: datetime) -> list[DistrictCouncil]:
    """Councils whose contact the person keeps as an editor of the council's unit; no query for whoever is no such editor."""
    if not holds_role(person, KEEPER, at=at):
        return []
    rows = DistrictCouncil.objects.exclude(unit=None).select_related("unit", "district")
    return [each for each in rows if keeps(person, each, at)]
