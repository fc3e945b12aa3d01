"""Signed links in letters to followers of a remark: confirm, and stop. No address stands in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.notifications.models import Address
from ratusz.participation.remarks.links import absolute
from ratusz.participation.remarks.models import Remark

CONFIRM, STOP = "remarks.follow", "remarks.stop"
ASKING_LIVES = timedelta(days=7)
STOPPING_LIVES = timedelta(days=3653)
"""Whoever is written to may say no, however old the letter."""


def confirm_url(address: Address, remark: Remark, asked_at: datetime, letter: str) -> str:
    """Good for a week; a GET only asks again."""
    content = [address.public_id.hex, remark.pk, asked_at.isoformat(), letter]
    return absolute("follow-confirm", sign_link(CONFIRM, content, asked_at + ASKING_LIVES))


def read_question(token: str, at: datetime) -> tuple[Address, Remark, datetime, str]:
    """Whose address, which remark, when and in which letter it was asked. Raises LinkRefused."""
    public_id, number, asked_at, letter = read_link(CONFIRM, token, at)
    return _address(public_id), _remark(number), datetime.fromisoformat(asked_at), letter


def stop_url(address: Address, remark: Remark, at: datetime) -> str:
    """Stops letters about one remark; a GET only asks."""
    return absolute("follow-stop", sign_link(STOP, [address.public_id.hex, remark.pk], at + STOPPING_LIVES))


def read_stop(token: str, at: datetime) -> tuple[Address, Remark]:
    """Raises LinkRefused."""
    public_id, number = read_link(STOP, token, at)
    return _address(public_id), _remark(number)


def _address(public_id: str) -> Address:
    address = Address.objects.filter(public_id=UUID(public_id), erased_at__isnull=True).first()
    if address is None:
        raise LinkRefused
    return address


def _remark(number: int) -> Remark:
    remark = Remark.objects.select_related("consultation").filter(pk=number).first()
    if remark is None:
        raise LinkRefused
    return remark
