"""Entries of the public log: canonical JSON of a few kinds. None holds a person, a voter's key or a moment. Pure."""

from __future__ import annotations

import json
from hashlib import sha256

KINDS = ("envelope", "superseded", "annulment", "deed", "setting")
BEFORE_BALLOTS, AFTER_BALLOTS = (
    ("drill", "open"),
    ("close", "extend", "verified", "stripped", "opened", "opened again", "change", "published"),
)
"""Deeds of the course of a vote: where entries waited together, these stand before, or after, all that came with ballots."""


def entry(kind: str, **facts: object) -> str:
    """One entry as it is hashed."""
    if kind not in KINDS:
        raise ValueError(f"the log knows no entries of the kind {kind!r}")
    return json.dumps({"kind": kind, **facts}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def envelope(inner: bytes) -> str:
    """A sealed ballot came in."""
    return entry("envelope", sha256=sha256(inner).hexdigest())


def superseded(inner: bytes) -> str:
    """A sealed ballot was replaced by a later one of the same voter; by which one is not said."""
    return entry("superseded", sha256=sha256(inner).hexdigest())


def annulment(inner: bytes, reason: str) -> str:
    """A sealed ballot was annulled for this reason, by two people or, after a second ballot, by the rules of the edition."""
    return entry("annulment", sha256=sha256(inner).hexdigest(), reason=reason)


def deed(name: str, **facts: object) -> str:
    """An officer's act, without the officer."""
    return entry("deed", deed=name, **facts)


def setting(name: str, value: object) -> str:
    """A rule or a frozen fact."""
    return entry("setting", name=name, value=value)
