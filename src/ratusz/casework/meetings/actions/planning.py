"""Meetings are planned, changed, given groups of seats; whole series are made from one template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings import clashes, rules
from ratusz.casework.meetings.actions.telling import note_all
from ratusz.casework.meetings.actions.waiting import let_go_lapsed, lock_meeting, refill
from ratusz.casework.meetings.kinds import kind_on
from ratusz.casework.meetings.models import Meeting, MeetingDuty, Official, Place, SeatGroup, Series
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import SEATED
from ratusz.casework.meetings.registries import tell_of_meeting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.units.models import Unit

AHEAD = timedelta(days=366)
"""How far ahead the meetings of a recurring series stand."""
TOLD = ("place_id", "starts_at", "ends_at", "joining_link")
"""Fields whose change people with a seat are told of."""
EDITABLE = (
    "title", "summary", "who_may_come", "place", "joining_link", "district", "group_name", "contact", "is_formal", "is_public",
    "needs_interpreter", "is_recorded", "capacity", "smaller_first", "is_moderated", "late_places_given", "registration_opens_at",
    "registration_closes_at", "owner_unit", "series",
)  # fmt: skip


class Clashes(rules.Refused):
    """A room or an official is taken; the person may save all the same with a reason where `may_pass`."""

    def __init__(self, found: list[clashes.Clash]):
        super().__init__(" ".join(each.words for each in found))
        self.found = found
        self.may_pass = not any(each.blocks for each in found)


@transaction.atomic
def plan_meeting(
    *,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    facts: dict[str, Any],
    officials: Iterable[Official] = (),
    person: Any,
    despite: str = "",
    form_key: Any = None,
) -> Meeting:
    """A draft of a meeting; whoever plans it is its organiser. The same form sent twice is one meeting.

    `facts` are fields of EDITABLE. `despite` is the reason for an official in two places. Raises NotYours, Clashes, NoSuchKind.
    """
    now = database_now()
    rules.check_may(person, "plan", None, now)
    if form_key and (known := Meeting.objects.filter(form_key=form_key).first()):
        return known
    officials = list(officials)
    check_clashes(starts_at, ends_at, facts.get("place"), officials, None, despite)
    meeting = _drafted(kind, starts_at, ends_at, facts)
    if form_key:
        meeting.form_key = form_key
    meeting.save(force_insert=True)
    meeting.officials.set(officials)
    if getattr(person, "pk", None):
        MeetingDuty.objects.create(meeting=meeting, person=person, task=MeetingDuty.Task.ORGANISER)
    _seat_groups_of_kind(meeting)
    record(deed="meetings.plan_meeting", subject=meeting, after=_said(meeting, despite), actor=person)
    return meeting


def _drafted(kind: str, starts_at: datetime, ends_at: datetime, facts: dict[str, Any]) -> Meeting:
    content = kind_on(kind, local_day(starts_at))
    start = {"is_public": content.is_public, "capacity": content.capacity, "owner_unit": Unit.objects.the_department()}
    start |= {name: value for name, value in facts.items() if name in EDITABLE}
    return Meeting(kind=kind, starts_at=starts_at, ends_at=ends_at, **start)


def _seat_groups_of_kind(meeting: Meeting) -> None:
    for number, name in enumerate(meeting.rules_of_kind.groups, 1):
        SeatGroup.objects.create(meeting=meeting, name=name, priority=number * 10)


def _said(meeting: Meeting, despite: str = "") -> dict[str, Any]:
    said = {"kind": meeting.kind, "starts_at": meeting.starts_at, "place": meeting.place_id, "capacity": meeting.capacity}
    return said | ({"despite": despite} if despite else {})


def check_clashes(
    starts_at: datetime, ends_at: datetime, place: Place | None, officials: Sequence[Official], but: int | None, despite: str
) -> None:
    """Raises Refused or Clashes; rooms are locked, so that of two who take one at a moment the second sees the first."""
    if ends_at <= starts_at:
        raise rules.Refused(_("The meeting has to end after it starts."))
    if place is not None:
        Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    found = clashes.clashes_of(starts_at=starts_at, ends_at=ends_at, place=place, officials=officials, but=but)
    if found and (not despite.strip() or any(each.blocks for each in found)):
        raise Clashes(found)


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    facts: dict[str, Any],
    person: Any,
    officials: Iterable[Official] | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    despite: str = "",
) -> Meeting:
    """Changes what is said of a meeting. The day of an announced one changes only by moving it.

    A place, an hour or a link changed after announcing is told to everybody with a seat, once. Raises NotYours, Refused, Clashes.
    """
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "plan", fresh, now)
    _check_changing(fresh, starts_at, ends_at)
    before = {name: getattr(fresh, name) for name in TOLD} | {"capacity": fresh.capacity}
    for name, value in facts.items():
        if name in EDITABLE:
            setattr(fresh, name, value)
    fresh.starts_at, fresh.ends_at = starts_at or fresh.starts_at, ends_at or fresh.ends_at
    theirs = list(fresh.officials.all() if officials is None else officials)
    check_clashes(fresh.starts_at, fresh.ends_at, fresh.place, theirs, fresh.pk, despite)
    is_told = fresh.state == State.ANNOUNCED and any(getattr(fresh, name) != before[name] for name in TOLD)
    fresh.sequence += is_told
    fresh.save()
    fresh.officials.set(theirs)
    record(deed="meetings.change_meeting", subject=fresh, before=before, after=_said(fresh, despite), actor=person)
    if is_told:
        note_all(fresh.registrations.filter(standing__in=SEATED, address__isnull=False), "changed", fresh.sequence)
    let_go_lapsed(fresh, now)
    refill(fresh, now)
    tell_of_meeting(fresh, "changed")
    return fresh


def _check_changing(meeting: Meeting, starts_at: datetime | None, ends_at: datetime | None) -> None:
    if meeting.state not in (State.DRAFT, State.ANNOUNCED):
        raise rules.Refused(_("This meeting is over or cancelled and cannot be changed."))
    if meeting.state == State.ANNOUNCED and starts_at and local_day(starts_at) != local_day(meeting.starts_at):
        raise rules.Refused(_("The meeting is announced: to change its day, move it. Everybody registered is told then."))


@transaction.atomic
def set_seat_groups(*, meeting: Meeting, groups: Sequence[dict[str, Any]], person: Any) -> list[SeatGroup]:
    """The groups of seats as the form has them, by name; one that is not named goes when nobody is registered in it.

    Raises NotYours, Refused.
    """
    fresh = lock_meeting(meeting)
    now = database_now()
    rules.check_may(person, "plan", fresh, now)
    names = [each["name"] for each in groups]
    if len(set(names)) != len(names):
        raise rules.Refused(_("Two groups have one name. Name them apart."))
    gone = fresh.seat_groups.exclude(name__in=names)
    if taken := gone.filter(registrations__isnull=False).first():
        raise rules.Refused(_("Somebody is registered in the group “%(name)s”. It cannot be removed.") % {"name": taken.name})
    gone.delete()
    made = []
    for each in groups:
        values = {name: value for name, value in each.items() if name != "name"}
        made.append(SeatGroup.objects.update_or_create(meeting=fresh, name=each["name"], defaults=values)[0])
    record(deed="meetings.set_seat_groups", subject=fresh, after={"groups": names}, actor=person)
    refill(fresh, now)
    return made


@transaction.atomic
def plan_series(
    *, title: str, kind: str, template: dict[str, Any], meetings: Sequence[dict[str, Any]], person: Any, minutes: int = 120
) -> Series:
    """A series from one template: a draft for each of `meetings` (starts_at, place, district, title and others of EDITABLE).

    Rooms are checked for the whole series at once. Raises NotYours, Clashes, Refused.
    """
    rules.check_may(person, "plan", None, database_now())
    if Series.objects.filter(title=title).exists():
        raise rules.Refused(_("There is a series of this title already."))
    series = Series.objects.create(title=title, kind=kind, template=_kept(template))
    made = _make(series, [dict(each) for each in meetings], template, person, timedelta(minutes=minutes))
    record(deed="meetings.plan_series", subject=series, after={"kind": kind, "meetings": len(made)}, actor=person)
    return series


def _kept(template: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in template.items() if isinstance(value, (str, int, bool, list, dict))}


def _make(series: Series, wanted: list[dict[str, Any]], template: dict[str, Any], person: Any, length: timedelta) -> list[Meeting]:
    owner = template.get("owner_unit") or Unit.objects.the_department()
    drafted = []
    for each in wanted:
        starts = each.pop("starts_at")
        facts = {"title": series.title, **template, **each, "series": series, "owner_unit": owner}
        drafted.append(_drafted(series.kind, starts, each.get("ends_at") or starts + length, facts))
    _check_rooms(drafted)
    duties = _duties_of(series, person)
    made = Meeting.objects.bulk_create(drafted)
    MeetingDuty.objects.bulk_create([MeetingDuty(meeting=each, person_id=who, task=task) for each in made for who, task in duties])
    groups = kind_on(series.kind, local_day(made[0].starts_at)).groups if made else ()
    rows = [SeatGroup(meeting=each, name=name, priority=number * 10) for each in made for number, name in enumerate(groups, 1)]
    SeatGroup.objects.bulk_create(rows)
    return made


def _duties_of(series: Series, person: Any) -> list[tuple[int, str]]:
    """Who has which task at new meetings of the series: as at its newest one; of the first ones whoever plans is the organiser."""
    last = series.meetings.exclude(state=State.CANCELLED).order_by("-starts_at", "-pk").first()
    passed = last.duties.filter(person__is_active=True).values_list("person", "task") if last else ()
    organiser = MeetingDuty.Task.ORGANISER
    found = list(passed)
    if getattr(person, "pk", None) and organiser not in {task for _who, task in found}:
        found.append((person.pk, organiser))
    return found


def _check_rooms(drafted: list[Meeting]) -> None:
    """One query for all: rooms taken by others, and by two of the series itself."""
    placed = [each for each in drafted if each.place_id]
    if not placed:
        return
    first, last = min(each.starts_at for each in placed), max(each.ends_at for each in placed)
    others = list(Meeting.objects.touching(first, last).filter(place__in={each.place_id for each in placed}))
    for number, each in enumerate(placed):
        for other in [*others, *placed[:number]]:
            if other.place_id == each.place_id and other.starts_at < each.ends_at and other.ends_at > each.starts_at:
                raise Clashes(clashes_in_series(each, other))


def clashes_in_series(each: Meeting, other: Meeting) -> list[clashes.Clash]:
    """The one clash of a room within a series, in words."""
    told = {"room": each.place, "title": other.title, "day": local_day(each.starts_at)}
    return [clashes.Clash(_("The room “%(room)s” is taken on %(day)s: %(title)s.") % told, other, blocks=True)]


@transaction.atomic
def set_recurrence(
    *,
    series: Series,
    recurrence: str,
    starts_on: date,
    hour: time,
    person: Any,
    skipped_days: Sequence[date] = (),
    ends_on: date | None = None,
) -> Series:
    """The rule by which meetings of a series come back (RFC 5545, such as "FREQ=MONTHLY;BYDAY=2TU"), with days left out.

    Its meetings are made at once, a year ahead, and later by the nightly job. Raises NotYours, Refused.
    """
    rules.check_may(person, "plan", None, database_now())
    series.recurrence, series.starts_on, series.ends_on = recurrence.strip(), starts_on, ends_on
    series.skipped_days = sorted(day.isoformat() for day in skipped_days)
    series.template = {**series.template, "hour": hour.strftime("%H:%M")}
    days_of(series, starts_on, starts_on)
    series.save()
    record(deed="meetings.set_recurrence", subject=series, after={"recurrence": series.recurrence}, actor=person)
    extend_series(series=series, person=person)
    return series


def days_of(series: Series, first: date, last: date) -> list[date]:
    """Days of a recurring series in [first, last], without those left out. Raises Refused for a rule that is none."""
    begin = datetime.combine(series.starts_on or first, time())
    try:
        _check_by_days(series.recurrence)
        rule = rrulestr(series.recurrence, dtstart=begin)
        found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    except (ValueError, TypeError, KeyError) as problem:
        raise rules.Refused(_("This is no rule of recurrence. For example: FREQ=MONTHLY;BYDAY=2TU")) from problem
    days = [moment.date() for moment in found]
    return [day for day in days if day.isoformat() not in series.skipped_days and (series.ends_on is None or day <= series.ends_on)]


BY_DAYS = re.compile(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)\b")
BY_HOURS = re.compile(r"BYHOUR|BYMINUTE|BYSECOND|RDATE|\s")
"""A series meets at most once a day, at its own hour; by seconds a year would hold thirty million meetings."""
NO_INTERVAL = re.compile(r"INTERVAL(?!=[1-9][0-9]{0,2}(;|$))")
"""Every no days would be the same day without end."""


def _check_by_days(recurrence: str) -> None:
    """Raises ValueError."""
    rule = recurrence.strip().upper()
    if len(BY_DAYS.findall(rule)) != 1 or BY_HOURS.search(rule) or NO_INTERVAL.search(rule):
        raise ValueError(recurrence)


@transaction.atomic
def extend_series(*, series: Series, person: Any = None, at: datetime | None = None) -> int:
    """Makes the meetings of a recurring series that are missing in the year ahead; how many it made."""
    now = at or database_now()
    fresh = Series.objects.select_for_update().get(pk=series.pk)
    if not fresh.recurrence:
        return 0
    first = max(local_day(now), fresh.starts_on or local_day(now))
    # A meeting that was moved or cancelled stays the meeting of its day: it is not made again.
    theirs = fresh.meetings.prefetch_related("moves")
    there = {local_day(each.starts_at) for each in theirs} | {
        local_day(m.was_starting_at) for each in theirs for m in each.moves.all()
    }
    template = dict(fresh.template)
    hour = time.fromisoformat(str(template.pop("hour", "10:00")))
    length = timedelta(minutes=int(template.pop("minutes", 120)))
    facts = {name: value for name, value in template.items() if name in EDITABLE}
    place = Place.objects.filter(pk=template.get("place_id") or 0).first()
    missing = [day for day in days_of(fresh, first, local_day(now + AHEAD)) if day not in there]
    wanted = [{"starts_at": datetime.combine(day, hour, tzinfo=WARSAW), "place": place} for day in missing]
    return len(_make(fresh, wanted, facts, person, length))


def extend_all_series() -> int:
    """Every night: each recurring series stands a year ahead."""
    found = Series.objects.exclude(recurrence="").order_by("pk")
    return sum(extend_series(series=series) for series in found)
