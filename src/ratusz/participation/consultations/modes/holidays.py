"""Days of a plan that fall when people rest: a free first or last day, many free days, feasts, school breaks, the summer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date, polish_range
from ratusz.foundation.kit.working_days import is_working_day, working_day_from
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.days import counted, feasts_inside, free_days, overlaps

Warned = tuple[str, str, str, str, str]
"""Code, words, basis, expected, actual."""


def holidays_of(first: date, last: date) -> Iterator[Warned]:
    """What is to be warned of, in the order in which one would mend it."""
    house = _("custom of the house")
    for code, day in (("free_start", first), ("free_end", last)):
        if not is_working_day(day):
            words = _("The first day is a free day.") if code == "free_start" else _("The last day is a free day.")
            moved = _("for example %(day)s") % {"day": polish_date(working_day_from(day), with_weekday=True)}
            yield code, words, "art. 57 § 4 KPA", moved, polish_date(day, with_weekday=True)
    yield from _many_free(first, last, house)
    feasts = {
        "christmas": _("Christmas falls inside the consultation."), "easter": _("Easter falls inside the consultation."),
        "may_days": _("The first days of May fall inside the consultation."),
    }  # fmt: skip
    for name in feasts_inside(first, last):
        yield name, feasts[name], house, "", polish_range(first, last)
    yield from _breaks(first, last, house)


def _many_free(first: date, last: date, house: str) -> Iterator[Warned]:
    free, all_days, most = free_days(first, last), counted(first, last).included, terms.setting("free_days_share", first)
    if free * 100 > most * all_days:
        expected = _("at most %(share)s per cent") % {"share": most}
        actual = _("%(free)s of %(days)s days") % {"free": free, "days": all_days}
        yield "many_free_days", _("Many days of the consultation are free days."), house, expected, actual


def _breaks(first: date, last: date, house: str) -> Iterator[Warned]:
    for start, end in terms.winter_breaks(first):
        if overlaps(first, last, start, end):
            yield (
                "winter_break",
                _("The winter break of schools falls inside the consultation."),
                house,
                "",
                polish_range(start, end),
            )
    known = max((end.year for _start, end in terms.winter_breaks(first)), default=0)
    for year in range(first.year, last.year + 1):
        start, end = _season(year, first, "summer")
        if overlaps(first, last, start, end):
            words = _("The consultation runs in the summer holidays.")
            yield "summer", words, house, "", polish_range(max(first, start), min(last, end))
        start, end = _season(year, first, "winter")
        if year > known and overlaps(first, last, start, end):
            words = _("The winter break of schools in that year is not in the program yet. Look it up before you set the days.")
            yield "winter_unknown", words, house, "", polish_range(max(first, start), min(last, end))


def _season(year: int, day: date, name: str) -> tuple[date, date]:
    start, end = (_day_of(year, terms.setting(f"{name}_{side}", day)) for side in ("from", "to"))
    return start, end


def _day_of(year: int, month_and_day: int) -> date:
    return date(year, month_and_day // 100, month_and_day % 100)
