"""One whole of minutes: written blocks joined with what the registers of the day hold, as plain values ready to be frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.meetings.minutes import spoken
from ratusz.casework.meetings.minutes.kinds import KINDS, Widget
from ratusz.casework.meetings.minutes.names import officials_in
from ratusz.casework.meetings.minutes.rendition import FORMAT, Content
from ratusz.casework.meetings.models import Meeting, Minutes, MinutesBlock
from ratusz.foundation.kit.dates import polish_date, polish_time
from ratusz.foundation.units.models import Unit

FROZEN = "frozen"
"""Field of a block that is written at approval: the snapshot of what was open that day stays in every later version."""


def content_of(
    minutes: Minutes, blocks: Sequence[MinutesBlock], at: datetime, *, approval: Mapping[str, Any] | None = None
) -> Content:
    """The whole text as it stands at that moment. A constant number of queries, however many blocks and voices there are."""
    meeting = minutes.meeting
    live = _Live(meeting, at, [block.fields for block in blocks if block.kind == "presence"], blocks)
    made = [_block(block, live) for block in blocks if block.kind in KINDS]
    if approval:
        made.append({"kind": "approval", **approval})
    return {
        "format": FORMAT, "number": minutes.number, "title": title_of(meeting), "language": "pl",
        "version": minutes.versions.count() + 1, "what_changed": minutes.what_changes, "blocks": made,
    }  # fmt: skip


def title_of(meeting: Meeting) -> str:
    """What the minutes are of."""
    return _("Minutes: %(meeting)s, %(day)s") % {"meeting": meeting.title, "day": polish_date(meeting.starts_at)}


class _Live:
    """What the registers hold, read once and only where a block asks for it."""

    def __init__(self, meeting: Meeting, at: datetime, presence: Sequence[Mapping[str, Any]], blocks: Sequence[MinutesBlock]):
        self.meeting, self.at = meeting, at
        self.officials = [name for fields in presence for name in officials_in(str(fields.get("officials", "")))]
        self.placed = {
            kind: {block.fields.get("row") for block in blocks if block.kind == kind and block.fields.get("row")}
            for kind in ("voices", "requests")
        }
        self._read: dict[str, Any] = {}

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Voices or requests, all of them."""
        if kind not in self._read:
            self._read[kind] = (
                spoken.voices_of(self.meeting, self.officials) if kind == "voices" else spoken.requests_of(self.meeting)
            )
        return self._read[kind]

    def units(self) -> dict[int, str]:
        if "units" not in self._read:
            self._read["units"] = {unit.pk: str(unit) for unit in Unit.objects.all()}
        return self._read["units"]


def _block(block: MinutesBlock, live: _Live) -> Content:
    written = {each.name: block.fields.get(each.name, "") for each in KINDS[block.kind].fields}
    made: Content = {"kind": block.kind, **{name: value for name, value in written.items() if value not in ("", None, [], {})}}
    extra = _EXTRA.get(block.kind)
    return {**made, **extra(block, live)} if extra else made


def _heading(block: MinutesBlock, live: _Live) -> Content:
    meeting = live.meeting
    place = meeting.place
    facts = {
        "kind": meeting.rules_of_kind.name, "title": meeting.title, "day": polish_date(meeting.starts_at, with_weekday=True),
        "place": f"{place.name}, {place.address}" if place else _("online"), "starts": polish_time(meeting.starts_at),
        "ends": spoken.hour(meeting.ends_at), "district": str(meeting.district or ""), "group": meeting.group_name,
        "series": _series(meeting), "is_formal": "" if meeting.is_formal else _("informal exchange of views"),
    }  # fmt: skip
    # "kind" of a block is its own; that of the meeting goes by another name.
    facts["meeting_kind"] = facts.pop("kind")
    return {name: value for name, value in facts.items() if value}


def _series(meeting: Meeting) -> str:
    if not meeting.series_id:
        return ""
    earlier = Meeting.objects.filter(series=meeting.series_id, starts_at__lt=meeting.starts_at).exclude(state="cancelled").count()
    return _("%(series)s, meeting %(number)s") % {"series": meeting.series, "number": earlier + 1}


def _presence(block: MinutesBlock, live: _Live) -> Content:
    posts = ", ".join(each.name for each in live.meeting.officials.all())
    return {name: value for name, value in (("posts", posts), ("guests", spoken.guests_of(live.meeting))) if value}


def _open_decisions(block: MinutesBlock, live: _Live) -> Content:
    said = block.fields.get("said") or {}
    rows = block.fields.get(FROZEN) or spoken.open_points_of(live.meeting, live.at)
    return {"rows": [{**row, "said": said.get(row["key"], "")} for row in rows], "said": ""}


def _agenda(block: MinutesBlock, live: _Live) -> Content:
    return {"rows": spoken.agenda_of(live.meeting)}


def _rows(block: MinutesBlock, live: _Live) -> Content:
    """All of them, or the one this block stands for; those with a place of their own are not said twice."""
    rows = live.rows(block.kind)
    if one := block.fields.get("row"):
        return {"rows": [row for row in rows if row["id"] == one]}
    return {"rows": [row for row in rows if row["id"] not in live.placed[block.kind]]}


def _decision(block: MinutesBlock, live: _Live) -> Content:
    units, fields = live.units(), block.fields
    helpers = [units[each] for each in fields.get("helpers") or () if each in units]
    due = str(fields.get("due_on") or "")
    made: Content = {
        "unit_name": units.get(fields.get("unit") or 0, ""), "helper_names": ", ".join(helpers),
        "due_on": polish_date(date.fromisoformat(due)) if due else "", "number": block.made_number, "key": block.made_key,
    }  # fmt: skip
    return {**{name: value for name, value in made.items() if value}, "unit": "", "helpers": ""}


_EXTRA = {
    "heading": _heading, "presence": _presence, "open_decisions": _open_decisions, "agenda": _agenda, "voices": _rows,
    "requests": _rows, "decision": _decision,
}  # fmt: skip


def clean_fields(kind: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a form sent, as a block keeps it: only known fields, texts trimmed, numbers as numbers. Nothing is invented or lost."""
    kept: dict[str, Any] = {}
    for each in KINDS[kind].fields:
        value = typed.get(each.name, "")
        match each.widget:
            case Widget.TICK:
                kept[each.name] = bool(value)
            case Widget.UNIT:
                kept[each.name] = int(value) if str(value).isdecimal() else None
            case Widget.UNITS:
                kept[each.name] = sorted({int(one) for one in value or () if str(one).isdecimal()})
            case Widget.SAID:
                kept[each.name] = {str(key): str(words).strip() for key, words in (value or {}).items() if str(words).strip()}
            case _:
                kept[each.name] = str(value).replace("\r\n", "\n").strip()
    for name in ("row", FROZEN):
        if name in typed:
            kept[name] = typed[name]
    return kept
