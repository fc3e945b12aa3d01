"""Reads of meetings that span models: lists with their numbers, which limit holds people back, who may be the same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ratusz.casework.meetings import seats
from ratusz.casework.meetings.actions.waiting import count_of
from ratusz.casework.meetings.models import Meeting, Registration, Standing
from ratusz.casework.meetings.models.registrations import SEATED
from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.words import search_key


@dataclass(frozen=True)
class GroupNumbers:
    """Numbers of one group of seats: of the whole room when it has no name."""

    name: str
    capacity: int | None
    taken: int
    waiting: int
    left: int | None
    held_back_by: str
    """Which limit leaves no seat: "group", "room", "kept" or ""."""


@dataclass(frozen=True)
class Numbers:
    """Places, taken, waiting: what the public sees; and what the organiser sees besides."""

    capacity: int | None
    taken: int
    waiting: int
    left: int | None
    over_by: int = 0
    groups: list[GroupNumbers] = field(default_factory=list)
    waiting_parties: int = 0
    held_back_by: str = ""
    """Which limit leaves no seat in the room for who belongs to no group: "room", "kept", "line" or ""."""

    @property
    def is_full(self) -> bool:
        """Whoever comes now goes on the waiting list."""
        return self.left is not None and (self.left <= 0 or self.waiting > 0)


def numbers_of(meeting: Meeting, at: datetime) -> Numbers:
    """Numbers of one meeting, in four queries whatever its size."""
    count = count_of(meeting, at)
    line = meeting.registrations.filter(standing=Standing.WAITING).order_by()
    rows = {
        group: (persons, parties) for group, persons, parties in line.values_list("group").annotate(Sum("persons"), Count("pk"))
    }
    waiting = sum(persons for persons, _parties in rows.values())
    left = count.left_in_room(None)
    groups = [
        GroupNumbers(
            each.name, each.capacity, count.taken.get(each.pk, 0), rows.get(each.pk, (0, 0))[0], _finite(count.left_for(each.pk)),
            count.what_holds_back(each.pk),
        )
        for each in meeting.seat_groups.all()
    ]  # fmt: skip
    return Numbers(
        meeting.capacity, count.all_taken, waiting, _finite(left), count.over_by(), groups,
        sum(parties for _persons, parties in rows.values()), count.what_holds_back(None) or ("line" if waiting else ""),
    )  # fmt: skip


def _finite(left: int) -> int | None:
    return None if left > seats.ENDLESS // 2 else max(0, left)


def with_numbers(meetings: QuerySet[Meeting], at: datetime) -> QuerySet[Meeting]:
    """Meetings of a list with `taken` and `waiting`, in the query of the list itself."""
    held = Q(registrations__standing=Standing.UNCONFIRMED, registrations__hold_expires_at__gt=at, registrations__waiting_since=None)
    held |= Q(registrations__standing=Standing.OFFERED, registrations__offer_expires_at__gt=at)
    seated = Q(registrations__standing__in=SEATED) | held
    line = Q(registrations__standing=Standing.WAITING)
    return meetings.annotate(
        taken=Sum("registrations__persons", filter=seated, default=0), waiting=Sum("registrations__persons", filter=line, default=0)
    )


def public_meetings(at: datetime, *, kind: str = "", district: str = "", is_past: bool = False) -> QuerySet[Meeting]:
    """The website's list: coming ones, the next first; or past ones, the newest first."""
    found = Meeting.objects.public().select_related("place", "district")
    if kind:
        found = found.filter(kind=kind)
    if district:
        found = found.filter(district__slug=district)
    when = Q(ends_at__lte=at) if is_past else Q(ends_at__gt=at)
    return found.filter(when).order_by("-starts_at" if is_past else "starts_at", "pk")


def register_of_meetings(chosen: dict[str, Any], at: datetime) -> QuerySet[Meeting]:
    """The staff's list by its filters; nothing chosen: what is ahead and drafts, the next first."""
    found = with_numbers(Meeting.objects.select_related("place", "district", "series", "owner_unit"), at)
    if kind := chosen.get("rodzaj"):
        found = found.filter(kind=kind)
    if district := chosen.get("dzielnica"):
        found = found.filter(district=district)
    if state := chosen.get("stan"):
        found = found.filter(state=state)
    if series := chosen.get("cykl"):
        found = found.filter(series=series)
    if words := chosen.get("slowa", "").strip():
        found = found.filter(Q(title__icontains=words) | Q(place__name__icontains=words) | Q(group_name__icontains=words))
    if chosen.get("minione"):
        return found.filter(ends_at__lte=at).order_by("-starts_at", "pk")
    return found.filter(ends_at__gt=at).order_by("starts_at", "pk")


def registrations_of(meeting: Meeting, words: str = "", standing: str = "") -> list[Registration]:
    """Registrations of a meeting by part of a name, newsroom, code or number, whatever the accents."""
    rows = meeting.registrations.select_related("group", "address", "second_address", "district").order_by("made_at", "pk")
    if standing:
        rows = rows.filter(standing=standing)
    wanted = search_key(words)
    if not wanted:
        return list(rows)
    sought = wanted.replace("-", "").replace(" ", "").upper()
    return [each for each in rows if wanted in search_key(f"{each.name} {each.newsroom}") or sought in (each.door_code, each.code)]


def speaking(meeting: Meeting) -> QuerySet[Registration]:
    """Whoever asked to speak and has a seat, in the order of asking."""
    found = meeting.registrations.filter(group__isnull=False, standing__in=SEATED, erased_at=None)
    return found.order_by(Coalesce("group_since", "made_at"), "pk")


def place_in_order(mine: Registration) -> int:
    """Which of the speakers this one is now; 0 for whoever is not among them."""
    return next((place for place, pk in enumerate(speaking(mine.meeting).values_list("pk", flat=True), 1) if pk == mine.pk), 0)


def in_line(meeting: Meeting) -> list[Registration]:
    """The waiting list in its order."""
    return list(meeting.registrations.in_line().select_related("group"))


def maybe_the_same(registrations: Iterable[Registration]) -> dict[int, Registration]:
    """Of live registrations, those called as an earlier one: perhaps one person who came by two channels."""
    first: dict[str, Registration] = {}
    found: dict[int, Registration] = {}
    for each in registrations:
        name = search_key(each.name)
        if not each.is_alive or not name:
            continue
        if name in first:
            found[each.pk] = first[name]
        else:
            first[name] = each
    return found


def same_name(meeting: Meeting, name: str) -> list[Registration]:
    """Live registrations called so: the clerk is asked before a second one is written."""
    wanted = search_key(name)
    return [each for each in meeting.registrations.alive() if wanted and search_key(each.name) == wanted]


def by_code(text: str) -> Registration | None:
    """The registration of a number as typed in "check by number", with or without its dashes."""
    return Registration.objects.filter(code=normalised(text), erased_at=None).select_related("meeting__place").first()


def busy_series() -> QuerySet:
    """Series by title, with how many meetings each has."""
    from ratusz.casework.meetings.models import Series

    return Series.objects.annotate(how_many=Count("meetings")).order_by(F("starts_on").desc(nulls_last=True), "title")
