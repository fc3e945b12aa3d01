"""Dates as people in Poland read them: "15 września 2026 r.", ranges, weekdays, last moments."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
)  # fmt: skip
MONTHS_ALONE = (
    "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec",
    "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień",
)  # fmt: skip
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
DASH = "\u2013"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""What a calendar of ours reaches: days near the ends of Python's own cannot be reckoned with."""


def local_day(when: date | datetime) -> date:
    """The calendar day of a moment in the city's time zone; a day stays itself."""
    return _local(when).date() if isinstance(when, datetime) else when


def last_day_of(ends: date | datetime) -> date:
    """The last day of a half-open period: what ends at midnight ends with the day before; a plain day is the last one itself."""
    at_midnight = isinstance(ends, datetime) and _local(ends).time() == time.min
    return local_day(ends) - timedelta(days=1) if at_midnight else local_day(ends)


def _local(moment: datetime) -> datetime:
    return localtime(moment) if moment.tzinfo else moment


def polish_date(when: date | datetime, *, with_weekday: bool = False, with_year: bool = True) -> str:
    """ "15 września 2026 r.", with_weekday "wtorek, 15 września 2026 r."; a moment is taken in the city's time zone."""
    day = local_day(when)
    weekday = f"{WEEKDAYS[day.weekday()]}, " if with_weekday else ""
    return f"{weekday}{day.day} {MONTHS[day.month - 1]}{_year(day) if with_year else ''}"


def _year(day: date) -> str:
    return f" {day.year} r."


def polish_month(day: date) -> str:
    """ "wrzesień 2026 r."."""
    return f"{MONTHS_ALONE[day.month - 1]}{_year(day)}"


_IN_WORDS = re.compile(rf"(\d{{1,2}})\.? ({'|'.join(MONTHS)}) (\d{{4}})(?: ?r\.?| roku)?", re.IGNORECASE)


def day_in_words(text: str) -> date | None:
    """The day that somebody typed as "5 grudnia 2026" or "5 grudnia 2026 r."; None when these words are no day."""
    found = _IN_WORDS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    try:
        return date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None


def polish_range(first: date | datetime, last: date | datetime) -> str:
    """Both days included: "15–23 września 2026 r.", "28 września – 3 października 2026 r."; equal days are told once."""
    start, end = local_day(first), local_day(last)
    if end < start:
        raise ValueError(f"A range from {start} cannot end on {end}")
    if start == end:
        return polish_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{DASH}{polish_date(end)}"
    return f"{polish_date(start, with_year=start.year != end.year)} {DASH} {polish_date(end)}"


def polish_time(when: datetime) -> str:
    """ "godz. 14.30", in the city's time zone."""
    local = _local(when)
    return f"godz. {local.hour}.{local.minute:02d}"


def polish_hours(starts: datetime, ends: datetime) -> str:
    """ "godz. 8.00–9.30", both in the city's time zone."""
    return f"{polish_time(starts)}{DASH}{polish_time(ends).removeprefix('godz. ')}"


def polish_moment(when: datetime, *, with_weekday: bool = False) -> str:
    """ "15 września 2026 r., godz. 14.30"."""
    return f"{polish_date(when, with_weekday=with_weekday)}, {polish_time(when)}"


def polish_until(ends: date | datetime, *, with_weekday: bool = False) -> str:
    """The last moment of a half-open period: its end at midnight of 24 September is "do 23 września 2026 r., godz. 24.00".

    A plain day is the last day itself: "do 23 września 2026 r.".
    """
    if not isinstance(ends, datetime):
        return f"do {_genitive(ends, with_weekday)}"
    last = _genitive(last_day_of(ends), with_weekday)
    return f"do {last}, godz. 24.00" if last_day_of(ends) < local_day(ends) else f"do {last}, {polish_time(ends)}"


def polish_end(ends: datetime) -> str:
    """The last moment of a half-open period without "do": "23 września 2026 r., godz. 24.00"."""
    return polish_until(ends).removeprefix("do ")


def date_in_words(when: date | datetime, language: str) -> str:
    """A day in the language of a page: "29 November 2026", "29 listopada 2026 r."."""
    if language == "pl":
        return polish_date(when)
    with override(language):
        return date_format(local_day(when), _FORMATS.get(language, "j F Y"))


_FORMATS = {"uk": "j E Y"}
_UNTIL = {"uk": "до"}


def until_in_words(ends: date | datetime, language: str) -> str:
    """`polish_until` in the language of a page: "until 20 December 2026, 24:00"; a plain day is the last day itself."""
    if language == "pl":
        return polish_until(ends)
    last = last_moment_in_words(ends, language) if isinstance(ends, datetime) else date_in_words(ends, language)
    return f"{_UNTIL.get(language, 'until')} {last}"


def moment_in_words(when: datetime, language: str) -> str:
    """A day and hour in the language of a form: "29 November 2026, 23:38"."""
    if language == "pl":
        return polish_moment(when)
    return f"{date_in_words(when, language)}, {_local(when):%H:%M}"


def last_moment_in_words(ends: datetime, language: str) -> str:
    """The last moment of a half-open period in the language of a form: "20 December 2026, 24:00" for midnight of the 21st."""
    if language == "pl":
        return polish_end(ends)
    hour = "24:00" if last_day_of(ends) < local_day(ends) else f"{_local(ends):%H:%M}"
    return f"{date_in_words(last_day_of(ends), language)}, {hour}"


_WEEKDAYS_GENITIVE = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")


def _genitive(day: date, with_weekday: bool) -> str:
    weekday = f"{_WEEKDAYS_GENITIVE[day.weekday()]}, " if with_weekday else ""
    return f"{weekday}{polish_date(day)}"
