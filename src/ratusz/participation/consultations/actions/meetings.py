"""A form follows the meeting behind it: a fact entered there is not entered here again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.meetings.models import Meeting, Place
from ratusz.participation.consultations.models import Form
from ratusz.publishing.website.actions import bump_content_version


def hear_meeting(meeting: Meeting, event: str) -> None:
    """For the registry of meetings: the form behind it follows its day, its place, that it was held or called off."""
    facts: dict[str, Any] = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    if meeting.place is not None:
        facts |= {"place": str(meeting.place)[:300], "accessibility": accessibility_of(meeting.place)}
    if event == "held":
        facts["held_at"] = meeting.held_at
    if event == "cancelled":
        facts |= {"cancelled_at": meeting.cancelled_at, "cancel_reason": meeting.cancel_reason}
    if Form.objects.filter(subject=meeting.key, held_at=None, cancelled_at=None).update(**facts):
        bump_content_version()


def accessibility_of(place: Place) -> str:
    """What the place offers, in words."""
    offers = [
        (place.is_step_free, _("entry without steps")), (place.has_loop, _("induction loop")),
        (place.has_accessible_toilet, _("accessible toilet")), (place.has_parking, _("parking place for people with disabilities")),
    ]  # fmt: skip
    return ", ".join([words for has, words in offers if has] + ([place.note] if place.note else []))[:500]
