"""A calendar before it is written: its order checked, warnings said, last year's moved by a year to working days. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY
from ratusz.foundation.kit.working_days import is_working_day, working_day_from
from ratusz.participation.budget.models import StageCode

Days = Mapping[str, tuple[date, date]]
"""Stage to its first and last day, both included."""
NEEDED = ("submission", "formal", "substantive", "ballot_list", "voting", "results")
ONE_AFTER_ANOTHER = (
    ("submission", "formal"), ("formal", "substantive"), ("substantive", "ballot_list"), ("ballot_list", "voting"),
    ("voting", "verification"), ("voting", "results"), ("results", "evaluation"),
)  # fmt: skip
ON_ANY_DAY = ("voting", "remarks", "evaluation")
"""Stages that may start and end on a day off: residents do them from home."""
LAWFUL_VOTING_DAYS = 7


def name_of(code: str) -> str:
    """The stage as people call it."""
    return str(StageCode(code).label)


def faults(days: Days) -> list[str]:
    """Why a calendar cannot stand, in sentences that say what to mend; empty when it can."""
    found = [_("Give the dates of: {stage}.").format(stage=name_of(code)) for code in NEEDED if code not in days]
    for code, (first, last) in days.items():
        if not FIRST_DAY <= min(first, last) <= max(first, last) <= LAST_DAY:
            found.append(_("{stage}: write days from 2000 to 2099.").format(stage=name_of(code)))
        if last < first:
            found.append(_("{stage}: the last day is before the first.").format(stage=name_of(code)))
    for earlier, later in ONE_AFTER_ANOTHER:
        if earlier in days and later in days and days[later][0] <= days[earlier][1]:
            text = _("{later} starts before {earlier} ends. Move one of them.")
            found.append(text.format(later=name_of(later), earlier=name_of(earlier)))
    return found


def warnings(days: Days) -> list[str]:
    """What is allowed but looks wrong: days off, a short vote, too little time for appeals."""
    found = []
    for code, (first, last) in days.items():
        if code not in ON_ANY_DAY:
            for day in dict.fromkeys((first, last)):
                if not is_working_day(day):
                    found.append(_("{stage}: {day} is a day off.").format(stage=name_of(code), day=f"{day:%d.%m.%Y}"))
    if "voting" in days and (days["voting"][1] - days["voting"][0]).days + 1 < LAWFUL_VOTING_DAYS:
        found.append(_("The voting is shorter than a week."))
    if "substantive" in days and "ballot_list" in days and (days["ballot_list"][1] - days["substantive"][1]).days < 5:
        found.append(_("Appeals after the substantive list have less than five days before the ballot list is ready."))
    return found


def moved_by_a_year(days: Days, years: int = 1) -> dict[str, tuple[date, date]]:
    """The same calendar `years` later on the same weekdays; what then starts or ends on a day off moves to the next working day.

    After that no stage starts before the one it follows has ended.
    """
    moved: dict[str, tuple[date, date]] = {}
    for code in [code for code in StageCode.values if code in days]:
        first, last = (_same_weekday(day, years) for day in days[code])
        if code not in ON_ANY_DAY:
            first, last = working_day_from(first), working_day_from(last)
        for earlier, later in ONE_AFTER_ANOTHER:
            if later == code and earlier in moved and first <= moved[earlier][1]:
                first = moved[earlier][1] + timedelta(days=1)
                first = first if code in ON_ANY_DAY else working_day_from(first)
        moved[code] = (first, max(first, last))
    return moved


def _same_weekday(day: date, years: int) -> date:
    """The day of the same weekday nearest to the date `years` later."""
    target = date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    shift = (day.weekday() - target.weekday() + 3) % 7 - 3
    return target + timedelta(days=shift)
