"""District councils: their contact, the next duty on the district page, and which districts lack something."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.working_days import is_working_day
from ratusz.foundation.territory.models import District
from ratusz.participation.initiatives.models import DistrictCouncil
from ratusz.publishing.website.registries import PagePart

CONTACT = ("chair", "office_address", "office_phone", "office_email")
FIELDS = (*CONTACT, "duty_weekday", "duty_from", "duty_until", "is_example")
AHEAD = 60
"""Days in which the next duty is looked for."""


def next_duty(council: DistrictCouncil, at: datetime) -> date | None:
    """The first working day of the duty that is not over yet at that moment; None while the hours are not known."""
    if council.duty_weekday is None or council.duty_until is None:
        return None
    today = local_day(at)
    for day in (today + timedelta(days=ahead) for ahead in range(AHEAD)):
        is_over = day == today and localtime(at).time() >= council.duty_until
        if day.weekday() == council.duty_weekday and is_working_day(day) and not is_over:
            return day
    return None


def hours(council: DistrictCouncil) -> str:
    """The hours of the duty: "17.00–18.00"; empty while not known."""
    if council.duty_from is None or council.duty_until is None:
        return ""
    return f"{council.duty_from:%-H.%M}–{council.duty_until:%-H.%M}"


def missing(council: DistrictCouncil | None) -> list[str]:
    """What a district's page still lacks, in words."""
    names = {
        "chair": _("chair"), "office_address": _("address"), "office_phone": _("telephone"), "office_email": _("e-mail"),
        "duty_from": _("duty hours"),
    }  # fmt: skip
    return [words for name, words in names.items() if not getattr(council, name, None)]


def district_part(district: Any, at: datetime) -> PagePart | None:
    """The contact on the district's page."""
    council = DistrictCouncil.objects.filter(district=district.pk).first()
    if council is None:
        return None
    day = next_duty(council, at)
    context = {"council": council, "hours": hours(council), "next_duty": polish_date(day, with_weekday=True) if day else ""}
    return PagePart(_("District council"), "initiatives/district.html", context, order=60, anchor="rada-dzielnicy")


def all_districts() -> list[tuple[District, list[str]]]:
    """Every district with what it lacks; two queries."""
    kept = {each.district_id: each for each in DistrictCouncil.objects.all()}
    return [(each, missing(kept.get(each.pk))) for each in District.objects.order_by("number")]
