"""Digests of 50,000 people put into the outbox: seconds beside the limit, and that a second run writes none again.

Half of the people have the same news, the other half words of their own. Limit: consultations.md, section 12: within 2 minutes,
idempotent. The peer is the bare database writing the same rows of the outbox.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

from bench.own_database import own_database

PEOPLE, PEOPLE_SHORT, EVENTS, LIMIT = 50_000, 2_000, 3, 120.0
PURPOSE = "forum.answers"


def main(short: bool) -> None:
    """Short: 2,000 people."""
    with own_database():
        _tell(PEOPLE_SHORT if short else PEOPLE)


def _tell(people: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    _fill(people)
    from ratusz.foundation.notifications.actions import send_digests
    from ratusz.foundation.notifications.models import DigestItem, OutboxMessage

    began, worked = time.perf_counter(), time.process_time()
    sent = send_digests(rhythm="daily")
    took, alone = time.perf_counter() - began, time.process_time() - worked
    again = send_digests(rhythm="daily")
    kept = OutboxMessage.objects.filter(purpose="notifications.digest").count()
    left = DigestItem.objects.filter(message=None).count()
    verdict = "ok" if took <= LIMIT and (sent, again, kept, left) == (people, 0, people, 0) else "OVER"
    print(f"digests of {people} people with {EVENTS} events each: {took:.1f} s of {LIMIT:.0f} ({took / LIMIT:.2f}): {verdict}")
    print(f"  {alone:.1f} s of our own work; mails {kept}, a second run wrote {again}, events left over {left}")
    bare = _bare(people)
    print(f"  peer: the bare database writes the same rows of the outbox in {bare:.1f} s, ratio {took / bare:.1f}")


def _fill(people: int) -> None:
    from ratusz.foundation.kit.clock import database_now
    from ratusz.foundation.notifications.models import Address, DigestItem

    now = database_now()
    rows: Any = [Address(channel="email", value=f"osoba{each}@example.pl", lookup=f"{each:064}") for each in range(people)]
    _with_moments(rows, now)
    Address.objects.bulk_create(rows, batch_size=2000)
    items = [
        DigestItem(
            address=address, purpose=PURPOSE, title=f"Odpowiedź na Twój komentarz {event} {number if number % 2 else ''}",
            url=f"https://example.pl/pks/wpis/{event}/", dedup_key=f"event:{event}", happened_at=now - timedelta(minutes=event),
        )
        for number, address in enumerate(rows) for event in range(EVENTS)
    ]  # fmt: skip
    DigestItem.objects.bulk_create(items, batch_size=2000)


def _with_moments(rows: list[Any], now: Any) -> None:
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.get_internal_type() == "DateTimeField" and not field.null:
                setattr(row, field.attname, now)


def _bare(people: int) -> float:
    from django.db import connection

    table = "ratusz_notifications_outboxmessage"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bare (LIKE {table} INCLUDING ALL)")
        began = time.perf_counter()
        cursor.execute(f"INSERT INTO bare SELECT * FROM {table} WHERE purpose = 'notifications.digest'")
        return time.perf_counter() - began
