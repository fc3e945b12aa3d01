"""Signed links in letters to followers: confirm a choice, see and change what one follows. No address stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.notifications.links import preferences_token
from ratusz.foundation.notifications.models import Address
from ratusz.publishing.following.rules import LINK_LIVES, Choice, read_choices

_CONFIRM = "following.confirm"


@dataclass(frozen=True)
class Question:
    """What a confirmation link asks: whose address, what to follow, how often, in which letter it was asked."""

    address: Address
    choices: list[Choice]
    rhythm: str
    asked_at: datetime
    letter: str


def confirm_url(address: Address, choices: list[Choice], rhythm: str, asked_at: datetime, letter: str) -> str:
    """Good for a week from the moment of asking; a GET only asks again."""
    content = [address.public_id.hex, [str(choice) for choice in choices], rhythm, asked_at.isoformat(), letter]
    return _absolute("confirm", sign_link(_CONFIRM, content, asked_at + LINK_LIVES))


def read_question(token: str, at: datetime) -> Question:
    """Raises LinkRefused, also when the address was erased since."""
    public_id, codes, rhythm, asked_at, letter = read_link(_CONFIRM, token, at)
    address = Address.objects.filter(public_id=UUID(public_id), erased_at__isnull=True).first()
    if address is None:
        raise LinkRefused
    return Question(address, read_choices(codes), rhythm, datetime.fromisoformat(asked_at), letter)


def choices_url(address: Address) -> str:
    """Where the person behind the address sees and changes what they follow; the same token as of the preference page."""
    return _absolute("mine", preferences_token(address))


def _absolute(name: str, token: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(f"following:{name}", args=[token])
