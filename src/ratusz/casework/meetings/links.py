"""Personal links of registered and invited people: 128 random bits that are never stored, only their digest is."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse

from ratusz.casework.meetings.models import Invitation, Registration, ReviewLink
from ratusz.foundation.people import keys

DOOR_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""Without 0, O, 1, I, and L, U, Z, which are read wrong from paper and heard wrong through a door."""


def token_of(thing: Registration | Invitation | ReviewLink) -> str:
    """The token of a registration, an invitation or a review, made anew each time from its random id under a key elsewhere.

    So the link can be sent again to its mailbox, while whoever reads the table can open no page.
    """
    return keys.token_of("meetings-links", type(thing).__name__, thing.public_id.hex)


def _absolute(name: str, *args: Any) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(f"meetings:{name}", args=args)


def place_url(registration: Registration) -> str:
    """The page of one's own place: confirm, accept, change, give up."""
    return _absolute("my-place", token_of(registration))


def invitation_url(invitation: Invitation) -> str:
    """The page where somebody invited answers."""
    return _absolute("invitation", token_of(invitation))


def sms_code(registration: Registration) -> str:
    """The six digits sent to a telephone; like the link they are made anew and stored nowhere."""
    digest = keys.keyed_digest("meetings-links", "sms", registration.public_id.hex)
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"


def registration_of(token: str) -> Registration | None:
    """The registration behind a token, with its meeting, group and address."""
    found = Registration.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("meeting__place", "meeting__district", "meeting__series", "group", "address", "district").first()


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a token, with its meeting."""
    found = Invitation.objects.filter(token_digest=keys.digest_of_token(token), erased_at=None)
    return found.select_related("meeting__place", "group", "registration", "address").first()


def door_code() -> str:
    """Six random signs: what a person says at the door. They open nothing elsewhere and are unique within a meeting."""
    return "".join(secrets.choice(DOOR_SIGNS) for _position in range(6))


def door_text(registration: Registration) -> str:
    """What the QR holds: "R1:<meeting>:<code>". The code of another meeting is told apart at once, without a network."""
    return f"R1:{registration.meeting_id}:{registration.door_code}"


def read_door_text(text: str) -> tuple[int | None, str]:
    """The meeting and the code of what was scanned or typed; the meeting is None where only a code was typed."""
    parts = text.strip().upper().split(":")
    if len(parts) == 3 and parts[0] == "R1" and parts[1].isascii() and parts[1].isdecimal() and len(parts[1]) < 18:
        return int(parts[1]), parts[2]
    return None, "".join(sign for sign in text.upper() if sign.isalnum())
