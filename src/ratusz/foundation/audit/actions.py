"""Writes into the record of who did what: one entry per staff write and per read of personal data."""

from __future__ import annotations

from typing import Any


def record(*, deed: str, subject: Any, before: dict | None = None, after: dict | None = None, actor: Any = None) -> None:
    """Records a deed ("module.verb_noun") on a subject (model instance or text); the actor defaults to the current one."""


def record_read(*, subject: Any, fields: list[str], actor: Any = None, reason: str = "") -> None:
    """Records that somebody read the named personal fields of a subject."""
