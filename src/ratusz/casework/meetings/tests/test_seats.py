"""Seats are counted in the group and in the room; nobody of a group is overtaken; an offer lasts twelve hours of daytime."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ratusz.casework.meetings.seats import ENDLESS, Count, Group, Party, offer_end, who_gets
from ratusz.foundation.notifications.rules import WARSAW


def at(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WARSAW)


def test_a_seat_counts_in_the_group_and_in_the_room():
    count = Count(room=10, taken={None: 3, 1: 4}, groups={1: Group(5), 2: Group(4)})
    assert [count.left_for(group) for group in (None, 1, 2)] == [3, 1, 3]
    assert Count(room=None).left_for(None) == ENDLESS


def test_until_the_date_of_its_quota_free_seats_of_a_group_are_nobody_elses():
    kept, free = (Count(room=10, taken={None: 5}, groups={1: Group(5, is_kept=kept)}) for kept in (True, False))
    assert ([kept.left_for(group) for group in (None, 1)], [free.left_for(group) for group in (None, 1)]) == ([0, 5], [5, 5])
    assert (kept.what_holds_back(None), kept.what_holds_back(1)) == ("kept", "")


def test_the_organiser_sees_which_limit_holds_people_back_and_by_how_much_it_is_over():
    assert Count(room=5, taken={1: 5}, groups={1: Group(9)}).what_holds_back(1) == "room"
    assert Count(room=9, taken={1: 5}, groups={1: Group(5)}).what_holds_back(1) == "group"
    assert [Count(room=4, taken={None: 6}).over_by(), Count(room=9, taken={1: 6}, groups={1: Group(5)}).over_by()] == [2, 1]
    assert Count(room=None).over_by() == 0


PARTY_OF_THREE_FIRST = [Party(1, 3), Party(2, 2), Party(3, 1)]


def test_strict_a_party_of_three_waits_for_three_seats_and_nobody_overtakes():
    count = Count(room=10, taken={None: 8})
    assert (who_gets(count, PARTY_OF_THREE_FIRST), who_gets(count, PARTY_OF_THREE_FIRST, smaller_first=True)) == ([], [2])


def test_who_waits_for_their_own_group_holds_no_other_group_up():
    count = Count(room=10, taken={1: 2}, groups={1: Group(2)})
    assert who_gets(count, [Party(1, 1, group=1), Party(2, 1), Party(3, 1, group=1)]) == [2]


def test_who_waits_for_the_room_is_passed_only_to_seats_kept_for_others():
    count = Count(room=10, taken={None: 8}, groups={1: Group(1, is_kept=True), 2: Group(5)})
    line = [Party(1, 2), Party(2, 1, group=2), Party(3, 1, group=1), Party(4, 1, group=1)]
    assert who_gets(count, line) == [3]


def test_a_newsroom_has_its_own_limit():
    count = Count(room=9, per_newsroom=2, newsrooms={"radio": 1})
    line = [
        Party(1, 2, newsroom="radio"),
        Party(2, 1, newsroom="radio"),
        Party(3, 2, newsroom="gazeta"),
        Party(4, 1, newsroom="gazeta"),
    ]
    assert who_gets(count, line) == [3]


PARTIES = some.lists(
    some.builds(Party, some.integers(0, 0), some.integers(1, 5), some.sampled_from([None, 1, 2])), max_size=12
).map(lambda parties: [Party(number, each.persons, each.group) for number, each in enumerate(parties)])
COUNTS = some.builds(
    Count,
    room=some.none() | some.integers(1, 20),
    taken=some.dictionaries(some.sampled_from([None, 1, 2]), some.integers(0, 8)),
    groups=some.dictionaries(some.sampled_from([1, 2]), some.builds(Group, some.none() | some.integers(1, 9), some.booleans())),
)


@given(COUNTS, PARTIES, some.booleans())
def test_nobody_gets_a_seat_that_is_not_there(count, line, smaller_first):
    given, before = who_gets(count, line, smaller_first=smaller_first), count
    for party in line:
        if party.key in given:
            assert party.persons <= count.left_for(party.group)
            count = count.with_party(party)
    assert count.over_by() <= before.over_by()


@given(COUNTS, PARTIES)
def test_strict_nobody_of_a_group_is_overtaken(count, line):
    given = set(who_gets(count, line))
    for group in (None, 1, 2):
        got = [party.key in given for party in line if party.group == group]
        assert got == sorted(got, reverse=True)


@given(COUNTS, PARTIES)
def test_asking_again_gives_nothing_more(count, line):
    given = who_gets(count, line)
    for party in line:
        if party.key in given:
            count = count.with_party(party)
    assert who_gets(count, [party for party in line if party.key not in given]) == []


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        (at(15, 19, 30), at(16, 19, 30)), (at(15, 22), at(16, 20)), (at(15, 3), at(15, 20)), (at(15, 8), at(15, 20)),
        (at(15, 20), at(16, 20)), (at(24, 19, month=10), at(25, 19, month=10)),
    ],
)  # fmt: skip
def test_an_offer_lasts_twelve_hours_of_daytime(made, ends):
    assert offer_end(made, made + timedelta(days=9)) == ends


def test_an_offer_never_runs_past_three_hours_before_the_start():
    starts = at(15, 17)
    assert [offer_end(starts - timedelta(hours=hours), starts) for hours in (5, 3, 1)] == [at(15, 14), None, None]


@given(some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_an_offer_ends_by_day_and_at_most_a_day_and_a_half_later(made):
    made = made.replace(tzinfo=WARSAW)
    ends = offer_end(made, made + timedelta(days=5)).astimezone(WARSAW)
    assert made + timedelta(hours=11) < ends < made + timedelta(hours=37)
    assert 8 <= ends.hour <= 20
