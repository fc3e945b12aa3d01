"""The duties of the demo for four weeks: one person a week for editing, and the press phone on working days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ratusz.coordination.desk.actions import set_duty
from ratusz.coordination.desk.models import DutyTurn
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User

WARSAW = ZoneInfo("Europe/Warsaw")
WEEKS = 4
EDITING = ("editor", "deputy-head", "editor", "head")
"""One person a week, from Friday to Friday."""
FRIDAY = 4


def load(report: Report) -> None:
    """Repeatable: when a turn is there, all are."""
    report("dyżury")
    if DutyTurn.objects.exists():
        return
    head, press = _account("head"), _account("press-officer")
    today = local_day(database_now())
    with acting(head):
        starts = _moment(today, 0)
        friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7 or 7)
        for code in EDITING:
            ends = _moment(friday, 8)
            set_duty(kind="editing", on_duty=_account(code), starts=starts, ends=ends, person=head)
            starts, friday = ends, friday + timedelta(days=7)
        for monday in _mondays(today):
            facts = {"starts": _moment(monday, 7), "ends": _moment(monday + timedelta(days=4), 18)}
            set_duty(kind="press", on_duty=press, person=head, **facts)


def _mondays(today: date) -> list[date]:
    first = today + timedelta(days=7 - today.weekday())
    return [first + timedelta(weeks=number) for number in range(WEEKS)]


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WARSAW)


def _account(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")
