"""Proofs of identity: what an adapter ends in, kept for half an hour under a key that only the voter's cookie holds."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256

from django.db import connection, transaction
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
        return _unsealed(raw, bytes(held.content)) if held else None
    except (ValueError, TypeError, CryptoError):
        return None


def _unsealed(raw: bytes, content: bytes) -> IdentityProof:
    plain = json.loads(SecretBox(raw).decrypt(content))
    return IdentityProof(bytes.fromhex(plain["voter"]), plain["district"], plain["age"], plain["contact"], plain["facts"])


def read_proof_and_vote(key: str, edition_slug: str) -> tuple[IdentityProof, Vote] | None:
    """The proof with what casting needs of its vote, in one question; None as `read_proof`, or for another edition's vote."""
    try:
        raw = bytes.fromhex(key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM ratusz_voting_at_the_box(%s, %s)", [edition_slug, sha256(raw).hexdigest()])
            row = cursor.fetchone()
        return (_unsealed(raw, row[0]), _vote_of(*row[1:])) if row else None
    except (ValueError, TypeError, CryptoError):
        return None


@lru_cache(maxsize=8)
def _vote_of(edition: int, state: str, public_key: bytes | None, double_vote: str, fingerprints: str) -> Vote:
    """What the same row says is the same vote; whatever changes in it is part of the key."""
    names = ("edition_id", "state", "public_key", "double_vote", "fingerprints")
    return Vote.from_db(connection.alias, names, (edition, state, public_key, double_vote, json.loads(fingerprints)))


@transaction.atomic
def take_proof(*, key: str, vote: Vote) -> IdentityProof | None:
    """As `read_proof`, and gone with it: of two who come with the same key one gets it."""
    proof = read_proof(key, vote)
    if proof is None or not HeldProof.objects.filter(digest=sha256(bytes.fromhex(key)).hexdigest()).delete()[0]:
        return None
    return proof


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
