"""Signed links in letters to followers of a decision: confirm, and stop. No address stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.notifications.models import Address
from ratusz.governance.decisions.models import Decision

CONFIRM, STOP = "decisions.follow", "decisions.stop"
ASKING_LIVES = timedelta(days=7)
STOPPING_LIVES = timedelta(days=3653)
"""Whoever is written to may say no, however old the letter."""


@dataclass(frozen=True)
class Question:
    """What a confirming link asks: whose address, which decision, in which letter it was asked."""

    address: Address
    decision: Decision
    asked_at: datetime
    letter: str


def confirm_url(address: Address, decision: Decision, asked_at: datetime, letter: str) -> str:
    """Good for a week; a GET only asks again."""
    content = [address.public_id.hex, decision.pk, asked_at.isoformat(), letter]
    return _absolute("confirm", sign_link(CONFIRM, content, asked_at + ASKING_LIVES))


def read_question(token: str, at: datetime) -> Question:
    """Raises LinkRefused, also when the address was erased or the decision is not shown any more."""
    public_id, decision, asked_at, letter = read_link(CONFIRM, token, at)
    return Question(_address(public_id), _decision(decision), datetime.fromisoformat(asked_at), letter)


def stop_url(address: Address, decision_pk: int, at: datetime) -> str:
    """Stops letters about one decision; a GET only asks."""
    return _absolute("stop", sign_link(STOP, [address.public_id.hex, decision_pk], at + STOPPING_LIVES))


def read_stop(token: str, at: datetime) -> tuple[Address, Decision]:
    """Raises LinkRefused."""
    public_id, number = read_link(STOP, token, at)
    decision = Decision.objects.filter(pk=number).first()
    if decision is None:
        raise LinkRefused
    return _address(public_id), decision


def _address(public_id: str) -> Address:
    address = Address.objects.filter(public_id=UUID(public_id), erased_at__isnull=True).first()
    if address is None:
        raise LinkRefused
    return address


def _decision(number: int) -> Decision:
    decision = Decision.objects.shown().filter(pk=number).first()
    if decision is None:
        raise LinkRefused
    return decision


def _absolute(name: str, token: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(f"decisions:{name}", args=[token])
