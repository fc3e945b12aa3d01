"""Writes into the record of who did what: one entry per staff write and per read of personal data, and the seals over them."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from ratusz.foundation.audit import chain
from ratusz.foundation.audit.acting import as_actor, note_record
from ratusz.foundation.audit.models import Detail, Entry, Seal, SealedEntry
from ratusz.foundation.kit.clock import database_now

WRITTEN = (
    "actor_kind", "actor_id", "actor_label", "deed", "subject_type", "subject_id", "address", "request_id", "is_read",
    "detail_digest",
)  # fmt: skip
# Every write of the program passes here: an entry and its details are one statement.
APPEND = f"""
    WITH entry AS (
        INSERT INTO ratusz_audit_entry ({", ".join(WRITTEN)}) VALUES ({", ".join(f"%({name})s" for name in WRITTEN)})
        RETURNING id, happened_at
    ), detail AS (
        INSERT INTO ratusz_audit_detail (entry_id, salt, content, erased_because)
        SELECT id, %(salt)s, %(content)s::jsonb, '' FROM entry
    )
    SELECT id, happened_at FROM entry
"""
SEALER_LOCK = 7_201_001
"""Number of the advisory lock that lets one sealer work at a time."""
BATCH = 5_000
LOOK_BACK = 10_000
"""How many numbers behind the newest sealed entry the second-by-second sealer looks for latecomers (transactions that committed
out of order). `seal_pending(look_back=None)`, once an hour, finds all others."""


def record(*, deed: str, subject: Any, before: dict | None = None, after: dict | None = None, actor: Any = None) -> Entry:
    """Records a deed ("module.verb_noun") on a subject (model instance or text); the actor defaults to the current one."""
    return _append(deed, subject, {"before": before, "after": after}, actor, is_read=False)


def record_read(*, subject: Any, fields: list[str], actor: Any = None, reason: str = "") -> Entry:
    """Records that somebody read the named personal fields of a subject."""
    return _append("audit.read_personal_data", subject, {"fields": fields, "reason": reason}, actor, is_read=True)


@transaction.atomic(savepoint=False)
def _append(deed: str, subject: Any, content: dict, given_actor: Any, *, is_read: bool) -> Entry:
    actor = as_actor(given_actor)
    is_row = isinstance(subject, models.Model)
    # A row that names a person calls itself without the name here, which an erasure would not find again.
    label = str(getattr(subject, "label_in_record", subject))[:200]
    content = {name: value for name, value in {"label": label, **content}.items() if value}
    salt = secrets.token_bytes(16)
    entry = Entry(
        actor_kind=actor.kind, actor_id=actor.id, actor_label=actor.label, address=actor.address, request_id=actor.request_id,
        deed=deed, is_read=is_read, detail_digest=chain.detail_digest(salt, content),
        subject_type=subject._meta.label if is_row else "", subject_id=str(subject.pk)[:64] if is_row else "",
    )  # fmt: skip
    with connection.cursor() as cursor:
        facts = {name: getattr(entry, name) for name in WRITTEN}
        cursor.execute(APPEND, facts | {"salt": salt, "content": json.dumps(content, cls=DjangoJSONEncoder)})
        entry.pk, entry.happened_at = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    note_record(deed)
    return entry


@transaction.atomic
def erase_details(*, entries: models.QuerySet[Entry], because: str) -> int:
    """Erases the values (label, before, after) of the given entries; who did what and when stays. Returns how many it erased."""
    return Detail.objects.filter(entry__in=entries, erased_at=None).update(
        content=None, salt=b"", erased_at=database_now(), erased_because=because[:200]
    )


@transaction.atomic
def seal_pending(*, look_back: int | None = LOOK_BACK) -> int:
    """Chains the entries that no seal covers yet, at most one batch; returns how many. Does nothing while another sealer works."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    last = SealedEntry.objects.order_by("-position").first()
    pending = list(_unsealed(look_back)[:BATCH])
    if not pending:
        return 0
    links = _links(pending, last)
    SealedEntry.objects.bulk_create(links)
    _seal(links[-1], sealed_at=database_now())
    return len(links)


def _unsealed(look_back: int | None) -> models.QuerySet[Entry]:
    entries = Entry.objects.order_by("id")
    newest = SealedEntry.objects.aggregate(number=models.Max("entry_number"))["number"]
    if look_back is not None and newest is not None:
        entries = entries.filter(pk__gt=newest - look_back)
    return entries.filter(~models.Exists(SealedEntry.objects.filter(entry_number=models.OuterRef("pk"))))


def _links(pending: list[Entry], last: SealedEntry | None) -> list[SealedEntry]:
    position = last.position if last else 0
    link = bytes(last.link) if last else chain.START
    links = []
    for entry in pending:
        position += 1
        digest = chain.entry_digest(entry)
        link = chain.link(link, position, digest)
        links.append(SealedEntry(position=position, entry_number=entry.pk, digest=digest, link=link))
    return links


def _seal(last: SealedEntry, *, sealed_at: datetime) -> Seal:
    previous = Seal.objects.order_by("-number").first()
    number = previous.number + 1 if previous else 1
    head = chain.head(bytes(previous.head) if previous else chain.START, number, last.position, bytes(last.link), sealed_at)
    return Seal.objects.create(number=number, last_position=last.position, sealed_at=sealed_at, head=head)


def expire_entries() -> int:
    """Removes entries older than two years (the only ones the database lets go), their details with them; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ratusz_audit_expire()")
        return cursor.fetchone()[0]
