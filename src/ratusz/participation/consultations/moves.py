"""What waits for whom in consultations, and their days for calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import DatedThing, Move
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.participation.consultations import queries, rules, standing
from ratusz.participation.consultations.models import Consultation

KIND, MOST = "consultations", 50
AHEAD = timedelta(days=30)
"""A plan is on the desk when its first day is that near."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What waits for this person: plans to launch, evidence to add, reports to write."""
    day = local_day(at)
    if rules.may(person, "launch", None, at):
        near = Consultation.objects.filter(announced_at=None, starts_on__range=(day, day + AHEAD))
        for each in near.order_by("starts_on")[:MOST]:
            yield _move(_("Launch: %(title)s"), each, end_of_day(each.starts_on) if each.starts_on else None)
        yield from _evidence()
    mine = queries.seen_by(person, at) if getattr(person, "is_staff", False) else Consultation.objects.none()
    for each in mine.owing_a_report(day).order_by("ends_on")[:MOST]:
        due = each.report_day
        if each.owner_person_id == person.pk or rules.may(person, "launch", each, at):
            yield _move(_("Publish the report: %(title)s"), each, end_of_day(due) if due else None)


def _evidence() -> Iterator[Move]:
    """Announced ones whose notices lack evidence: only those not reported yet."""
    rows = Consultation.objects.public().filter(reported_at=None, archived_at=None, cancelled_at=None, label="formal")
    for each in rows.prefetch_related("notices", "extensions").order_by("ends_on")[:MOST]:
        if standing.notice_gaps(each):
            yield _move(_("Add evidence of notices: %(title)s"), each, None)


def _move(words: str, consultation: Consultation, due: datetime | None) -> Move:
    url = reverse("consultations_consultation", args=[consultation.pk])
    return Move(words % {"title": consultation.title}, url, due_at=due, since=consultation.announced_at, kind=KIND)


def dated_things(start: datetime, end: datetime) -> Iterator[DatedThing]:
    """The days of what everybody may see, with what one can do until the last of them. Meetings come from their own module."""
    first, last = local_day(start), local_day(end)
    rows = Consultation.objects.public().filter(starts_on__lt=last, ends_on__gte=first, cancelled_at=None)
    for each in rows.select_related("owner_unit").prefetch_related("areas__district").order_by("ends_on")[:500]:
        if each.starts_on is not None:
            yield _dated(each)


def _dated(consultation: Consultation) -> DatedThing:
    assert consultation.starts_on is not None
    return DatedThing(
        kind=KIND, title=consultation.title, starts=consultation.starts_on, ends=consultation.ends_on,
        url=consultation.get_absolute_url(), what_to_do=_("Take part"),
        district_numbers=tuple(area.district.number for area in consultation.areas.all() if area.district),
        unit=consultation.owner_unit.short_name if consultation.owner_unit else "", code=consultation.number or "",
    )  # fmt: skip


def things_of(consultation: Consultation) -> list[DatedThing]:
    """Its days, and each form that has a day of its own."""
    found = [_dated(consultation)] if consultation.starts_on else []
    for form in consultation.forms.all():
        if form.starts_at is not None and form.cancelled_at is None:
            found.append(
                DatedThing(
                    kind=KIND, title=f"{form.title}: {consultation.title}", starts=form.starts_at, ends=form.ends_at,
                    url=consultation.get_absolute_url(), place=form.place, code=f"{consultation.number}/{form.pk}",
                )
            )  # fmt: skip
    return found
