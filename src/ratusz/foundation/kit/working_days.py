"""Working days and holidays in Poland, and terms counted the way Polish law counts them.

Holidays: ustawa z 18.01.1951 o dniach wolnych od pracy (from the package `holidays`; Trzech Króli from 2011, Wigilia from 2025).
Terms: art. 57 KPA (Kodeks postępowania administracyjnego); art. 111, 112 and 115 of Kodeks cywilny count the same way.
Each function gives the last day of the term; `end_of_day` turns it into the half-open end of the period.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils.timezone import get_default_timezone

SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=300)
def _holidays_of_year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("PL", years=year, language="pl"))


def holiday_name(day: date) -> str:
    """The name of the statutory holiday on that day, "" on other days; ordinary Sundays have no name."""
    return _holidays_of_year(day.year).get(day, "")


def is_day_off(day: date) -> bool:
    """A statutory day off: a Sunday or a holiday (dzień ustawowo wolny od pracy); a Saturday is none."""
    return day.weekday() == SUNDAY or bool(holiday_name(day))


def is_working_day(day: date) -> bool:
    """Neither a statutory day off nor a Saturday."""
    return day.weekday() != SATURDAY and not is_day_off(day)


def working_day_from(day: date) -> date:
    """That day, or the first working day after it: where a term ends when its last day is no working day (art. 57 § 4 KPA)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, number: int) -> date:
    """The `number`-th working day after `day`; the day itself does not count. A negative number goes back."""
    step = timedelta(days=1 if number > 0 else -1)
    for _counted in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days follow `first` up to and with `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last - timedelta(days=1), first - timedelta(days=1))
    return sum(is_working_day(first + timedelta(days=offset)) for offset in range(1, (last - first).days + 1))


def term_in_days(event: date, number: int, *, moves_off_holidays: bool = True) -> date:
    """The last day of a term of `number` days: the day of the event does not count (art. 57 § 1 KPA)."""
    return _settled(event + timedelta(days=number), moves_off_holidays)


def term_in_weeks(event: date, number: int, *, moves_off_holidays: bool = True) -> date:
    """The last day of a term in weeks: the day of the same name in the last week (art. 57 § 2 KPA)."""
    return _settled(event + timedelta(weeks=number), moves_off_holidays)


def term_in_months(event: date, number: int, *, moves_off_holidays: bool = True) -> date:
    """The last day of a term in months: the day of the same number in the last month, or its last day (art. 57 § 3 KPA)."""
    years, month = divmod(event.year * 12 + event.month - 1 + number, 12)
    length = calendar.monthrange(years, month + 1)[1]
    return _settled(date(years, month + 1, min(event.day, length)), moves_off_holidays)


def term_in_years(event: date, number: int, *, moves_off_holidays: bool = True) -> date:
    """The last day of a term in years: the same day in the last year; 29 February becomes 28 (art. 57 § 3a KPA)."""
    return term_in_months(event, 12 * number, moves_off_holidays=moves_off_holidays)


def _settled(last_day: date, moves_off_holidays: bool) -> date:
    return working_day_from(last_day) if moves_off_holidays else last_day


def latest_day_before(event: date, days: int) -> date:
    """The last day on which something due "at least `days` days before" the event is still in time.

    Full days lie between: neither that day nor the day of the event counts. The law does not say how such a term is counted
    (verify), so this is the careful reading, and the day is not moved to a working one.
    """
    return event - timedelta(days=days + 1)


def start_of_day(day: date) -> datetime:
    """The moment at which that day begins in the city's time zone.

    The first day there is begins at its noon: its midnight here has no moment in UTC.
    """
    return datetime.combine(day, time(12) if day == date.min else time(), tzinfo=get_default_timezone())


def end_of_day(day: date) -> datetime:
    """The moment at which that day is over in the city's time zone: the end of a half-open period whose last day it is.

    The last day there is, which somebody may type for "never", has no next one: its last moment.
    """
    if day == date.max:
        return datetime.combine(day, time.max, tzinfo=get_default_timezone())
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=get_default_timezone())
