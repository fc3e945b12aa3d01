"""A request for public information from a meeting becomes one of the Office's register, with its clock from that day."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.models import Meeting, MeetingRequest, Voice
from ratusz.casework.meetings.registries import Target, targets
from ratusz.casework.requests.actions import receive_request
from ratusz.casework.requests.models import Contact, Kind, Through

TARGET = "requests.information"
NAMESPACE = uuid.UUID("6f0d6c1e-9a8e-4b0e-9c3e-5f5f3a5c2d11")
"""Of keys made from the names of voices and requests: asked again, the register gives the same request."""


def take(*, meeting: Meeting, key: str, facts: dict[str, Any], person: Any) -> tuple[str, str, str]:
    """Enters it in the register; the words are those that were filed or said, so nobody types them again."""
    kind, _colon, number = key.partition(":")
    start: dict[str, Any] = {"contact": Contact.NONE, "contact_value": "", "name": ""}
    if kind == "meetings.request":
        filed = MeetingRequest.objects.select_related("address").get(pk=number)
        start |= {"text": filed.text or filed.subject, "name": filed.name}
        if filed.address is not None:
            start |= {"contact": Contact.EMAIL, "contact_value": filed.address.value}
        received_at = filed.filed_at
    else:
        voice = Voice.objects.get(pk=number)
        start["text"], received_at = voice.question, voice.written_at
    made = receive_request(
        kind=Kind.INFORMATION, facts=start, form_key=uuid.uuid5(NAMESPACE, key), through=Through.DESK, received_at=received_at
    )
    return made.key, str(made)[:60], reverse("requests_request", args=[made.pk])


def register() -> None:
    """Meetings learn where such requests go."""
    targets.register(TARGET, Target(_("request for public information"), take))
