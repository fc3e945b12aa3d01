"""The moderators' office of the demo: a roster with a substitute, words, a fault, moderators of places, two tables of months."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from ratusz.casework.moderation import actions, office
from ratusz.casework.moderation.models import Mandate, MonthTable, Shift
from ratusz.casework.moderation.registries import Place
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.foundation.people.actions import create_account
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit

OUTSIDER = f"spoleczna-moderatorka@{DOMAIN}"
WORDS = [("idiota", "insult", 50), ("złodziej", "insult", 40), ("tani kredyt", "spam", 70), ("kasyno", "spam", 60)]
FIGURES: list[dict[str, Any]] = [
    # the month before last, last month: made up, like everything here
    {
        "posts": 184, "flags": 21, "held": 37, "left": 29, "asked": 4, "moved": 6,
        "hidden": {"insult": 5, "off_topic": 4, "spam": 9}, "edited": {"personal_data": 3},
        "quarantined": 9, "suspended": 0, "median_hours": 1.4, "p95_hours": 6.8, "late": 2,
        "appeals": 3, "upheld": 2, "reversed": 1, "partly": 0, "restored": 1,
        "units": {"Wydział Komunikacji Społecznej": 31, "Wydział Kształtowania Środowiska": 18},
    },
    {
        "posts": 231, "flags": 34, "held": 52, "left": 41, "asked": 7, "moved": 3,
        "hidden": {"insult": 8, "hate": 1, "spam": 14}, "edited": {"personal_data": 5},
        "quarantined": 14, "suspended": 1, "median_hours": 1.1, "p95_hours": 5.2, "late": 1,
        "appeals": 4, "upheld": 2, "reversed": 1, "partly": 1, "restored": 2,
        "units": {"Wydział Komunikacji Społecznej": 44, "Wydział Kształtowania Środowiska": 23, "Wydział Budynków i Dróg": 2},
    },
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: when there is a roster, everything is. Moderators are appointed wherever people write by then."""
    report("biuro moderacji")
    with acting(system("demo")):
        if not Shift.objects.exists():
            _roster()
            _words_and_faults()
            _months(local_day(database_now()))
        if not Mandate.objects.exists():
            appoint_in(office.current_places(database_now()))


def _person(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")


def _roster() -> None:
    lead, today = _person("lead-moderator"), local_day(database_now())
    hours: dict[str, Any] = {"opens": time(7, 30), "closes": time(15, 30), "first": today, "person": lead}
    for weekday in range(5):
        actions.set_shift(
            unit=Unit.objects.get(short_name="KS"), weekday=weekday, moderator=_person("moderator"), substitute=lead, **hours
        )
    for weekday in (0, 2, 4):
        actions.set_shift(
            unit=Unit.objects.get(short_name="KST"), weekday=weekday, moderator=_person("unit-moderator"),
            substitute=_person("unit-editor"), **hours,
        )  # fmt: skip
    away = working_day_from(today + timedelta(days=3))
    actions.tell_absence(moderator=_person("moderator"), first=away, last=away + timedelta(days=2), person=lead)


def _words_and_faults() -> None:
    lead = _person("lead-moderator")
    for words, reason, weight in WORDS:
        actions.add_banned_word(words=words, reason=reason, weight=weight, person=lead)
    actions.report_fault(
        words="Po zmianie rozmiaru okna znika przycisk „Odpowiedz”.", url="/konsultacje/", person=_person("moderator")
    )
    mended = actions.report_fault(words="Powiadomienia szły z opóźnieniem.", person=_person("moderator"))
    actions.mend_fault(fault=mended, answer="Informatycy zwiększyli liczbę procesów w tle.", person=lead)


def _months(today: date) -> None:
    month = today.replace(day=1)
    for rows in reversed(FIGURES):
        month = (month - timedelta(days=1)).replace(day=1)
        MonthTable.objects.create(month=month, version=1, rows=rows, made_at=database_now())


def appoint_in(places: list[Place]) -> None:
    """A moderator with a substitute in the first place, somebody from outside in the next one that has an end; the rest wait."""
    lead, today = _person("lead-moderator"), local_day(database_now())
    for place in places[:1]:
        actions.set_mode(place=place.key, mode="hybrid", why="Nowy temat: nowi autorzy czekają na moderatora.", person=lead)
        actions.appoint_moderator(
            place=place.key, moderator=_person("unit-moderator"), first=today, substitute=_person("unit-editor"),
            trained_on=today - timedelta(days=30), person=lead,
        )  # fmt: skip
    for place in [each for each in places[1:] if each.ends_at is not None][:1]:
        guest = User.objects.filter(email=OUTSIDER).first() or create_account(
            email=OUTSIDER, first_name="Społeczna", last_name="Moderatorka-Demo", is_staff=False
        )
        actions.appoint_moderator(place=place.key, moderator=guest, first=today, is_outsider=True, person=lead)
