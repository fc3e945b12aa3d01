"""People read and confirm; their superiors enter what was signed on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet import audience, rules
from ratusz.publishing.intranet.models import Acknowledgement, Notice, NoticeVersion, Reading, SignedSheet, Way
from ratusz.publishing.intranet.queries import missing_in

PHOTO = "intranet.sheet"


@transaction.atomic
def note_reading(*, notice: Notice, person: Any) -> Reading | None:
    """Notes which version the person sees now, so that the next one can show the difference; None for what was never published.

    Opening the page again changes nothing: the difference stays until there is a newer version.
    """
    number = Notice.objects.values_list("current_version", flat=True).get(pk=notice.pk)
    if not number:
        return None
    reading, is_new = Reading.objects.select_for_update().get_or_create(
        person=person, notice=notice, defaults={"last_seen": number}
    )
    if not is_new and reading.last_seen < number:
        reading.seen_before, reading.last_seen = reading.last_seen, number
        reading.save(update_fields=["seen_before", "last_seen"])
    return reading


@transaction.atomic
def acknowledge(*, notice: Notice, person: Any, number: int) -> Acknowledgement:
    """The person confirms version `number`, the one they had before their eyes; a second press gives back the first.

    Raises PermissionDenied (also for whom the notice is not for), rules.NotOnView, rules.NotAsked, rules.NewerVersion.
    """
    now = database_now()
    notice = _shared(notice)
    if not rules.may(person, "read", notice, now) or not audience.audience_of(notice, now).filter(person=person).exists():
        raise PermissionDenied
    rules.check_answerable(notice, now)
    version = _version_asked(notice, number)
    given, is_new = Acknowledgement.objects.get_or_create(version=version, person=person, defaults={"at": now, "way": Way.SCREEN})
    if is_new:
        record(deed="intranet.acknowledge", subject=given, after={"version": version.number, "way": given.way}, actor=person)
    return given


def _shared(notice: Notice) -> Notice:
    """Held against a new version coming out while somebody confirms the old one."""
    return Notice.objects.select_for_update(of=("self",), no_key=True).get(pk=notice.pk)


def _version_asked(notice: Notice, number: int, refusal: type[rules.Refused] = rules.NewerVersion) -> NoticeVersion:
    version = notice.versions.filter(number=number).first()
    if version is None or notice.versions.filter(is_major=True, number__gt=number).exists():
        raise refusal
    return version


@transaction.atomic
def enter_sheet(
    *,
    notice: Notice,
    number: int,
    unit: Unit,
    people: Iterable[Any],
    signed_on: date,
    photo: BinaryIO,
    photo_name: str,
    person: Any,
) -> SignedSheet:
    """A superior enters who signed the sheet of a unit, with its picture; `number` is the version printed at its foot.

    Raises PermissionDenied, rules.NotOnView, rules.NotAsked, rules.OldSheet, rules.SignedTooEarly, rules.NotSignedYet,
    rules.NotOnTheList and files.rules.FileRefused.
    """
    now = database_now()
    version, chosen = _to_enter(notice, number, unit, people, person, now)
    if signed_on < local_day(version.written_at):
        raise rules.SignedTooEarly
    if signed_on > local_day(now):
        raise rules.NotSignedYet
    kept = accept_upload(upload=photo, name=photo_name, purpose=PHOTO, uploaded_by=person, subject=f"ratusz_units.Unit:{unit.pk}")
    sheet = SignedSheet.objects.create(
        version=version, unit=unit, signed_on=signed_on, photo=kept, entered_by=person, entered_at=now
    )
    rows = [Acknowledgement(version=version, person=each, at=now, way=Way.SHEET, entered_by=person, sheet=sheet) for each in chosen]
    Acknowledgement.objects.bulk_create(rows)
    after = {"version": version.number, "unit": unit.short_name, "signed_on": signed_on, "people": [each.pk for each in chosen]}
    record(deed="intranet.enter_sheet", subject=sheet, after=after, actor=person)
    return sheet


@transaction.atomic
def enter_for_people(*, notice: Notice, number: int, unit: Unit, people: Iterable[Any], person: Any) -> int:
    """A superior enters who confirmed version `number` to them by word of mouth; gives back how many. Refusals as for a sheet."""
    now = database_now()
    version, chosen = _to_enter(notice, number, unit, people, person, now)
    rows = [Acknowledgement(version=version, person=each, at=now, way=Way.SUPERIOR, entered_by=person) for each in chosen]
    Acknowledgement.objects.bulk_create(rows)
    after = {"version": version.number, "unit": unit.short_name, "people": [each.pk for each in chosen]}
    record(deed="intranet.enter_for_people", subject=notice, after=after, actor=person)
    return len(rows)


def _to_enter(
    notice: Notice, number: int, unit: Unit, people: Iterable[Any], person: Any, now: datetime
) -> tuple[NoticeVersion, list[Any]]:
    """The version and the people, when each of them is still missing; nobody enters themselves."""
    if not rules.may(person, "missing", unit, now):
        raise PermissionDenied
    # The whole row: two superiors entering the same sheet must not both see its people missing.
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    rules.check_answerable(notice, now)
    chosen = sorted(set(people), key=lambda each: each.pk)
    missing = {each.pk for each in missing_in(notice, unit, now)} - {person.pk}
    if not chosen or {each.pk for each in chosen} - missing:
        raise rules.NotOnTheList
    return _version_asked(notice, number, rules.OldSheet), chosen


@transaction.atomic
def forget_confirmations() -> int:
    """Every night: confirmations and sheets of notices that nobody has to prove any more; gives back how many rows.

    The database lets no row go that is younger than that, whatever is asked.
    """
    notices = Notice.objects.long_off_view(database_now())
    count = Acknowledgement.objects.filter(version__notice__in=notices).delete()[0]
    return count + SignedSheet.objects.filter(version__notice__in=notices).delete()[0]


@transaction.atomic
def forget_readings(*, person: Any) -> int:
    """Takes away what a person read last; gives back how many rows."""
    return Reading.objects.filter(person=person).delete()[0]
