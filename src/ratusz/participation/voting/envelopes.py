"""Sealing a ballot: the inner envelope that only the committee opens, and what binds it to its voter until stripping.

All keys but the committee's lie beside the database (RATUSZ_HOME/secrets), apart for each edition and use, so that destroying them
parts editions from one another.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256

from nacl.public import PrivateKey, PublicKey, SealedBox

from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.voting.rules import Choices

BLOCK = 512
"""Plain ballots are filled up to whole blocks: the length of an envelope tells nothing of the number of choices."""


@dataclass(frozen=True)
class PlainBallot:
    """What an inner envelope holds."""

    edition: int
    choices: Choices
    age_band: str


def _filled(content: bytes) -> bytes:
    return content + b" " * (-len(content) % BLOCK)


def seal(ballot: PlainBallot, public_key: bytes, client_nonce: str) -> bytes:
    """The inner envelope; never the same twice: a fresh key of the box, our own random and one of the client's."""
    content = {
        "v": 1, "edition": ballot.edition, "choices": {pool: dict(given) for pool, given in ballot.choices.items()},
        "age": ballot.age_band, "nonces": [secrets.token_hex(16), client_nonce[:64]],
    }  # fmt: skip
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return SealedBox(PublicKey(public_key)).encrypt(_filled(plain))


def unseal(inner: bytes, private: PrivateKey) -> PlainBallot:
    """What the committee's key gives back. Raises nacl's CryptoError, or ValueError for a content that is no ballot."""
    content = json.loads(SealedBox(private).decrypt(inner))
    if not isinstance(content, dict) or content.get("v") != 1:
        raise ValueError("no ballot of a known version")
    return PlainBallot(content["edition"], content["choices"], content["age"])


def outer_mac(edition: int, voter_key: bytes, inner: bytes) -> bytes:
    """HMAC over edition ‖ voter_key ‖ SHA-256(inner): an inner envelope cannot be moved to another voter."""
    return keyed_digest(f"voting-{edition}-outer", str(edition), voter_key.hex(), sha256(inner).hexdigest())


def is_bound(edition: int, voter_key: bytes, inner: bytes, mac: bytes) -> bool:
    """Whether the envelope still belongs to this voter."""
    return hmac.compare_digest(outer_mac(edition, voter_key, inner), mac)


def voter_key(edition: int, *identity: str) -> bytes:
    """The keyed digest by which a voter is known in this edition alone; the parts are already in one normal form."""
    return keyed_digest(f"voting-{edition}-voter", *identity)


def contact_digest(edition: int, contact: str) -> bytes:
    """Tells only whether two ballots' codes went to the same telephone or address."""
    return keyed_digest(f"voting-{edition}-contact", contact) if contact else b""


def line_digest(edition: int, address: str) -> bytes:
    """Tells only whether two ballots came over the same line."""
    return keyed_digest(f"voting-{edition}-line", address) if address else b""


def request_digest(edition: int, key: str) -> bytes:
    """Of the random number of one rendered form: a second sending finds the first."""
    return keyed_digest(f"voting-{edition}-request", key)


def notice_digest(token: str) -> bytes:
    """What the database keeps of the link "this was not me"."""
    return sha256(token.encode()).digest()
