"""Locks before checks: the message first, then its variant, always in this order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.models import Message, Variant
from ratusz.publishing.messages.outlets import outlet_of


def locked_message(message: Message) -> Message:
    """The message as it is now, nobody else's until the end of the transaction."""
    found = Message.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("facts__written_by", "owner_unit").get(pk=message.pk)


def locked_variant(variant: Variant) -> Variant:
    """The variant as it is now, with its message locked too."""
    message = locked_message(variant.message)
    found = Variant.objects.select_for_update(no_key=True, of=("self",)).select_related("release", "based_on").get(pk=variant.pk)
    found.message = message
    return found


def check_may(person: Any, deed: str, message: Message | None) -> None:
    """Raises PermissionDenied."""
    if not rules.may(person, deed, message, database_now()):
        raise PermissionDenied


def tell_outlets(message: Message, codes: set[str] | None = None) -> None:
    """Lets live outlets follow: what people see of the message has changed."""
    outside = codes if codes is not None else set(message.variants.filter(release__isnull=False).values_list("outlet", flat=True))
    for code in sorted(outside):
        follow = outlet_of(code).follow
        if follow is not None:
            follow(message)
