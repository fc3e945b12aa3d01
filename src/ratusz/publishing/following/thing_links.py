"""Signed links in letters to followers of one thing: confirm, and stop. No address stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.notifications.models import Address
from ratusz.publishing.following.queries import thing_of
from ratusz.publishing.following.registries import Thing
from ratusz.publishing.following.rules import LINK_LIVES

CONFIRM, STOP = "following.thing", "following.thing.stop"
STOPPING_LIVES = timedelta(days=3653)
"""Whoever is written to may say no, however old the letter."""


@dataclass(frozen=True)
class Question:
    """What a confirming link asks: whose address, which thing, in which letter it was asked."""

    address: Address
    thing: Thing
    asked_at: datetime
    letter: str


def confirm_url(address: Address, thing: str, asked_at: datetime, letter: str) -> str:
    """Good for a week; a GET only asks again."""
    return _absolute(
        "confirm", sign_link(CONFIRM, [address.public_id.hex, thing, asked_at.isoformat(), letter], asked_at + LINK_LIVES)
    )


def read_question(token: str, at: datetime) -> Question:
    """Raises LinkRefused, also when the address was erased or the thing is not shown any more."""
    public_id, key, asked_at, letter = read_link(CONFIRM, token, at)
    thing = thing_of(key, at)
    if thing is None:
        raise LinkRefused
    return Question(_address(public_id), thing, datetime.fromisoformat(asked_at), letter)


def stop_url(address: Address, thing: str, at: datetime) -> str:
    """Stops letters about one thing; a GET only asks."""
    return _absolute("stop", sign_link(STOP, [address.public_id.hex, thing], at + STOPPING_LIVES))


def read_stop(token: str, at: datetime) -> tuple[Address, str]:
    """The address and the key of the thing. Raises LinkRefused."""
    public_id, key = read_link(STOP, token, at)
    return _address(public_id), key


def _address(public_id: str) -> Address:
    address = Address.objects.filter(public_id=UUID(public_id), erased_at__isnull=True).first()
    if address is None:
        raise LinkRefused
    return address


def _absolute(name: str, token: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(f"following:thing-{name}", args=[token])
