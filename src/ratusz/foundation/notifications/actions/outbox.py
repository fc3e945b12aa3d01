"""Write into the outbox, in one transaction with whatever the message tells about; take back, wipe old texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import composing, rules
from ratusz.foundation.notifications.actions.addresses import add_address
from ratusz.foundation.notifications.models import (
    Address,
    Channel,
    Content,
    MessageState,
    OutboxMessage,
    PrintedLetter,
    RecipientHour,
)
from ratusz.foundation.notifications.registry import purposes

TEXTS_KEPT_FOR = timedelta(days=90)
BATCH = 2000
URGENT, ORDINARY, BULK = 0, 5, 9


@transaction.atomic
def send(
    *,
    to: Any,
    purpose: str,
    dedup_key: str,
    channel: str = Channel.EMAIL,
    template: str = "",
    context: dict[str, Any] | None = None,
    subject: str = "",
    text: str = "",
    button: tuple[str, str] | None = None,
    content: Content | None = None,
    variables: dict[str, str] | None = None,
    at: datetime | None = None,
    attachments: Sequence[composing.Attachment] = (),
    language: str = "",
) -> OutboxMessage:
    """Puts one message into the outbox; it goes after the caller's commit, once, whatever crashes.

    `to` is an Address, an account (its e-mail) or the address as text in the `channel`. The words are a `template`
    (`<template>.subject.txt` and `<template>.txt` with `context`), or `subject` and `text`, or a saved `content` with
    `variables` for its `[[placeholders]]`. `button` is (words, address) of the one thing to do; `attachments` go with an e-mail of
    words of its own; `language` is that of the words: by default the one spoken now, of a template the address's own.
    `dedup_key` names the message for ever: a second call with it gives back the first row. Raises KeyError for an unknown purpose,
    rules.NotDeliverable, and rules.LimitReached for purposes that refuse over their hourly limit.
    """
    kind = purposes[purpose]
    if "@" in dedup_key or not dedup_key:
        raise ValueError("a dedup key is made of ids, it outlives the address")
    if (known := OutboxMessage.objects.filter(dedup_key=dedup_key).first()) is not None:
        return known
    address = _address_of(to, channel)
    if kind.limit_refuses and not count_one(address=address, purpose=purpose, limit=kind.hourly_limit, at=database_now()):
        raise rules.LimitReached(purpose)
    if content is None:
        content = _write(address, template, context or {}, subject, text, button, attachments, language)
    now = database_now()
    message = OutboxMessage(address=address, channel=address.channel, purpose=purpose, content=content, variables=variables or {})
    message.dedup_key, message.made_at, message.send_at = dedup_key, now, at or now
    message.priority = URGENT if kind.is_urgent else ORDINARY
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    return OutboxMessage.objects.get(dedup_key=dedup_key)


def _address_of(to: Any, channel: str) -> Address:
    if isinstance(to, Address):
        return to
    if isinstance(to, str):
        return add_address(channel=channel, value=to)
    return add_address(channel=Channel.EMAIL, value=to.email, person=to)


def _write(
    address: Address,
    template: str,
    context: dict,
    subject: str,
    text: str,
    button: tuple[str, str] | None,
    attachments: Sequence[composing.Attachment],
    language: str,
) -> Content:
    if template:
        content = composing.template_content(
            template=template, context=context, button=button, language=language or address.language
        )
    else:
        # The frame and the foot speak as the words do: whoever wrote to us in Ukrainian is answered in it to the last line.
        spoken = language or get_language() or address.language
        content = composing.write_content(subject=subject, text=text, button=button, language=spoken)
    content.attachments = [each.kept for each in attachments]
    return keep_content(content=content)


def keep_content(*, content: Content) -> Content:
    """Saves what `composing` wrote, for messages to many."""
    content.made_at = database_now()
    content.save()
    return content


def keep_contents(*, contents: Sequence[Content]) -> None:
    """The same for many at once; each knows its number afterwards."""
    now = database_now()
    for content in contents:
        content.made_at = now
    Content.objects.bulk_create(contents, batch_size=BATCH)


def count_one(*, address: Address, purpose: str, limit: int, at: datetime) -> bool:
    """Counts one message into the address's hour unless the limit is reached; one statement, so parallel callers never pass it."""
    table = RecipientHour._meta.db_table
    sql = f"""
        INSERT INTO {table} (address_id, purpose, hour, count) VALUES (%s, %s, %s, 1)
        ON CONFLICT (address_id, purpose, hour) DO UPDATE SET count = {table}.count + 1 WHERE {table}.count < %s
        RETURNING count
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [address.pk, purpose, rules.hour_of(at), limit])
        return cursor.fetchone() is not None


@transaction.atomic
def send_to_all_agreeing(
    *, purpose: str, content: Content, dedup_prefix: str, at: datetime | None = None, channel: str = "email"
) -> int:
    """One row for each address with a live consent to the purpose, at most once for the prefix; gives back how many there are."""
    purposes[purpose]
    now = database_now()
    common = {"channel": channel, "purpose": purpose, "content": content, "priority": BULK, "made_at": now, "send_at": at or now}
    ids = list(Address.objects.agreeing_to(purpose).filter(channel=channel).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        rows = [OutboxMessage(address_id=pk, dedup_key=f"{dedup_prefix}:{pk}", **common) for pk in ids[start : start + BATCH]]
        OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return OutboxMessage.objects.filter(content=content).count()


@transaction.atomic
def queue(*, address_ids: list[int], purpose: str, content: Content, dedup_suffix: str, channel: str = Channel.EMAIL) -> None:
    """One row for each of these addresses, with a saved content; a row that is there already stays the only one."""
    purposes[purpose]
    now = database_now()
    common = {"channel": channel, "purpose": purpose, "content": content, "priority": BULK, "made_at": now, "send_at": now}
    rows = [OutboxMessage(address_id=pk, dedup_key=f"event:{pk}:{dedup_suffix}", **common) for pk in address_ids]
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


@transaction.atomic
def queue_each(*, purpose: str, rows: Sequence[tuple[Address, Content, str]]) -> dict[str, int]:
    """One message for each (address, saved content, dedup key), as `send` makes them, in a handful of statements.

    Gives back key to number; a row that is there already stays the only one.
    """
    kind, now = purposes[purpose], database_now()
    priority = URGENT if kind.is_urgent else ORDINARY
    made = [
        OutboxMessage(
            address=address, channel=address.channel, purpose=purpose, content=content, dedup_key=key, made_at=now, send_at=now,
            priority=priority,
        )
        for address, content, key in rows
    ]  # fmt: skip
    OutboxMessage.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
    keys = [key for _address, _content, key in rows]
    return dict(OutboxMessage.objects.filter(dedup_key__in=keys).values_list("dedup_key", "pk"))


@transaction.atomic
def cancel_message(*, dedup_key: str) -> bool:
    """Takes a waiting message back; False when it has gone already or never was."""
    waiting = OutboxMessage.objects.filter(dedup_key=dedup_key, state=MessageState.WAITING)
    return bool(waiting.update(state=MessageState.CANCELLED))


def cancel_waiting(*, address: Address, purpose: str) -> int:
    """Takes back whatever still waits for an address under one purpose."""
    waiting = OutboxMessage.objects.filter(address=address, purpose=purpose, state=MessageState.WAITING)
    return waiting.update(state=MessageState.CANCELLED)


@transaction.atomic
def forget_contents() -> int:
    """Wipes texts, variables and printed letters of messages 90 days old and settled; that something was sent stays."""
    now = database_now()
    open_states = [MessageState.WAITING, MessageState.SENDING, MessageState.REVIEW]
    still_needed = OutboxMessage.objects.filter(content=OuterRef("pk"), state__in=open_states)
    old = Content.objects.filter(wiped_at__isnull=True, made_at__lt=now - TEXTS_KEPT_FOR).exclude(Exists(still_needed))
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    RecipientHour.objects.filter(hour__lt=now - timedelta(days=2)).delete()
    printed = PrintedLetter.objects.filter(batch__isnull=False, ready_at__lt=now - TEXTS_KEPT_FOR).exclude(recipient="", text="")
    printed.update(recipient="", subject="", text="")
    return wipe_contents(content_ids=ids, at=now)


def wipe_contents(*, content_ids: list[int], at: datetime) -> int:
    """Wipes the words of these contents and what their messages filled in; gives back how many contents."""
    OutboxMessage.objects.filter(content__in=content_ids).exclude(variables={}).update(variables={})
    return Content.objects.filter(pk__in=content_ids).update(subject="", text="", html="", attachments=[], wiped_at=at)
