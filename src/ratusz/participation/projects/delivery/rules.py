"""Who may do what with the building of a project and what each deed needs; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.projects.delivery.pack import last_stage, stages_on
from ratusz.participation.projects.models import Delivery, DeliveryState
from ratusz.participation.projects.models.delivery import LONGEST_PUBLIC
from ratusz.publishing.gates.checks.personal import personal_data
from ratusz.publishing.gates.reading import Passage, Reading
from ratusz.publishing.gates.targets import targets_of
from ratusz.publishing.website.passports.rules import KEEPERS

LEADERS = ("budget_coordinator", "head", "deputy_head")
DESK = (*LEADERS, "editor")
UNIT = ("head", "deputy_head", "unit_editor", "unit_verifier")
OF_LEADERS = frozenset({"open", "drop", "confirm", "send_back", "take_up"})
OF_DESK = frozenset({"see_all", "assign", "send_link"})
OF_UNIT = frozenset({"report", "plan", "money", "explain"})
"""Of the unit in charge; the department writes down for it what came on paper."""
EARLIEST = date(2013, 1, 1)
FARTHEST = timedelta(days=3653)
"""Nobody plans farther; a day beyond is a slip of the keys."""


class NotYours(PermissionError):
    """The person's roles do not let them do this."""


class DeliveryRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


def may(person: Any, deed: str, delivery: Delivery | None, at: datetime) -> bool:
    """The coordinator and heads decide, the department writes, the unit in charge reports. "see": any of them, and units theirs."""
    if not getattr(person, "is_active", False):
        return False
    if deed in OF_LEADERS:
        return holds_department_role(person, *LEADERS, at=at)
    if deed == "photo_gate":
        # Whoever lets a photo show writes its image-rights passport.
        return holds_department_role(person, *KEEPERS, at=at)
    is_desk = holds_department_role(person, *DESK, at=at)
    if is_desk:
        return deed == "see" or deed in OF_DESK or deed in OF_UNIT
    if deed == "see" and delivery is None:
        return holds_role(person, *UNIT, at=at)
    if deed != "see" and deed not in OF_UNIT:
        return False
    return delivery is not None and delivery.unit is not None and holds_role(person, *UNIT, at=at, unit=delivery.unit)


def check_may(person: Any, deed: str, delivery: Delivery | None, at: datetime, by_unit: Unit | None = None) -> None:
    """Of a person, or of a unit that answers by its link. Raises NotYours, DeliveryRefused when another unit has it by now."""
    if by_unit is None:
        if not may(person, deed, delivery, at):
            raise NotYours
    elif delivery is None or deed not in OF_UNIT or delivery.unit_id != by_unit.pk:
        raise DeliveryRefused(_("This project is with another unit now. Nothing is needed from you."))


def check_state(delivery: Delivery, *states: str) -> None:
    """Raises DeliveryRefused when it is elsewhere by now."""
    if delivery.state not in states:
        words = _("This project is now: %(state)s. Somebody may have changed it a moment ago; look at it again.")
        raise DeliveryRefused(words % {"state": delivery.get_state_display()})


def check_words(text: str, at: datetime, *, needed: bool = True) -> str:
    """The words without spaces around, fit for everybody. Raises DeliveryRefused: none, too many, personal data in them."""
    text = text.strip()
    if needed and not text:
        raise DeliveryRefused(_("Write it in a sentence: everybody reads it."))
    if len(text) > LONGEST_PUBLIC:
        words = _("The text has %(count)s characters; the most is %(most)s. Shorten it.")
        raise DeliveryRefused(words % {"count": len(text), "most": LONGEST_PUBLIC})
    if text:
        reading = Reading(
            subject="projects.delivery", kind="projects.delivery", title="", passages=(Passage(text),), has_care=False
        )
        for found in personal_data(reading, targets_of("web", at), at):
            raise DeliveryRefused(found.words)
    return text


def check_reached(day: date, at: datetime) -> date:
    """A day on which something happened: not to come. Raises DeliveryRefused."""
    if day > local_day(at):
        raise DeliveryRefused(_("This day is still to come. Write the day on which it happened, or plan it."))
    if day < EARLIEST:
        raise DeliveryRefused(_("This day lies before the first participatory budget. Check the year."))
    return day


def check_stage(stage: str, at: datetime) -> str:
    """A stage of the catalogue in force. Raises DeliveryRefused."""
    if stage not in [each.code for each in stages_on(local_day(at))]:
        raise DeliveryRefused(_("Choose a stage from the list."))
    return stage


def check_step(delivery: Delivery, stage: str, text: str, at: datetime) -> None:
    """Raises DeliveryRefused for the last stage, which is reported as done, and for a step back without words."""
    check_stage(stage, at)
    if stage == last_stage(local_day(at)):
        raise DeliveryRefused(_("That it is done is reported by its own form: with the day, the money and a photo."))
    codes = [each.code for each in stages_on(local_day(at))]
    is_back = delivery.stage in codes and codes.index(stage) < codes.index(delivery.stage)
    if is_back and not text.strip():
        raise DeliveryRefused(_("It goes back to an earlier stage. Write why: everybody reads it."))


def check_plan(
    planned: Mapping[str, date | None], known: Mapping[str, tuple[date | None, date | None]], reason: str, at: datetime
) -> bool:
    """Whether a day is moved. `known`: stage to (planned, reached).

    Raises DeliveryRefused: a moved day without a reason, a new day in the past, days against the order of stages.
    """
    today, is_moved = local_day(at), False
    for stage, day in planned.items():
        was, reached = known.get(stage, (None, None))
        if day == was or reached is not None:
            continue
        if day is None:
            raise DeliveryRefused(_("A day that was planned is moved, not erased: people read it. Write another day."))
        if day < today or day - today > FARTHEST:
            raise DeliveryRefused(_("Plan a day to come, at most ten years ahead. Check: %(day)s.") % {"day": polish_date(day)})
        is_moved = is_moved or was is not None
    if is_moved and not reason.strip():
        raise DeliveryRefused(_("A day is moved. Write why: everybody reads the reason."))
    ahead = [each.code for each in stages_on(today)]
    waits = {stage: day for stage, day in planned.items() if known.get(stage, (None, None))[1] is None}
    days = [day for code in ahead if (day := waits.get(code))]
    if days != sorted(days):
        raise DeliveryRefused(_("The days go against the order of the stages. Check which comes first."))
    return is_moved


def check_money(ballot: int, contract: int | None, spent: int | None, note: str, *, is_end: bool = False) -> None:
    """Raises DeliveryRefused when amounts differ and nobody says why."""
    allowed = ballot if contract is None else contract
    if note.strip():
        return
    if contract is not None and contract != ballot:
        raise DeliveryRefused(_("The contract differs from the cost on the ballot. Write why: everybody reads it."))
    if spent is not None and spent > allowed:
        raise DeliveryRefused(_("More is spent than the contract or the ballot says. Write why: everybody reads it."))
    if is_end and spent != allowed:
        raise DeliveryRefused(_("In the end another sum was spent than planned. Write why: everybody reads it."))


def check_second_person(delivery: Delivery, person: Any) -> None:
    """Raises DeliveryRefused for whoever reported it."""
    if delivery.reported_by_id is not None and delivery.reported_by_id == person.pk:
        raise DeliveryRefused(_("You reported it, so somebody else confirms it."))


def is_late(next_on: date | None, state: str, at: datetime) -> bool:
    """Past the nearest planned day from 00:00 of the next one, while under way."""
    return state == DeliveryState.OPEN and next_on is not None and local_day(at) > next_on
