"""The agenda on a meeting's public page: the last published version, and from the day on the points hidden until then."""

from __future__ import annotations

from datetime import datetime

from ratusz.casework.meetings.models import Meeting, Visibility
from ratusz.casework.meetings.registries import Part
from ratusz.foundation.kit.dates import local_day


def agenda_part(meeting: Meeting, at: datetime) -> Part | None:
    """None before the first version; one query more on the day itself."""
    version = meeting.agenda_versions.order_by("-number").first()
    if version is None:
        return None
    late: list[str] = []
    if local_day(at) >= local_day(meeting.starts_at):
        late = list(meeting.agenda.filter(visibility=Visibility.ON_THE_DAY).order_by("order").values_list("title", flat=True))
    return Part("meetings/agenda_part.html", {"version": version, "late": late}, order=20)
