"""Links of an appointment: made anew under a key outside the database, never stored in the clear."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ratusz.casework.advice.models import Appointment
from ratusz.foundation.people import keys

KEY = "advice"


def token_of(appointment: Appointment) -> str:
    """The token of an appointment, made anew each time."""
    return keys.token_of(KEY, "link", appointment.public_id.hex)


def appointment_of(token: str) -> Appointment | None:
    """The appointment behind a token."""
    found = Appointment.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("point", "outing", "contact").first()


def my_appointment_url(appointment: Appointment) -> str:
    """The page of one's own appointment: type the code, add it to a calendar, cancel it."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("advice:mine", args=[token_of(appointment)])
