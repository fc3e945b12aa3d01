"""When a point is open: the week, days that differ, holidays, mobile points; which times are free, also when the clocks change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ratusz.casework.advice.openings import NOTICE, Opening, free_times, holds, moment_of, openings


@dataclass
class Point:
    where: str = "Rynek 13"
    minutes: int = 20
    desks: int = 1


@dataclass
class Hours:
    weekday: int
    opens: time = time(7, 30)
    closes: time = time(15, 30)
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None


@dataclass
class Special:
    day: date
    opens: time | None = None
    closes: time | None = None
    why: str = "ostatni dzień naboru"

    @property
    def is_closed(self):
        return self.opens is None


@dataclass
class Outing:
    starts_at: datetime
    ends_at: datetime
    called_off_at: datetime | None = None
    where: str = "Biblioteka"
    pk: int = 1


MONDAY = date(2026, 3, 9)
WEEK = [Hours(day) for day in range(1, 6)]


def spans(found):
    return [(f"{each.starts_at:%d %H:%M}", f"{each.ends_at:%H:%M}", each.why) for each in found]


def test_the_last_day_is_longer_and_another_one_closed():
    special = [Special(date(2026, 3, 10), time(7, 30), time(19)), Special(date(2026, 3, 11), why="szkolenie")]
    found = openings(Point(), WEEK, special, [], MONDAY, MONDAY + timedelta(days=3))
    assert spans(found) == [("09 07:30", "15:30", ""), ("10 07:30", "19:00", "ostatni dzień naboru"), ("12 07:30", "15:30", "")]


def test_a_holiday_closes_the_week_but_not_a_day_that_differs():
    easter = date(2026, 4, 6)
    assert openings(Point(), WEEK, [], [], easter, easter) == []
    assert len(openings(Point(), WEEK, [Special(easter, time(9), time(10))], [], easter, easter)) == 1


def test_hours_hold_from_a_day_until_another():
    week = [Hours(1, valid_to=date(2026, 3, 16)), Hours(1, time(10), time(18), valid_from=date(2026, 3, 16))]
    found = openings(Point(), week, [], [], MONDAY, MONDAY + timedelta(days=7))
    assert spans(found) == [("09 07:30", "15:30", ""), ("16 10:00", "18:00", "")]


def test_a_mobile_point_stands_beside_unless_called_off():
    start = moment_of(MONDAY, time(16))
    out = [Outing(start, start + timedelta(hours=2)), Outing(start, start + timedelta(hours=2), called_off_at=start)]
    found = openings(Point(), WEEK, [], out, MONDAY, MONDAY)
    assert [each.where for each in found] == ["Rynek 13", "Biblioteka"]
    assert holds(found, start, start + timedelta(minutes=20), 1)
    assert not holds(found, start, start + timedelta(minutes=20), None)
    assert not holds(found, start + timedelta(minutes=110), start + timedelta(minutes=130), 1)


def test_a_time_is_free_until_its_desks_are_taken_or_it_is_too_near():
    opening = [Opening(moment_of(MONDAY, time(8)), moment_of(MONDAY, time(9, 10)), "x")]
    at = moment_of(MONDAY, time(8)) - NOTICE
    times = lambda found: [f"{each.starts_at:%H:%M}" for each in found]  # noqa: E731
    assert times(free_times(Point(), opening, [], at)) == ["08:00", "08:20", "08:40"]
    assert times(free_times(Point(), opening, [], at + timedelta(minutes=1))) == ["08:20", "08:40"]
    taken = [(moment_of(MONDAY, time(8, 10)), moment_of(MONDAY, time(8, 30)))]
    assert times(free_times(Point(), opening, taken, at)) == ["08:40"]
    assert [each.left for each in free_times(Point(desks=2), opening, taken, at)] == [1, 1, 2]


@settings(max_examples=25)
@example(date(2026, 3, 29), 5, 1, 1)
@example(date(2026, 10, 25), 5, 1, 1)
@given(
    st.dates(date(2026, 3, 20), date(2026, 4, 2)) | st.dates(date(2026, 10, 20), date(2026, 11, 2)), st.integers(5, 90),
    st.integers(0, 22), st.integers(1, 3),
)  # fmt: skip
def test_free_times_follow_one_another_within_the_opening(day, minutes, hour, desks):
    start = moment_of(day, time(hour))
    end = start.astimezone(UTC) + timedelta(hours=2)
    found = free_times(Point(minutes=minutes, desks=desks), [Opening(start, end, "x")], [], start - timedelta(days=9))
    for one, other in zip(found, found[1:], strict=False):
        assert one.ends_at == other.starts_at
    assert all(start <= each.starts_at and each.ends_at.astimezone(UTC) <= end for each in found)
    assert len({each.starts_at.astimezone(UTC) for each in found}) == len(found)
