"""Moments typed as a day and an hour of Warsaw: the hour that comes twice in autumn asks which one, the missing one is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from .rules import NotNow

FIRST, SECOND = "first", "second"
EARLIEST, LATEST = 2000, 2199


class HourComesTwice(NotNow):
    """The clocks go back that night: the person says which of the two moments is meant."""


def comes_twice(moment: datetime) -> bool:
    """Whether the clocks of Warsaw show the hour of this moment twice that night."""
    local = moment.astimezone(get_default_timezone())
    # In the hour that spring skips the two offsets stand the other way round; no moment has it.
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def moment_of(day: date, hour: time, which: str = "") -> datetime:
    """The one moment (UTC) of a day and hour on Warsaw's clocks; `which` is FIRST or SECOND when the hour comes twice.

    Raises NotNow for a mistyped year and for the hour that the spring leaves out, HourComesTwice when it has to be chosen.
    """
    if not EARLIEST <= day.year <= LATEST:
        raise NotNow(_("This day is too far away. Check the year."))
    zone = get_default_timezone()
    one, two = (datetime.combine(day, hour.replace(fold=fold), tzinfo=zone) for fold in (0, 1))
    if one.utcoffset() == two.utcoffset():
        return one.astimezone(UTC)
    if one.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != one.replace(tzinfo=None):
        raise NotNow(_("There is no such hour that night: the clocks go from 2.00 to 3.00. Choose another one."))
    if which not in (FIRST, SECOND):
        raise HourComesTwice(_("This hour comes twice that night, because the clocks go back. Choose the first or the second one."))
    return (one if which == FIRST else two).astimezone(UTC)
