"""The form of a whole minutes: one group of fields for each block, with what its screen showed; read back as changes."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from ratusz.casework.meetings.actions.minutes import Change
from ratusz.casework.meetings.minutes.content import clean_fields
from ratusz.casework.meetings.minutes.kinds import KINDS, Widget, Written
from ratusz.casework.meetings.models import MinutesBlock
from ratusz.foundation.kit.plain_numbers import plain_number


@dataclass
class Shown:
    """A field as the page draws it."""

    name: str
    written: Written
    value: Any
    choices: Sequence[tuple[Any, str]] = ()
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    """Of a text beside each open point: (name, label, value)."""


@dataclass
class ShownBlock:
    """A block as the page draws it; `theirs` when somebody else changed it meanwhile: what stands there now."""

    block: MinutesBlock
    fields: list[Shown]
    was: str
    revision: int
    theirs: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def kind(self) -> Any:
        return KINDS[self.block.kind]

    @property
    def key(self) -> str:
        return str(self.block.key)


def stamp(kind: str, fields: dict[str, Any]) -> str:
    """By which the server knows whether a screen changed a block at all."""
    return hashlib.sha256(json.dumps(clean_fields(kind, fields), sort_keys=True).encode()).hexdigest()[:16]


def _name(key: Any, name: str) -> str:
    return f"b-{key}-{name}"


def shown_block(
    block: MinutesBlock, *, units: Sequence[tuple[Any, str]], reasons: Sequence[tuple[Any, str]],
    points: Sequence[dict[str, Any]] = (), typed: dict[str, Any] | None = None,
) -> ShownBlock:  # fmt: skip
    """`typed` is what the person wrote and could not save: it stays in the fields, theirs stands beside it."""
    values = typed if typed is not None else block.fields
    choices = {Widget.UNIT: units, Widget.UNITS: units, Widget.REASON: reasons}
    fields = []
    for each in KINDS[block.kind].fields:
        value = values.get(each.name, "")
        one = Shown(_name(block.key, each.name), each, value, choices.get(each.widget, ()))
        if each.widget is Widget.SAID:
            said = value or {}
            one.rows = [(_name(block.key, f"said-{row['key']}"), row["title"], said.get(row["key"], "")) for row in points]
        fields.append(one)
    made = ShownBlock(block, fields, stamp(block.kind, block.fields), block.revision)
    if typed is not None:
        made.theirs = [(each.words, str(block.fields.get(each.name) or "")) for each in KINDS[block.kind].fields]
    return made


def changes_of(data: QueryDict, blocks: Iterable[MinutesBlock]) -> list[Change]:
    """What this screen changed: blocks whose fields are no longer those it was drawn with."""
    changes = []
    for block in blocks:
        revision = plain_number(data.get(_name(block.key, "revision"), ""))
        if revision is None:
            continue
        fields = clean_fields(block.kind, _typed(data, block))
        if stamp(block.kind, fields) != data.get(_name(block.key, "was"), ""):
            changes.append(Change(uuid.UUID(str(block.key)), revision, fields))
    return changes


def _typed(data: QueryDict, block: MinutesBlock) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for each in KINDS[block.kind].fields:
        name = _name(block.key, each.name)
        if each.widget is Widget.UNITS:
            typed[each.name] = data.getlist(name)
        elif each.widget is Widget.SAID:
            start = _name(block.key, "said-")
            typed[each.name] = {key.removeprefix(start): data[key] for key in data if key.startswith(start)}
        else:
            typed[each.name] = data.get(name, "")
    return typed
