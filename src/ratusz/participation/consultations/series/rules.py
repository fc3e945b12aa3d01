"""Who may run a series, what the template says for a district, and which fields of an instance follow it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.territory.models import District
from ratusz.foundation.units.rules import holds_department_role
from ratusz.participation.consultations.models import Series

MANAGE = ("head", "deputy_head", "editor")
SEES = (*MANAGE, "moderator", "press_officer", "desk_officer", "budget_coordinator")
TEXTS = (
    "title", "summary", "subject", "purpose", "open_questions", "alternative", "decided_by", "what_next", "target_group", "contact",
)  # fmt: skip
"""Fields of a consultation whose text the template writes, with {dzielnica} and {numer}."""
PLAIN = ("label", "modes", "owner_unit_id", "owner_person_id", "starts_on", "ends_on", "order_number", "ordered_on")
"""Fields that every instance has alike."""


class SeriesRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, series: Series | None, at: datetime) -> bool:
    """`see`: the department; `manage`: its heads and editors."""
    return holds_department_role(person, *(SEES if deed == "see" else MANAGE), at=at)


def check_may(person: Any, deed: str, series: Series | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, series, at):
        raise NotYours


def check_template(template: Mapping[str, str], starts_on: date | None, ends_on: date | None) -> None:
    """Raises SeriesRefused when instances could not be told apart, or their days run backwards."""
    if not any(mark in template.get("title", "") for mark in ("{dzielnica}", "{numer}")):
        raise SeriesRefused(_("Write {dzielnica} or {numer} in the title, so that the consultations can be told apart."))
    if starts_on and ends_on and ends_on < starts_on:
        raise SeriesRefused(_("The last day is before the first. Check both days."))


def said_for(series: Series, district: District) -> dict[str, Any]:
    """What the template says of the consultation of a district: field to value."""
    words = {name: filled(series.template.get(name, ""), district) for name in TEXTS}
    return words | {name: getattr(series, name) for name in PLAIN}


def filled(text: str, district: District) -> str:
    """The text with the district's name and number in place of {dzielnica} and {numer}."""
    return text.replace("{dzielnica}", district.name).replace("{numer}", str(district.number))


def written_by_hand(values: Mapping[str, Any], said: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Fields that somebody wrote by hand: those known before, and those that differ from what the template said until now."""
    return sorted({*known, *(name for name, value in said.items() if values[name] != value)})


def follows(said: Mapping[str, Any], overridden: Iterable[str]) -> dict[str, Any]:
    """What an instance takes over of the template: everything that nobody wrote by hand."""
    own = set(overridden)
    return {name: value for name, value in said.items() if name not in own}
