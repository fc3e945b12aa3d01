"""Reads of minutes that span models: what is published, what waits, how the minutes of a meeting stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ratusz.casework.meetings.minutes.addresses import path_of
from ratusz.casework.meetings.minutes.checking import due_day, is_late
from ratusz.casework.meetings.models import Meeting, Minutes, MinutesPublication, MinutesVersion
from ratusz.foundation.kit.dates import polish_date


def published() -> QuerySet[Minutes]:
    """Minutes of which a version is out, the newest meeting first; not those that were taken back into the Office."""
    out = MinutesPublication.objects.filter(version__minutes=OuterRef("pk"))
    rows = Minutes.objects.filter(Exists(out), is_public=True).select_related("meeting__district")
    return rows.order_by("-meeting__starts_at", "-pk")


def published_versions(number: str) -> list[MinutesVersion]:
    """Published versions of minutes, the newest first; none of minutes taken back into the Office. One query, without the files."""
    rows = MinutesVersion.objects.filter(minutes__number=number, minutes__is_public=True, publication__isnull=False)
    rows = rows.exclude(minutes__number="")
    rows = rows.select_related("publication", "minutes__meeting__district").defer(
        "publication__pdf", "publication__docx", "canonical"
    )
    return list(rows.order_by("-number"))


@dataclass(frozen=True)
class MinutesStanding:
    """How the minutes of a meeting stand for everybody: an address, a day by which they come, or past that day."""

    url: str = ""
    number: str = ""
    due: str = ""
    is_late: bool = False


def standing_of(meeting: Meeting, at: datetime) -> MinutesStanding | None:
    """For the page of a meeting; None where no public minutes are to be expected."""
    if meeting.ends_at > at or meeting.state == "cancelled":
        return None
    rule = meeting.rules_of_kind.minutes
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if not (minutes.is_public if minutes else rule.publication == "yes"):
        return None
    is_out = minutes is not None and bool(minutes.number) and MinutesPublication.objects.filter(version__minutes=minutes).exists()
    if is_out and minutes is not None:
        return MinutesStanding(url=path_of(minutes), number=minutes.number)
    due = due_day(meeting.ends_at, rule.days)
    return MinutesStanding(due=polish_date(due), is_late=is_late(False, meeting.ends_at, rule.days, at))


REGISTER = 200


def register(at: datetime) -> list[dict]:
    """The register on the desk: meetings that began, the newest first, with their minutes and the day they are due. Two queries."""
    meetings = Meeting.objects.filter(starts_at__lte=at).exclude(state__in=("draft", "cancelled")).order_by("-starts_at")
    rows = list(meetings.select_related("minutes")[:REGISTER])
    out = set(
        MinutesPublication.objects.filter(version__minutes__meeting__in=rows).values_list("version__minutes__meeting", flat=True)
    )
    made = []
    for meeting in rows:
        minutes, rule = getattr(meeting, "minutes", None), meeting.rules_of_kind.minutes
        is_wanted = minutes.is_public if minutes else rule.publication == "yes"
        waits = is_wanted and meeting.pk not in out
        made.append(
            {
                "meeting": meeting, "minutes": minutes, "day": polish_date(meeting.starts_at),
                "due": polish_date(due_day(meeting.ends_at, rule.days)) if waits else "",
                "is_late": waits and is_late(False, meeting.ends_at, rule.days, at),
            }
        )  # fmt: skip
    return made
