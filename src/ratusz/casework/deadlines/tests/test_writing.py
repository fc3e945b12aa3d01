"""Who is written to when a term of the law comes near or is over: who has the case, else the nearest heads; never twice."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ratusz.casework.deadlines.actions import clocks as acting
from ratusz.casework.deadlines.actions import extend_clock, tell_of_clocks, telling, writing
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.deadlines.rulebook import Length
from ratusz.casework.deadlines.wording import length_in_words, within_in_words
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory

pytestmark = pytest.mark.django_db
START = "2026-09-15 10:00"
WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.fixture
def run(monkeypatch):
    def at_moment(text: str) -> list[tuple[str, str]]:
        before = OutboxMessage.objects.count()
        for module in (acting, telling, writing):
            monkeypatch.setattr(module, "database_now", lambda: at(text))
        tell_of_clocks()
        written = OutboxMessage.objects.order_by("pk").select_related("address", "content")[before:]
        return [(message.address.value, message.content.subject) for message in written]

    return at_moment


@pytest.fixture
def unit():
    return UnitFactory(parent=UnitFactory())


@pytest.fixture
def head(unit):
    """Of the unit above: the unit itself has none."""
    return AppointmentFactory(role_code="head", unit=unit.parent, starts=at("2020-01-01 00:00")).person


@pytest.fixture
def clerk(unit):
    return AppointmentFactory(role_code="employee", unit=unit, starts=at("2020-01-01 00:00"), person__is_staff=True).person


def test_who_has_the_case_is_warned_and_the_heads_learn_when_it_is_late(run, unit, head, clerk):
    make_clock(label="nr 12", person=clerk, unit=unit, started_at=at(START))
    near, late = [f"{words}: Wniosek o informację publiczną, nr 12" for words in ("Zbliża się termin", "Po terminie")]
    assert run("2026-09-22 23:59") == []
    assert (run("2026-09-23 00:00"), run("2026-09-23 00:01")) == ([(clerk.email, near)], [])
    assert [run(f"2026-09-{day} 00:00") for day in (27, 29)] == [[(clerk.email, near)]] * 2
    assert run("2026-09-30 00:00") == [(clerk.email, late), (head.email, late)]


def test_a_case_that_nobody_has_is_told_to_the_nearest_heads_and_after_a_missed_run_once(run, unit, head, clerk):
    make_clock(label="nr 12", unit=unit, started_at=at(START))
    make_clock(label="nr 13", person=UserFactory(is_staff=False), unit=unit, started_at=at(START))
    make_clock(label="niczyj", started_at=at(START))
    written = run("2026-10-20 10:00")
    assert written == [(head.email, f"Po terminie: Wniosek o informację publiczną, nr {number}") for number in (12, 13)]
    assert "Załatw sprawę jak najszybciej" in OutboxMessage.objects.last().content.text


def test_the_steps_of_the_house_stay_on_the_desks(run, unit, head, clerk):
    make_clock(rule="editing.claim", person=clerk, unit=unit, started_at=at(START))
    assert run("2026-10-20 10:00") == []


def test_a_longer_term_warns_again(run, unit, clerk):
    one = make_clock(label="nr 12", person=clerk, unit=unit, started_at=at(START))
    assert len(run("2026-09-28 10:00")) == 1
    extend_clock(rule=one.rule_code, subject=one.subject, due_at=at("2026-10-10 12:00"), reason="x")
    assert [len(run(day)) for day in ("2026-10-03 23:59", "2026-10-04 00:00")] == [0, 1]


def test_who_cannot_be_written_to_holds_nobody_up(run, unit, head, clerk):
    type(clerk).objects.filter(pk=clerk.pk).update(email="bez adresu")
    make_clock(label="nr 12", person=clerk, unit=unit, started_at=at(START))
    assert [address for address, _subject in run("2026-10-20 10:00")] == [head.email]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (Length(1, "month"), ("1 miesiąc", "w ciągu 1 miesiąca")), (Length(2, "month"), ("2 miesiące", "w ciągu 2 miesięcy")),
        (Length(14, "cal_day"), ("14 dni", "w ciągu 14 dni")), (Length(1, "work_day"), ("1 dzień roboczy", "w ciągu 1 dnia roboczego")),
        (Length(24, "hour"), ("24 godziny", "w ciągu 24 godzin")), (Length(5, "year"), ("5 lat", "w ciągu 5 lat")),
    ],
)  # fmt: skip
def test_lengths_in_words(length, words):
    assert (length_in_words(length), within_in_words(length)) == words
