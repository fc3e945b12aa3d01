"""Kinds of blocks and, of every field, who may read it: everybody, everybody but masked, or only the Office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mark(StrEnum):
    """Who may read a field. A field without a mark is nobody's but the Office's."""

    PUBLIC = "public"
    MASKED = "masked"
    """Of a person only the role and the district go out."""
    INTERNAL = "internal"


class Widget(StrEnum):
    """How a field is written."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    UNIT = "unit"
    UNITS = "units"
    TICK = "tick"
    REASON = "reason"
    SAID = "said"
    """A text beside each open point."""


@dataclass(frozen=True)
class Written:
    """One field that people write."""

    name: str
    words: Any
    mark: Mark
    widget: Widget = Widget.TEXT
    hint: Any = ""


@dataclass(frozen=True)
class BlockKind:
    """A kind of block: its words, its fields, and where it stands."""

    code: str
    words: Any
    fields: tuple[Written, ...] = ()
    is_single: bool = False
    """At most once in minutes; stands from the beginning."""
    templates: tuple[str, ...] = ("full", "short", "programme", "note", "internal")
    only_if: str = ""
    """The block goes out only when this field is ticked."""


PUBLIC, MASKED, INTERNAL = Mark.PUBLIC, Mark.MASKED, Mark.INTERNAL
WITH_FLOOR = ("full", "short", "internal")
"""Templates of minutes in which people speak."""

KINDS: dict[str, BlockKind] = {
    kind.code: kind
    for kind in (
        BlockKind(
            "heading", _("Heading"),
            (
                Written("host", _("Host"), PUBLIC, Widget.LINE),
                Written("minute_taker", _("Minute-taker"), PUBLIC, Widget.LINE),
                Written("really_started", _("Really began"), PUBLIC, Widget.LINE, _("Such as 17:05. Empty: as announced.")),
                Written("really_ended", _("Really ended"), PUBLIC, Widget.LINE),
            ),
            is_single=True,
        ),
        BlockKind(
            "presence", _("Who came"),
            (
                Written("officials", _("Officials, one in a line: name, function"), PUBLIC),
                Written("organisations", _("Organisations, one in a line"), PUBLIC),
                Written(
                    "people", _("Names of guests"), INTERNAL, Widget.TEXT, _("Stays in the Office; the public text gives numbers."),
                ),
            ),
            is_single=True,
        ),
        BlockKind(
            "open_decisions", _("What was still open"), (Written("said", _("What was said about it"), PUBLIC, Widget.SAID),),
            is_single=True, templates=("full", "internal"),
        ),
        BlockKind("agenda", _("Agenda"), (), is_single=True, templates=("full", "short", "programme", "internal")),
        BlockKind(
            "presentation", _("Presentation"),
            (
                Written("speaker", _("Who presented (name of an official, else the function)"), PUBLIC, Widget.LINE),
                Written("summary", _("Summary"), PUBLIC),
                Written("slides", _("Address of the slides with an accessible copy"), PUBLIC, Widget.LINE),
            ),
            templates=("full", "short", "programme", "internal"),
        ),
        BlockKind("subheading", _("Subheading"), (Written("text", _("Words"), PUBLIC, Widget.LINE),)),
        BlockKind("text", _("Text"), (Written("text", _("Text"), PUBLIC),)),
        BlockKind("voices", _("Voices"), (), is_single=True, templates=WITH_FLOOR),
        BlockKind("requests", _("Requests"), (), is_single=True, templates=("full", "note", "internal")),
        BlockKind(
            "decision", pgettext_lazy("minutes", "Decision"),
            (
                Written("text", _("What was decided, in the Office's words"), INTERNAL),
                Written("public_text", _("The same in plain words, for everybody"), PUBLIC, hint=_("At most 600 letters.")),
                Written("unit", _("Unit in the lead"), PUBLIC, Widget.UNIT),
                Written("helpers", _("Units that help"), PUBLIC, Widget.UNITS),
                Written("due_on", _("By when"), PUBLIC, Widget.DAY),
                Written("is_public", _("Everybody may read it"), INTERNAL, Widget.TICK),
                Written("not_public_reason", _("Why not public"), INTERNAL, Widget.REASON),
            ),
            only_if="is_public",
        ),
        BlockKind(
            "poll", _("Poll in the room"),
            (
                Written("question", _("Question"), PUBLIC, Widget.LINE),
                Written("votes_for", pgettext_lazy("poll", "For"), PUBLIC, Widget.COUNT),
                Written("votes_against", pgettext_lazy("poll", "Against"), PUBLIC, Widget.COUNT),
                Written("abstained", pgettext_lazy("poll", "Abstained"), PUBLIC, Widget.COUNT),
            ),
            templates=("full", "internal"),
        ),
        BlockKind(
            "interpretation", _("Interpretation"),
            (
                Written("rule", _("Rule of the forum"), PUBLIC, Widget.LINE),
                Written("case", _("Case"), INTERNAL),
                Written("reading", _("Reading agreed"), PUBLIC),
            ),
            templates=("internal",),
        ),
        BlockKind("notes", _("Notes of the Office"), (Written("text", _("Stays in the Office"), INTERNAL),)),
        BlockKind(
            "attachment", _("Attachment"),
            (
                Written("description", _("What it is"), PUBLIC, Widget.LINE),
                Written("address", _("Address of the file"), PUBLIC, Widget.LINE),
                Written("is_public", _("Everybody may read it"), INTERNAL, Widget.TICK),
            ),
            only_if="is_public",
        ),
        BlockKind(
            "next_meeting", _("Next meeting"), (Written("text", _("When, where, what about"), PUBLIC),), is_single=True,
            templates=("full", "internal"),
        ),
    )
}  # fmt: skip

