"""Links of an appointment: made anew under a key outside the database, never stored in the clear."""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from django.urls import reverse

from ratusz.casework.advice.models import Appointment
from ratusz.foundation.people.keys import keyed_digest

BITS = 128
KEY = "advice"


def token_of(appointment: Appointment) -> str:
    """The token of an appointment, made anew each time from its random id: the table alone opens no page."""
    digest = keyed_digest(KEY, "link", appointment.public_id.hex)
    return base64.b32encode(digest[: BITS // 8]).decode().rstrip("=").lower()


def digest_of_token(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()


def appointment_of(token: str) -> Appointment | None:
    """The appointment behind a token."""
    found = Appointment.objects.filter(token_digest=digest_of_token(token), erased_at=None)
    return found.select_related("point", "outing", "contact").first()


def my_appointment_url(appointment: Appointment) -> str:
    """The page of one's own appointment: type the code, add it to a calendar, cancel it."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("advice:mine", args=[token_of(appointment)])
