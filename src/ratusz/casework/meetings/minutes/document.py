"""A text of minutes, whole or public, as a document of blocks: one source of the page, the PDF and the DOCX."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Table, Text
from ratusz.casework.meetings.minutes.rendition import Content


def document_of(content: Mapping[str, Any], *, address: str = "", mark: str = "", note: str = "") -> Document:
    """The same content gives the same document. `mark` is the digest that is printed; `note` stands above the text."""
    blocks = [*([Notice(note)] if note else []), *_blocks(content)]
    return Document(
        title=str(content.get("title", "")), subtitle=_subtitle(content), blocks=blocks,
        language=str(content.get("language", "pl")), footer=str(content.get("number", "")),
        address=address, mark=mark, author=_("City Office"),
        address_words=_("The text and its later versions:") if address else "",
    )  # fmt: skip


def _subtitle(content: Mapping[str, Any]) -> str:
    number, version = content.get("number"), content.get("version", 1)
    if not number:
        return _("draft")
    return str(number) if version == 1 else _("%(number)s, version %(version)s") % {"number": number, "version": version}


def _blocks(content: Mapping[str, Any]) -> Iterator[Block]:
    if changed := content.get("what_changed"):
        yield Notice(_("What changed: %(words)s") % {"words": changed})
    previous = ""
    for block in content.get("blocks", ()):
        kind = block["kind"]
        made = list(_MADE[kind](block, kind != previous)) if kind in _MADE else []
        yield from made
        previous = kind if made else previous


def _heading(block: Content, is_first: bool) -> Iterator[Block]:
    hours = _range(block.get("starts"), block.get("ends"))
    really = _really(block)
    rows = [
        (_("Kind"), block.get("meeting_kind")), (_("Series"), block.get("series")), (_("Day"), block.get("day")),
        (_("Hours"), hours), (_("Really took"), really), (_("Place"), block.get("place")), (_("District"), block.get("district")),
        (_("With whom"), block.get("group")), (_("Character"), block.get("is_formal")), (_("Host"), block.get("host")),
        (_("Minute-taker"), block.get("minute_taker")),
    ]  # fmt: skip
    yield from _facts(rows)


def _really(block: Content) -> str:
    """From when till when it was; the side that nobody wrote was as announced."""
    start, end = block.get("really_started"), block.get("really_ended")
    return _range(start or block.get("starts"), end or block.get("ends")).replace(":", ".") if start or end else ""


def _range(start: Any, end: Any) -> str:
    return "–".join(str(each) for each in (start, end) if each)


def _presence(block: Content, is_first: bool) -> Iterator[Block]:
    yield Heading(_("Who came"))
    rows = [
        (_("Officials"), block.get("officials") or block.get("posts")), (_("Guests"), block.get("guests")),
        (_("Organisations"), block.get("organisations")), (_("Names of guests"), block.get("people")),
    ]  # fmt: skip
    yield from _facts(rows)


def _open_decisions(block: Content, is_first: bool) -> Iterator[Block]:
    if not (rows := block.get("rows")):
        return
    yield Heading(_("What was still open"))
    for row in rows:
        yield Text(row.get("text", ""), strong=str(row.get("title", "")))
        # A source may say by itself that the day is past.
        said = dict.fromkeys((row.get("state"), _("past its day") if row.get("is_late") else ""))
        facts = [
            (_("Unit"), row.get("unit")), (_("By when"), row.get("due")),
            (_("State"), ", ".join(each for each in said if each)), (_("What was said"), row.get("said")),
        ]  # fmt: skip
        yield from _facts(facts)


def _agenda(block: Content, is_first: bool) -> Iterator[Block]:
    if not (rows := block.get("rows")):
        return
    yield Heading(_("Agenda"))
    if any(row.get("real") or row.get("owner") for row in rows):
        columns = (_("Point"), _("Who leads"), _("Planned"), _("When"))
        cells = [tuple(str(row.get(name, "")) for name in ("title", "owner", "planned", "real")) for row in rows]
        yield Table(columns, cells, caption=_("Points of the agenda"))
    else:
        yield Items([str(row.get("title", "")) for row in rows], numbered=True)


def _presentation(block: Content, is_first: bool) -> Iterator[Block]:
    if is_first:
        yield Heading(_("Presentations"))
    yield Text(block.get("summary", ""), strong=_with_colon(block.get("speaker")))
    yield from _facts([(_("Slides"), block.get("slides"))])


def _voices(block: Content, is_first: bool) -> Iterator[Block]:
    rows = block.get("rows", ())
    if rows and is_first:
        yield Heading(_("Voices"))
    for row in rows:
        who = _who(row.get("who")) or _("a voice from the room")
        yield Text(row.get("question", ""), strong=_with_colon(f"{row.get('number', '')}. {who}"))
        if row.get("answer"):
            by = row.get("answered_by") or _("Answer")
            yield Text(row["answer"], strong=_with_colon(by))
        if row.get("outcome"):
            yield Text(_outcome(row), strong=_("What follows:"))


def _who(who: Any) -> str:
    if isinstance(who, Mapping):
        return ", ".join(str(who[name]) for name in ("name", "role", "district") if who.get(name))
    return str(who or "")


def _outcome(row: Mapping[str, Any]) -> str:
    words = [row.get("outcome"), row.get("outcome_number"), row.get("outcome_reason")]
    return ", ".join(str(each) for each in words if each)


def _requests(block: Content, is_first: bool) -> Iterator[Block]:
    rows = block.get("rows", ())
    if rows and is_first:
        yield Heading(_("Requests"))
    for row in rows:
        yield Text(row.get("subject", ""), strong=str(row.get("number", "")))
        facts = [
            (_("Unit"), row.get("unit")),
            (_("What follows"), _outcome(row)),
            (_("Who"), row.get("who")),
            (_("Text"), row.get("text")),
        ]
        yield from _facts(facts)


def _decision(block: Content, is_first: bool) -> Iterator[Block]:
    if is_first:
        yield Heading(pgettext("minutes", "Decisions"))
    words = block.get("public_text") or block.get("text", "")
    yield Text(words, strong=_with_colon(str(block.get("number") or pgettext("minutes", "Decision"))))
    office = block.get("text") if block.get("text") and block.get("text") != words else ""
    facts = [
        (_("In the Office's words"), office), (_("Unit in the lead"), block.get("unit_name")),
        (_("Units that help"), block.get("helper_names")), (_("By when"), block.get("due_on")),
    ]  # fmt: skip
    yield from _facts(facts)


def _poll(block: Content, is_first: bool) -> Iterator[Block]:
    yield Heading(_("Poll in the room (not binding)"))
    if block.get("question"):
        yield Text(block["question"])
    names = (
        ("votes_for", pgettext("poll", "For")), ("votes_against", pgettext("poll", "Against")),
        ("abstained", pgettext("poll", "Abstained")),
    )  # fmt: skip
    yield from _facts([(words, block.get(name)) for name, words in names])


def _interpretation(block: Content, is_first: bool) -> Iterator[Block]:
    if is_first:
        yield Heading(_("Interpretations"))
    facts = [
        (_("Rule of the forum"), block.get("rule")),
        (_("Case"), block.get("case")),
        (_("Reading agreed"), block.get("reading")),
    ]
    yield from _facts(facts)


def _subheading(block: Content, is_first: bool) -> Iterator[Block]:
    if block.get("text"):
        yield Heading(block["text"])


def _text(block: Content, is_first: bool) -> Iterator[Block]:
    for part in str(block.get("text", "")).split("\n\n"):
        if part.strip():
            yield Text(part.strip())


def _notes(block: Content, is_first: bool) -> Iterator[Block]:
    if block.get("text"):
        yield Notice(_("Note of the Office: %(text)s") % {"text": block["text"]})


def _attachment(block: Content, is_first: bool) -> Iterator[Block]:
    if is_first:
        yield Heading(_("Attachments"))
    yield Text(block.get("address", ""), strong=_with_colon(block.get("description")))


def _next_meeting(block: Content, is_first: bool) -> Iterator[Block]:
    if block.get("text"):
        yield Heading(_("Next meeting"))
        yield Text(block["text"])


def _approval(block: Content, is_first: bool) -> Iterator[Block]:
    yield Heading(_("Approval"))
    silent = _("No answer was taken as no remarks, as the invitation said.") if block.get("silent") else ""
    yield from _facts([(pgettext("minutes", "Approved by"), block.get("by")), (_("When"), block.get("at")), (_("Remarks"), silent)])


def _facts(rows: list[tuple[str, Any]]) -> Iterator[Block]:
    if kept := [(words, str(value)) for words, value in rows if value not in ("", None)]:
        yield Facts(kept)


def _with_colon(words: Any) -> str:
    return f"{words}:" if words else ""


_MADE: dict[str, Callable[[Content, bool], Iterator[Block]]] = {
    "heading": _heading, "presence": _presence, "open_decisions": _open_decisions, "agenda": _agenda, "presentation": _presentation,
    "voices": _voices, "requests": _requests, "decision": _decision, "poll": _poll, "interpretation": _interpretation,
    "subheading": _subheading, "text": _text, "notes": _notes, "attachment": _attachment, "next_meeting": _next_meeting,
    "approval": _approval,
}  # fmt: skip
