"""Links people get or give: signed and expiring ones of ours, and which foreign addresses are safe to show."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.utils.translation import gettext_lazy as _

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class LinkRefused(ValueError):
    """The link is not ours, was changed, or its time is over; the message says what to do."""


class LinkExpired(LinkRefused):
    """The link was good once."""


def sign_link(purpose: str, content: Any, expires_at: datetime) -> str:
    """A token for an address: `content` (what JSON can hold, readable by the holder) good for one purpose until `expires_at`."""
    return _signer(purpose).sign_object([content, int(expires_at.timestamp())], compress=True)


def read_link(purpose: str, token: str, at: datetime) -> Any:
    """The content of a token of ours; raises LinkExpired from `expires_at` on, LinkRefused for anything else."""
    try:
        content, expires_at = _signer(purpose).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkRefused(_("This link is damaged. Copy the whole link from the message, or ask for a new one.")) from problem
    if at.timestamp() >= expires_at:
        raise LinkExpired(_("This link is no longer valid. Ask for a new one."))
    return content


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"ratusz.links.{purpose}")


def is_safe_url(text: str, schemes: frozenset[str] = SAFE_SCHEMES) -> bool:
    """Whether an address may stand in a link: a named scheme with its target, or a path on this site; never a script.

    Browsers drop tabs, line ends and control characters, and read a backslash as a slash; an address with any of them is refused.
    """
    if not text or re.search(r"[\x00-\x20\x7f\\]", text) or any(unicodedata.category(letter) == "Cf" for letter in text):
        return False
    try:
        parts = urlsplit(unicodedata.normalize("NFKC", text))
    except ValueError:
        return False
    if not parts.scheme:
        return text.startswith(("/", "#", "?")) and not text.startswith("//")
    if parts.scheme not in schemes:
        return False
    return bool(parts.hostname) if parts.scheme in ("http", "https") else bool(parts.path) and not parts.netloc
