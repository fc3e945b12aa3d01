"""Signed links to a person's own pages. They carry a random id and a signature, never an address."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ratusz.foundation.notifications.models import Address, ConsentRequest

PREFERENCES_LIVE = timedelta(days=365)
"""Whoever finds an old mail must not change somebody's settings for ever. The link that only leaves a purpose never grows old."""
_PREFERENCES = signing.TimestampSigner(salt="ratusz.notifications.preferences.2", sep=".")
_UNSUBSCRIBE = signing.Signer(salt="ratusz.notifications.unsubscribe", sep=".")
_CONFIRM = signing.Signer(salt="ratusz.notifications.confirm", sep=".")


def _absolute(name: str, token: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(f"notifications:{name}", args=[token])


def preferences_url(address: Address) -> str:
    """The page where the person behind the address switches purposes on and off."""
    return _absolute("preferences", preferences_token(address))


def preferences_token(address: Address) -> str:
    return _PREFERENCES.sign(address.public_id.hex)


def unsubscribe_url(address: Address, purpose: str) -> str:
    """Leaves one purpose in one click (RFC 8058); a GET only asks."""
    return _absolute("unsubscribe", _UNSUBSCRIBE.sign(f"{address.public_id.hex}-{purpose}"))


def confirm_url(request: ConsentRequest) -> str:
    """Confirms a consent from the mailbox; a GET only asks, since mail scanners follow links."""
    return _absolute("confirm", _CONFIRM.sign(request.public_id.hex))


def address_of_preferences(token: str) -> Address | None:
    """The address behind a preference link, None when the link is not ours, a year old, or the address was erased."""
    try:
        return _address(_PREFERENCES.unsign(token, max_age=PREFERENCES_LIVE))
    except signing.BadSignature:
        return None


def unsubscription_of(token: str) -> tuple[Address, str] | None:
    """The address and purpose behind an unsubscribe link."""
    public_id, _dash, purpose = _unsigned(_UNSUBSCRIBE, token).partition("-")
    address = _address(public_id)
    return (address, purpose) if address and purpose else None


def request_of(token: str) -> ConsentRequest | None:
    """The open consent request behind a confirmation link."""
    public_id = _unsigned(_CONFIRM, token)
    return ConsentRequest.objects.select_related("address", "text").filter(public_id=UUID(public_id)).first() if public_id else None


def _unsigned(signer: signing.Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except signing.BadSignature:
        return ""


def _address(public_id: str) -> Address | None:
    return Address.objects.filter(public_id=UUID(public_id), erased_at__isnull=True).first() if public_id else None
