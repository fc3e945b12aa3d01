"""Points and their hours are set; whoever booked at a time when nobody will be there is told at once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ratusz.casework.advice import rules
from ratusz.casework.advice.actions.booking import call_off_what_fell_out
from ratusz.casework.advice.models import Hours, Outing, Point, SpecialDay
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day

FACTS = ("slug", "name", "about", "address", "room", "access", "phone", "email", "takes_bookings", "minutes", "desks", "days_ahead")
"""What is written of a point."""


@transaction.atomic
def save_point(*, point: Point, person: Any) -> Point:
    """A new point, or what changed of one. Raises NotYours, AdviceRefused."""
    rules.check_may(person, "manage", point, database_now())
    old = Point.objects.select_for_update().filter(pk=point.pk).first()
    if old is not None and old.closed_at is not None:
        raise rules.AdviceRefused(_("This point was closed for good a moment ago."))
    try:
        with transaction.atomic():
            point.save(update_fields=FACTS if old else None)
    except IntegrityError as problem:
        raise rules.AdviceRefused(_("Another point has this address on the website already.")) from problem
    before = {name: getattr(old, name) for name in FACTS} if old else None
    record(
        deed="advice.save_point", subject=point, before=before, after={name: getattr(point, name) for name in FACTS}, actor=person
    )
    return point


@transaction.atomic
def add_hours(*, point: Point, weekday: int, opens: time, closes: time, valid_from: date, person: Any) -> Hours:
    """Hours of a day of the week from a day on. Raises NotYours, AdviceRefused for hours that overlap others."""
    point = _locked(point, person)
    try:
        with transaction.atomic():
            made = Hours.objects.create(point=point, weekday=weekday, opens=opens, closes=closes, valid_from=valid_from)
    except IntegrityError as problem:
        raise rules.AdviceRefused(_("These hours overlap others of the same day, or end before they begin.")) from problem
    record(deed="advice.add_hours", subject=point, after={"hours": str(made), "valid_from": valid_from}, actor=person)
    return made


@transaction.atomic
def end_hours(*, hours: Hours, valid_to: date, person: Any) -> int:
    """Weekly hours hold no more from a day on; gives how many appointments that ended.

    Raises NotYours, AdviceRefused: a later end than they have might meet other hours.
    """
    point = _locked(hours.point, person)
    hours = _still_there(point.hours, hours)
    if hours.valid_to is not None and valid_to > hours.valid_to:
        raise rules.AdviceRefused(_("These hours end earlier already. To have them longer, add new ones."))
    if valid_to <= hours.valid_from:
        hours.delete()
    else:
        hours.valid_to = valid_to
        hours.save(update_fields=["valid_to"])
    record(deed="advice.end_hours", subject=point, after={"hours": str(hours), "valid_to": valid_to}, actor=person)
    return _told(point, _("the opening hours change"), person)


@transaction.atomic
def set_special_day(*, point: Point, day: date, opens: time | None, closes: time | None, why: str, person: Any) -> int:
    """A day that differs: closed, or other hours; set again it is replaced. Gives how many appointments ended.

    Raises NotYours, AdviceRefused.
    """
    point = _locked(point, person)
    if day < local_day(database_now()):
        raise rules.AdviceRefused(_("This day is over."))
    if not why.strip():
        raise rules.AdviceRefused(_("Write why: it stands beside the day for everybody."))
    if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
        raise rules.AdviceRefused(_("Give both hours, the first one earlier, or none for a closed day."))
    facts = {"opens": opens, "closes": closes, "why": why.strip()}
    SpecialDay.objects.update_or_create(point=point, day=day, defaults=facts)
    record(deed="advice.set_special_day", subject=point, after={"day": day, **facts}, actor=person)
    return _told(point, why.strip(), person)


@transaction.atomic
def drop_special_day(*, special: SpecialDay, person: Any) -> int:
    """The day is as its week again; gives how many appointments ended. Raises NotYours, AdviceRefused."""
    point = _locked(special.point, person)
    special = _still_there(point.special_days, special)
    record(deed="advice.drop_special_day", subject=point, before={"day": special.day}, actor=person)
    special.delete()
    return _told(point, _("the opening hours change"), person)


@transaction.atomic
def plan_outing(*, point: Point, place: str, address: str, starts_at: datetime, ends_at: datetime, person: Any) -> Outing:
    """The point goes to people, once. Raises NotYours, AdviceRefused."""
    point = _locked(point, person)
    if ends_at <= starts_at or starts_at <= database_now():
        raise rules.AdviceRefused(_("Give a time that is still ahead, and an end after the beginning."))
    made = Outing.objects.create(point=point, place=place, address=address, starts_at=starts_at, ends_at=ends_at)
    record(deed="advice.plan_outing", subject=point, after={"place": place, "starts_at": starts_at}, actor=person)
    return made


@transaction.atomic
def call_off_outing(*, outing: Outing, why: str, person: Any) -> int:
    """It does not take place: said on the page, written to whoever booked. Gives how many. Raises NotYours, AdviceRefused."""
    point = _locked(outing.point, person)
    outing = Outing.objects.select_for_update().get(pk=outing.pk)
    if not why.strip():
        raise rules.AdviceRefused(_("Write why: it stands on the page for everybody."))
    if outing.called_off_at is None:
        outing.called_off_at, outing.why_off = database_now(), why.strip()[:200]
        outing.save(update_fields=["called_off_at", "why_off"])
        record(deed="advice.call_off_outing", subject=point, after={"outing": outing.pk, "why": outing.why_off}, actor=person)
    return _told(point, outing.why_off, person)


@transaction.atomic
def close_point(*, point: Point, why: str, person: Any) -> int:
    """The point is closed for good; appointments end with the reason. Gives how many. Raises NotYours, AdviceRefused."""
    point = _locked(point, person)
    if not why.strip():
        raise rules.AdviceRefused(_("Write why: whoever booked gets these words."))
    now, today = database_now(), local_day(database_now())
    point.closed_at = point.closed_at or now
    point.save(update_fields=["closed_at"])
    point.hours.filter(valid_from__gte=today).delete()
    point.hours.filter(Q(valid_to=None) | Q(valid_to__gt=today)).update(valid_to=today)
    point.special_days.filter(day__gte=today).delete()
    point.outings.filter(ends_at__gt=now, called_off_at=None).update(called_off_at=now, why_off=why.strip()[:200])
    record(deed="advice.close_point", subject=point, after={"closed_at": now}, actor=person)
    return _told(point, why.strip(), person)


def _told(point: Point, why: str, person: Any) -> int:
    return call_off_what_fell_out(Point.objects.get(pk=point.pk), why, person)


def _still_there(rows: Any, row: Any) -> Any:
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise rules.AdviceRefused(_("Somebody changed these hours a moment ago. Look at them again."))
    return found


def _locked(point: Point, person: Any) -> Point:
    rules.check_may(person, "manage", point, database_now())
    return Point.objects.select_for_update().get(pk=point.pk)
