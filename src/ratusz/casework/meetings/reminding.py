"""When reminders of a meeting go: some time before the start, never at night; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ratusz.foundation.notifications.rules import WARSAW

DAYS, HOURS = timedelta(days=3), timedelta(hours=3)
DAY_FROM, DAY_TO = time(8), time(21)


def goes_at(starts_at: datetime, before: timedelta) -> datetime:
    """The moment of a reminder. One that would fall into the night goes in the evening before it, when it is still of use."""
    local = (starts_at - before).astimezone(WARSAW)
    if DAY_FROM <= local.time() < DAY_TO:
        return local
    day = local.date() - timedelta(days=local.time() < DAY_FROM)
    return datetime.combine(day, time(20), tzinfo=WARSAW)


def is_in_time(starts_at: datetime, announced_at: datetime | None, before: timedelta, at: datetime) -> bool:
    """Whether the reminder is due: its moment came, the meeting has not begun, it is day, and the day was known before."""
    moment = goes_at(starts_at, before)
    is_day = DAY_FROM <= at.astimezone(WARSAW).time() < DAY_TO
    return moment <= at < starts_at and is_day and (announced_at is None or announced_at <= moment) and at < moment + before
