"""What meetings give to the city's calendar, the search, "check by number" and the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.meetings import particulars, queries, rules, signing_up
from ratusz.casework.meetings.models import Meeting, MeetingDuty, Standing
from ratusz.casework.meetings.models.meetings import State
from ratusz.foundation.kit.dates import local_day, polish_moment
from ratusz.foundation.kit.registries import DatedThing, Move, Receipt, SearchEntry

KIND = "meetings"


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Announced meetings in that time; those that are not public for staff who may see them."""
    found = Meeting.objects.touching(starts, ends).filter(state__in=(State.ANNOUNCED, State.HELD))
    for each in found.select_related("place", "district", "owner_unit"):
        yield DatedThing(
            kind="meeting", title=each.title, starts=each.starts_at, ends=each.ends_at, is_public=each.is_public,
            url=each.public_path if each.is_public else f"/admin/spotkania/{each.pk}/",
            what_to_do=_("Come or register") if each.is_public else "", place=str(each.place or ""),
            unit=each.owner_unit.short_name, district_numbers=(each.district.number,) if each.district else (), code=str(each.uid),
            language="pl",
            may_open=_may_open(each),
        )  # fmt: skip


def _may_open(meeting: Meeting) -> Any:
    return lambda person, at: rules.may(person, "see", meeting, at)


def search_entries() -> Iterator[SearchEntry]:
    """Every public meeting."""
    for each in Meeting.objects.public().select_related("place", "district").iterator(chunk_size=500):
        yield _entry(each)


def search_entry(key: str) -> SearchEntry | None:
    """One of them by "meeting:12"."""
    number = key.rpartition(":")[2]
    found = Meeting.objects.public().select_related("place", "district").filter(pk=number).first() if number.isdigit() else None
    return _entry(found) if found else None


def _entry(meeting: Meeting) -> SearchEntry:
    where = ", ".join(str(each) for each in (meeting.place, meeting.district) if each)
    return SearchEntry(
        key=f"meeting:{meeting.pk}", url=meeting.public_path, title=meeting.title,
        summary=f"{polish_moment(meeting.starts_at)}, {where}",
        body=f"{meeting.summary} {meeting.who_may_come}", kind=KIND, day=local_day(meeting.starts_at),
    )  # fmt: skip


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """What the number of a registration tells: the meeting and where the registration stands; never who it is."""
    mine = queries.by_code(text)
    if mine is None:
        return None
    is_off = mine.meeting.state == State.CANCELLED
    standing = _("This meeting is cancelled") if is_off else Standing(signing_up.shown_standing(mine, at)).label
    facts = ((_("When"), polish_moment(mine.meeting.starts_at)), (_("Where"), str(mine.meeting.place or _("online"))))
    url = mine.meeting.public_path if mine.meeting.is_public else ""
    return Receipt(title=mine.meeting.title, status=str(standing), url=url, facts=facts)


def moves_of(person: Any, at: datetime) -> Iterable[Move]:
    """Registrations that wait for the organiser's word, and meetings over and not closed yet, of whoever is their organiser."""
    yield from _moves_of_delegates(person, at)
    mine = Meeting.objects.filter(duties__person=person.pk, duties__task=MeetingDuty.Task.ORGANISER, state=State.ANNOUNCED)
    for each in mine.prefetch_related("registrations").order_by("starts_at"):
        url = f"/admin/spotkania/{each.pk}/"
        pending = sum(one.standing == Standing.PENDING for one in each.registrations.all())
        if pending and each.starts_at > at:
            words = ngettext("Decide %(count)d registration: %(title)s", "Decide %(count)d registrations: %(title)s", pending)
            yield Move(
                words % {"count": pending, "title": each.title}, f"{url}zapisani/?stan=pending", each.starts_at, kind="meetings"
            )
        if each.ends_at <= at:
            yield Move(_("Close as held: %(title)s") % {"title": each.title}, url, since=each.ends_at, kind="meetings")


def _moves_of_delegates(person: Any, at: datetime) -> Iterable[Move]:
    """Whoever goes to a meeting on our behalf: goes there, then writes the short note."""
    theirs = Meeting.objects.filter(duties__person=person.pk, duties__task=MeetingDuty.Task.DELEGATE, state=State.ANNOUNCED)
    for each in theirs.order_by("starts_at"):
        url = f"/admin/spotkania/{each.pk}/szczegoly/"
        if each.starts_at > at:
            yield Move(_("You go there: %(title)s") % {"title": each.title}, url, due_at=each.starts_at, kind="meetings")
        elif particulars.missing(each.rules_of_kind, each.particulars, "after"):
            yield Move(_("Write a short note: %(title)s") % {"title": each.title}, url, since=each.ends_at, kind="meetings")
