"""Signed heads of the log: what is signed, by which key, and the copies that leave the program."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from ratusz.participation.voting.models import SignedHead

logger = logging.getLogger("ratusz.voting")


def _signing_key() -> SigningKey:
    """Ed25519, from a secret beside the database; the same for all votes, so that its public half can be printed once."""
    return SigningKey(sha256(settings.RATUSZ_KEY("voting-heads").encode()).digest())


def public_key() -> bytes:
    """By which anybody checks a head."""
    return bytes(_signing_key().verify_key)


def statement(vote: int, size: int, root: bytes, at: datetime) -> bytes:
    """The bytes that are signed: one line that can be typed again."""
    return f"ratusz-voting-head 1|{vote}|{size}|{root.hex()}|{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}".encode()


def signature(vote: int, size: int, root: bytes, at: datetime) -> bytes:
    """64 bytes over the statement."""
    return _signing_key().sign(statement(vote, size, root, at)).signature


def signature_of_list(content: bytes) -> bytes:
    """64 bytes over the SHA-256 of the list of an observers' bundle."""
    return _signing_key().sign(f"ratusz-voting-bundle 1|{sha256(content).hexdigest()}".encode()).signature


def is_signed(head: SignedHead, key: bytes) -> bool:
    """Whether a head carries the signature of that key."""
    try:
        VerifyKey(key).verify(statement(head.vote_id, head.size, bytes(head.root), head.signed_at), bytes(head.signature))
    except BadSignatureError:
        return False
    return True


def as_data(head: SignedHead) -> dict[str, object]:
    """A head as it is published and handed over."""
    at = head.signed_at.astimezone(UTC)
    return {
        "vote": head.vote_id, "size": head.size, "root": bytes(head.root).hex(), "link": bytes(head.link).hex(),
        "signed_at": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", "signature": bytes(head.signature).hex(), "public_key": public_key().hex(),
    }  # fmt: skip


def folder() -> Path:
    """The folder the second party watches."""
    return Path(settings.HOME) / "heads" / "voting"


def hand_over(head: SignedHead) -> None:
    """Writes a copy of the head into the folder, whole or not at all, and into the log that is shipped elsewhere.

    A full disk stops no ballot: the head stands in the database and on the public page all the same.
    """
    logger.info("voting head %s:%s", head.vote_id, head)
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder() / f"{head.vote_id}-{head.size:08}-{head.signed_at.astimezone(UTC):%Y%m%dT%H%M%S}.json"
        whole = path.with_suffix(".part")
        whole.write_text(json.dumps(as_data(head), indent=1) + "\n")
        whole.rename(path)
    except OSError:
        logger.exception("the copy of a head could not be handed over")
