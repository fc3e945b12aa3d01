"""What the roster, banned words and tables of months need; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext

from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import MonthTable, Shift
from ratusz.casework.moderation.registries import Place
from ratusz.casework.moderation.rules import ModerationRefused
from ratusz.foundation.kit.dates import local_day, polish_date


def check_shift(shift: Shift, place: Place | None, at: datetime) -> None:
    """Raises ModerationRefused for hours or days that make no time, a place of another unit, a substitute who is the person."""
    if shift.closes <= shift.opens:
        raise ModerationRefused(gettext("A turn has to end after it starts. Change one of the two."))
    if shift.last_date is not None and shift.last_date < max(shift.first_date, local_day(at)):
        raise ModerationRefused(gettext("Choose a first day from today on, and a last day not before it."))
    if shift.person_id == shift.substitute_id:
        raise ModerationRefused(gettext("Nobody stands in for themselves. Choose somebody else as the substitute."))
    if shift.place and (place is None or (place.unit is not None and place.unit.pk != shift.unit_id)):
        raise ModerationRefused(gettext("This place belongs to another unit. Choose a place of this one, or all of the unit."))


def check_end_of_shift(shift: Shift, last: date, at: datetime) -> None:
    """Raises ModerationRefused for a last day before the turn began."""
    if last < shift.first_date:
        raise ModerationRefused(gettext("The turn begins only on %(day)s: choose that day or a later one.") % {
            "day": polish_date(shift.first_date)
        })  # fmt: skip


def check_absence(first: date, last: date, at: datetime) -> None:
    """Raises ModerationRefused."""
    if last < first or last < local_day(at):
        raise ModerationRefused(gettext("Choose days that are not over yet, the last one not before the first."))


def check_banned_word(key: str, reason: str, weight: int, at: datetime) -> None:
    """Raises ModerationRefused."""
    if not key:
        raise ModerationRefused(gettext("Write a word or a phrase of letters."))
    if reason not in catalogue.reasons_on(local_day(at)):
        raise ModerationRefused(gettext("Choose the reason: it says which rule the word breaks."))
    if not 1 <= weight <= 100:
        raise ModerationRefused(gettext("The risk a word adds is from 1 to 100."))


def check_freezing(over_at: datetime, before: MonthTable | None, why: str, at: datetime, *, is_machine: bool) -> None:
    """Raises ModerationRefused: the month is not over at `at`, or a new version has no reason."""
    if at < over_at:
        raise ModerationRefused(gettext("This month is not over. Its table is made on the first day of the next one."))
    if before is not None and (is_machine or not why.strip()):
        raise ModerationRefused(
            gettext("This month has its table. Write why a new version is needed: it stands on the public page.")
        )
