"""Days and hours in the language of the page that is asked for: Polish at /, English at /en/, Ukrainian in forms that have it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from ratusz.foundation.kit.dates import (
    DASH,
    date_in_words,
    local_day,
    moment_in_words,
    polish_date,
    polish_hours,
    polish_moment,
    until_in_words,
)

POLISH = "pl"


def _language() -> str:
    return get_language() or POLISH


def day(when: date | datetime, *, with_weekday: bool = False) -> str:
    """ "15 września 2026 r.", "15 September 2026"; with_weekday "wtorek, 15 września 2026 r.", "Tuesday, 15 September 2026"."""
    if _language() == POLISH:
        return polish_date(when, with_weekday=with_weekday)
    weekday = f"{date_format(local_day(when), 'l')}, " if with_weekday else ""
    return weekday + date_in_words(when, _language())


def moment(when: datetime, *, with_weekday: bool = False) -> str:
    """ "15 września 2026 r., godz. 14.30", "15 September 2026, 14:30"."""
    if _language() == POLISH:
        return polish_moment(when, with_weekday=with_weekday)
    weekday = f"{date_format(local_day(when), 'l')}, " if with_weekday else ""
    return weekday + moment_in_words(when, _language())


def until(ends: date | datetime) -> str:
    """The last moment of a half-open period: "do 14 września 2026 r., godz. 24.00", "until 14 September 2026, 24:00"."""
    return until_in_words(ends, _language())


def hours(starts: datetime, ends: datetime) -> str:
    """ "godz. 16.00–18.00", "16:00–18:00", in the city's time zone."""
    if _language() == POLISH:
        return polish_hours(starts, ends)
    return f"{localtime(starts):%H:%M}{DASH}{localtime(ends):%H:%M}"
