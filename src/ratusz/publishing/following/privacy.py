"""What the privacy tools need: what somebody follows, shown to them and erased with their address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.publishing.following.actions.things import erase_things_of
from ratusz.publishing.following.models import Follow, ThingFollow


def erase_follows_of(address: Address) -> int:
    """Everything one address follows."""
    return Follow.objects.filter(address=address).delete()[0] + erase_things_of(address=address)


def _erase(person: Any) -> int:
    return sum(Follow.objects.filter(address=address).delete()[0] for address in addresses_of(person))


def _export(person: Any) -> Iterable[dict[str, Any]]:
    rows = Follow.objects.filter(address__in=addresses_of(person)).order_by("pk")
    return rows.values("district__name", "topic__name", "unit__name", "followed_at")


def _erase_things(person: Any) -> int:
    return sum(erase_things_of(address=address) for address in addresses_of(person))


def _export_things(person: Any) -> Iterable[dict[str, Any]]:
    return ThingFollow.objects.filter(address__in=addresses_of(person)).order_by("pk").values("thing", "followed_at")


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Follow,
        fields=("address",),
        purpose=_("to write to the person about what they chose"),
        legal_basis="zgoda (art. 6 ust. 1 lit. a RODO)",
        retention="do wycofania zgody albo zmiany wyboru",
        export=_export,
        erase=_erase,
        past=lambda moment: Follow.objects.without_consent().filter(followed_at__lt=moment),
        retention_days=1,
    )
    register_personal_data(
        ThingFollow, fields=("address",), purpose=_("to write to the person about the one thing they follow"),
        legal_basis="zgoda (art. 6 ust. 1 lit. a RODO)", retention="do wycofania zgody", retention_days=1,
        export=_export_things, erase=_erase_things,
        past=lambda moment: ThingFollow.objects.without_consent().filter(followed_at__lt=moment),
    )  # fmt: skip