ORDER = ("heading", "presence", "open_decisions", "agenda", "voices", "requests", "next_meeting")
"""With what minutes begin; blocks in the list of a template alone."""

ROWS: Mapping[str, Mapping[str, Mark]] = {
    "open_decisions": {
        "title": PUBLIC, "text": PUBLIC, "unit": PUBLIC, "due": PUBLIC, "state": PUBLIC, "is_late": PUBLIC, "said": PUBLIC,
        "key": INTERNAL, "is_public": INTERNAL,
    },
    "agenda": {"title": PUBLIC, "planned": PUBLIC, "real": PUBLIC, "owner": PUBLIC, "is_public": INTERNAL},
    "voices": {
        "number": PUBLIC, "who": MASKED, "question": PUBLIC, "answer": PUBLIC, "answered_by": PUBLIC, "outcome": PUBLIC,
        "outcome_number": INTERNAL, "outcome_reason": INTERNAL, "note": INTERNAL, "id": INTERNAL, "is_public": INTERNAL,
    },
    "requests": {
        "number": PUBLIC, "subject": PUBLIC, "unit": PUBLIC, "outcome": PUBLIC, "text": INTERNAL, "who": INTERNAL,
        "outcome_number": INTERNAL, "outcome_reason": INTERNAL, "id": INTERNAL, "is_public": INTERNAL,
    },
}  # fmt: skip
"""Marks of what the program itself puts into a block, row by row. A row whose `is_public` is false stays in the Office."""

_OF_THE_MEETING = ("meeting_kind", "title", "series", "day", "place", "starts", "ends", "group", "district", "is_formal")
FACTS: Mapping[str, Mapping[str, Mark]] = {
    "heading": dict.fromkeys(_OF_THE_MEETING, PUBLIC),
    "presence": {"posts": PUBLIC, "guests": PUBLIC},
    "decision": {"unit_name": PUBLIC, "helper_names": PUBLIC, "number": INTERNAL, "key": INTERNAL},
    "approval": {"by": PUBLIC, "at": PUBLIC, "silent": PUBLIC},
}  # fmt: skip
"""Marks of what the program itself puts beside the written fields."""


def marks_of(kind: str) -> dict[str, Mark]:
    """Field → mark, of what is written and what the program adds; an unknown kind has none, so nothing of it goes out."""
    written = {each.name: each.mark for each in KINDS[kind].fields} if kind in KINDS else {}
    return {**written, **FACTS.get(kind, {})}


def kinds_for(template: str) -> list[BlockKind]:
    """Kinds that may be added to minutes of that template."""
    return [kind for kind in KINDS.values() if template in kind.templates and not kind.is_single]


def beginning(template: str) -> list[str]:
    """With which blocks minutes of that template begin, in order."""
    return [code for code in ORDER if template in KINDS[code].templates]
