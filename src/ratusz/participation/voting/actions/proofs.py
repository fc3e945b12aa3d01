"""Proofs of identity: what an adapter ends in, kept for half an hour under a key that only the voter's cookie holds."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from ratusz.foundation.audit.models import ClockTimestamp
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting.models import HeldProof, Vote

LIVES = timedelta(minutes=30)


@dataclass(frozen=True)
class IdentityProof:
    """Who may cast one ballot. No PESEL and no address of a home; `contact` is where a notice of the ballot goes.

    `channel_facts`: what the way of voting adds, in texts: "channel" (web), "line", "officer", "point", "language".
    """

    voter_key: bytes
    district: str = ""
    """Code of the pool of the voter's own place; "" when the way of identification does not know it."""
    age_band: str = ""
    contact: str = ""
    channel_facts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def hold_proof(*, vote: Vote, proof: IdentityProof) -> str:
    """Keeps a proof and gives back the key for the cookie. Without that key the row is noise, in a backup as well."""
    key = secrets.token_bytes(SecretBox.KEY_SIZE)
    content = {
        "voter": proof.voter_key.hex(), "district": proof.district, "age": proof.age_band, "contact": proof.contact,
        "facts": dict(proof.channel_facts),
    }  # fmt: skip
    HeldProof.objects.create(
        digest=sha256(key).hexdigest(), vote=vote, content=SecretBox(key).encrypt(json.dumps(content).encode()),
        expires_at=database_now() + LIVES,
    )  # fmt: skip
    return key.hex()


def read_proof(key: str, vote: Vote) -> IdentityProof | None:
    """The proof under a cookie's key; None when there is none, it is over, or it was given for another vote."""
    try:
        raw = bytes.fromhex(key)
        held = HeldProof.objects.filter(digest=sha256(raw).hexdigest(), vote=vote, expires_at__gt=ClockTimestamp()).first()
        content = json.loads(SecretBox(raw).decrypt(bytes(held.content))) if held else None
    except (ValueError, TypeError, CryptoError):
        return None
    if content is None:
        return None
    return IdentityProof(bytes.fromhex(content["voter"]), content["district"], content["age"], content["contact"], content["facts"])


@transaction.atomic
def drop_proof(*, key: str) -> None:
    """Forgets a proof at once: the voter leaves."""
    try:
        HeldProof.objects.filter(digest=sha256(bytes.fromhex(key)).hexdigest()).delete()
    except ValueError:
        return


@transaction.atomic
def forget_proofs() -> int:
    """Deletes proofs whose half hour is over; gives back how many."""
    return HeldProof.objects.filter(expires_at__lte=database_now()).delete()[0]
