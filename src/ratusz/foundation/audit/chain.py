"""The arithmetic of the chain: digests of entries and details, links between them, heads of seals. Pure, SHA-256 throughout."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

START = bytes(32)
"""What the first link and the first head stand on."""


def canonical(content: Any) -> bytes:
    """JSON with sorted keys and no spaces: the same bytes before the database's jsonb and after it."""
    return json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def detail_digest(salt: bytes, content: Any) -> bytes:
    """Salted, so that the digest that stays after an erasure lets nobody guess what was there."""
    return sha256(bytes(salt) + canonical(content)).digest()


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def entry_digest(entry: Any) -> bytes:
    """Everything the entry says, its details by their digest."""
    facts = [
        entry.pk, moment(entry.happened_at), entry.actor_kind, entry.actor_id, entry.actor_label, entry.deed, entry.subject_type,
        entry.subject_id, entry.address or "", entry.request_id, entry.is_read, bytes(entry.detail_digest).hex(),
    ]  # fmt: skip
    return sha256(canonical(facts)).digest()


def link(previous: bytes, position: int, digest: bytes) -> bytes:
    return sha256(previous + position.to_bytes(8, "big") + digest).digest()


def head(previous: bytes, number: int, last_position: int, last_link: bytes, sealed_at: datetime) -> bytes:
    facts = f"{number}|{last_position}|{moment(sealed_at)}|".encode()
    return sha256(previous + facts + last_link).digest()
