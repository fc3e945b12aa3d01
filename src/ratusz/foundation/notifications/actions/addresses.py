"""Keep an address once, confirm it, erase it."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import (
    Address,
    ConsentRequest,
    Content,
    DigestItem,
    MessageState,
    OutboxMessage,
    PrintedLetter,
    RecipientHour,
    RhythmChoice,
)
from ratusz.foundation.notifications.registry import erased_with_address


def add_address(*, channel: str, value: str, person: Any = None, language: str = "pl") -> Address:
    """The address in its one form, made at first need; raises rules.NotDeliverable. A person is only added, never replaced."""
    # Before the transaction: a refusal would end the caller's as well.
    cleaned = rules.clean_address(channel, value)
    return _kept(channel, cleaned, person, language)


@transaction.atomic(savepoint=False)
def _kept(channel: str, cleaned: str, person: Any, language: str) -> Address:
    lookup = rules.lookup_of(channel, cleaned, settings.RATUSZ_LOOKUP_KEY)
    address = Address(channel=channel, value=cleaned, lookup=lookup, person=person, language=language)
    if _is_stored(address):
        return address
    address = Address.objects.get(channel=channel, lookup=lookup)
    if person is not None and address.person_id is None:
        address.person = person
        address.save(update_fields=["person"])
    return address


KEEP_NEW = """
    INSERT INTO ratusz_notifications_address (public_id, channel, value, lookup, person_id, language, made_at)
    VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp()) ON CONFLICT (channel, lookup) DO NOTHING RETURNING id, made_at
"""


def _is_stored(new: Address) -> bool:
    """Stores it where there is none; one statement, so that of two at once the second waits and finds the first one's."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_NEW, [new.public_id, new.channel, new.value, new.lookup, new.person_id, new.language])
        row = cursor.fetchone()
    if row is None:
        return False
    new.pk, new.made_at = row
    new._state.adding, new._state.db = False, connection.alias
    return True


@transaction.atomic
def confirm_address(*, address: Address) -> Address:
    """Notes that somebody answered from this address; the first time counts."""
    Address.objects.filter(pk=address.pk, confirmed_at__isnull=True).update(confirmed_at=database_now())
    address.refresh_from_db()
    return address


@transaction.atomic
def erase_address(*, address: Address) -> int:
    """Erases everything personal around an address; gives back the number of rows. Consents stay, without it.

    A suppression stays too, by its keyed hash: the person asked not to be written to, and that must survive.
    """
    address = Address.objects.select_for_update().get(pk=address.pk)
    if address.erased_at:
        return 0
    OutboxMessage.objects.filter(address=address, state=MessageState.WAITING).update(state=MessageState.CANCELLED)
    rows = OutboxMessage.objects.filter(address=address).exclude(variables={}).update(variables={})
    rows += _wipe_own_contents(address)
    rows += PrintedLetter.objects.filter(message__address=address).update(recipient="", subject="", text="")
    for model in (DigestItem, RhythmChoice, RecipientHour, ConsentRequest):
        rows += model.objects.filter(address=address).delete()[0]
    rows += sum(erase(address) for erase in erased_with_address)
    address.value, address.person, address.lookup = "", None, "erased:" + secrets.token_hex(28)
    address.erased_at = database_now()
    address.save()
    record(deed="notifications.erase_address", subject=address, after={"channel": address.channel})
    return rows + 1


def _wipe_own_contents(address: Address) -> int:
    """Texts written for this recipient alone; what others got too says nothing about this one."""
    shared = OutboxMessage.objects.exclude(address=address).values("content")
    own = (
        Content.objects.filter(messages__address=address, wiped_at__isnull=True).exclude(pk__in=shared).values_list("pk", flat=True)
    )
    wiped = {"subject": "", "text": "", "html": "", "attachments": [], "wiped_at": database_now()}
    return Content.objects.filter(pk__in=list(own)).update(**wiped)
