"""Keyed digests: what lets the database recognise an address or a code without holding it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from functools import lru_cache

from django.conf import settings

from ratusz.foundation.kit.telephones import international_number


@lru_cache(maxsize=16)
def _key(purpose: str) -> bytes:
    return settings.RATUSZ_KEY(purpose).encode()


def keyed_digest(purpose: str, *parts: str) -> bytes:
    """HMAC-SHA-256 under the key kept in `secrets/<purpose>` outside the database; 32 bytes. Parts cannot run into one another."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.new(_key(purpose), message, hashlib.sha256).digest()


TOKEN_BITS = 128


def token_of(purpose: str, *parts: str) -> str:
    """A token for a link, made anew each time from a random id under a key elsewhere: the table alone opens no page."""
    return base64.b32encode(keyed_digest(purpose, *parts)[: TOKEN_BITS // 8]).decode().rstrip("=").lower()


def digest_of_token(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()


def plain_address(address: str) -> str:
    """An e-mail address or telephone number in the one form under which it is counted, found and suppressed."""
    if number := international_number(address):
        return number
    shown = (letter for letter in unicodedata.normalize("NFKC", address) if unicodedata.category(letter) not in ("Cc", "Cf"))
    return "".join("".join(shown).split()).lower()
