"""The whole text and the public one made of it: only what is marked goes over, field by field; nothing is deleted from a copy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ratusz.casework.meetings.minutes.kinds import KINDS, ROWS, Mark, marks_of

Content = dict[str, Any]
FORMAT = 1
HEAD = ("format", "number", "version", "title", "language", "what_changed")
"""Of the whole, beside its blocks; each of them is for everybody."""


def canonical(content: Mapping[str, Any]) -> str:
    """The one way this content is written down: sorted keys, no spaces, Polish letters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def public_of(content: Mapping[str, Any]) -> Content:
    """What everybody may read, built from marked fields alone. The same whole gives the same public text."""
    kept = {name: content[name] for name in HEAD if name in content}
    blocks = [made for block in content.get("blocks", ()) if (made := _public_block(block)) is not None]
    return {**kept, "blocks": blocks}


def _public_block(block: Mapping[str, Any]) -> Content | None:
    kind = block.get("kind", "")
    marks = marks_of(kind)
    gate = KINDS[kind].only_if if kind in KINDS else ""
    if gate and not block.get(gate):
        return None
    made: Content = _marked(block, marks)
    if kind in ROWS:
        rows = [_marked(row, ROWS[kind]) for row in block.get("rows", ()) if row.get("is_public", True)]
        made["rows"] = [row for row in rows if row]
    if not _says_something(made):
        return None
    return {"kind": kind, **made}


def _marked(values: Mapping[str, Any], marks: Mapping[str, Mark]) -> Content:
    made: Content = {}
    for name, mark in marks.items():
        if name not in values or values[name] in ("", None, [], {}):
            continue
        if mark is Mark.PUBLIC:
            made[name] = values[name]
        elif mark is Mark.MASKED:
            made[name] = masked(values[name])
    return made


def masked(who: Any) -> str:
    """Of a person the role and the district; of an official, whose name is public, the name with the function."""
    if not isinstance(who, Mapping):
        return ""
    shown = ("name", "role") if who.get("is_official") else ("role", "district")
    return ", ".join(str(who[name]) for name in shown if who.get(name))


def _says_something(made: Mapping[str, Any]) -> bool:
    return any(value not in ("", None, [], {}) for value in made.values())


def public_words(content: Mapping[str, Any]) -> list[str]:
    """Every text of a content, in order: what a check for personal data reads."""
    words: list[str] = []
    _gather(content.get("blocks", ()), words)
    return words


def _gather(value: Any, words: list[str]) -> None:
    if isinstance(value, str):
        words.append(value)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name != "kind":
                _gather(each, words)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _gather(each, words)
