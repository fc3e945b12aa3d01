"""How many seats are left for whom, and who of a line gets them: plain numbers, no database, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from ratusz.foundation.notifications.rules import WARSAW

ENDLESS = 10**9
"""Of what has no limit."""
DAY_FROM, DAY_TO = 8, 20
"""Hours that count for an offer: nobody has to answer at night."""
OFFER_HOURS = 12
LAST_OFFER = timedelta(hours=3)
"""Before the start: no offer runs past it, and none is made after it."""


@dataclass(frozen=True)
class Group:
    """Seats of one group. `is_kept`: the free ones still wait for it and are nobody else's."""

    capacity: int | None
    is_kept: bool = False


@dataclass(frozen=True)
class Party:
    """Persons who come together and want seats together."""

    key: int
    persons: int
    group: int | None = None
    newsroom: str = ""


@dataclass(frozen=True)
class Count:
    """Seats of the room and its groups, and how many are taken. A seat counts in both."""

    room: int | None
    taken: Mapping[int | None, int] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    per_newsroom: int = 0
    newsrooms: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_taken(self) -> int:
        return sum(self.taken.values())

    def kept_for(self, group: int | None) -> int:
        """Free seats that wait for this group alone."""
        rules = self.groups.get(group) if group is not None else None
        if rules is None or not rules.is_kept or rules.capacity is None:
            return 0
        return max(0, rules.capacity - self.taken.get(group, 0))

    def left_in_group(self, group: int | None, newsroom: str = "") -> int:
        """Seats the group's own limit leaves, and the newsroom's where there is one; negative after a lowered capacity."""
        rules = self.groups.get(group) if group is not None else None
        left = ENDLESS if rules is None or rules.capacity is None else rules.capacity - self.taken.get(group, 0)
        if self.per_newsroom and newsroom:
            left = min(left, self.per_newsroom - self.newsrooms.get(newsroom, 0))
        return left

    def left_in_room(self, group: int | None) -> int:
        """Seats the room leaves for this group: without those that wait for the others."""
        if self.room is None:
            return ENDLESS
        kept = sum(self.kept_for(other) for other in self.groups if other != group)
        return self.room - self.all_taken - kept

    def left_for(self, group: int | None, newsroom: str = "") -> int:
        """Both limits at once."""
        return min(self.left_in_group(group, newsroom), self.left_in_room(group))

    def over_by(self) -> int:
        """How many more are taken than the room or any group has, after a capacity was lowered."""
        rooms = [] if self.room is None else [self.all_taken - self.room]
        groups = [self.taken.get(pk, 0) - group.capacity for pk, group in self.groups.items() if group.capacity is not None]
        return max(0, *rooms, *groups, 0)

    def what_holds_back(self, group: int | None) -> str:
        """Which limit leaves no seat: "group", "room", "kept" (the seats wait for other groups), or "" when there is one."""
        if self.left_for(group) > 0:
            return ""
        if self.left_in_group(group) <= 0:
            return "group"
        return "kept" if self.room is not None and self.room > self.all_taken else "room"

    def with_party(self, party: Party) -> Count:
        """The count after these persons sat down."""
        taken = {**self.taken, party.group: self.taken.get(party.group, 0) + party.persons}
        newsrooms = dict(self.newsrooms)
        if party.newsroom:
            newsrooms[party.newsroom] = newsrooms.get(party.newsroom, 0) + party.persons
        return replace(self, taken=taken, newsrooms=newsrooms)


def who_gets(count: Count, line: Iterable[Party], *, smaller_first: bool = False) -> list[int]:
    """Keys of those in the line who get seats now, in their order.

    Strict: nobody of the same group (or newsroom) overtakes a party that waits for more seats. Who waits for the room lets nobody
    pass but a group to its own kept seats, which would never be theirs; who waits for their group's limit holds no other group up.
    """
    given: list[int] = []
    shut: set[int | str | None] = set()
    room_is_shut = False
    for party in line:
        own: int | str | None = f"newsroom {party.newsroom}" if count.per_newsroom and party.newsroom else party.group
        if own in shut:
            continue
        in_room = (
            min(count.left_in_room(party.group), count.kept_for(party.group)) if room_is_shut else count.left_in_room(party.group)
        )
        in_group = count.left_in_group(party.group, party.newsroom)
        if party.persons <= min(in_room, in_group):
            given.append(party.key)
            count = count.with_party(party)
        elif not smaller_first:
            shut.add(own)
            room_is_shut = room_is_shut or party.persons <= in_group
    return given


def offer_end(at: datetime, starts_at: datetime) -> datetime | None:
    """When an offer made now runs out: after 12 hours of daytime (8 to 20), at the latest 3 hours before the start.

    None when no offer may be made any more.
    """
    last = starts_at - LAST_OFFER
    if at >= last:
        return None
    local, left = at.astimezone(WARSAW), timedelta(hours=OFFER_HOURS)
    while True:
        begin, end = _daytime(local)
        local = max(local, begin)
        if local < end:
            if left <= end - local:
                return min((local + left).astimezone(at.tzinfo), last)
            left -= end - local
        local = datetime.combine(local.date() + timedelta(days=1), time(DAY_FROM), tzinfo=WARSAW)


def _daytime(local: datetime) -> tuple[datetime, datetime]:
    day = local.date()
    return datetime.combine(day, time(DAY_FROM), tzinfo=WARSAW), datetime.combine(day, time(DAY_TO), tzinfo=WARSAW)
