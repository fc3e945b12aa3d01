"""How messages are shown to staff: facts as rows, each text beside its place with the one deed that comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ratusz.publishing.messages import queries, rules, wording
from ratusz.publishing.messages.gate_reader import findings_for
from ratusz.publishing.messages.models import CorrectionTask, Message, Variant
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.outlets import address_of, outlet_of
from ratusz.publishing.messages.whereabouts import point_in_words

WORDS = {
    "draft": pgettext_lazy("state of a text", "draft"),
    "waiting": pgettext_lazy("state of a text", "waits"),
    "approved": pgettext_lazy("state of a text", "approved"),
    "sent": pgettext_lazy("state of a text", "sent"),
    "closed": pgettext_lazy("state of a text", "closed"),
}
TONES = {"draft": "neutral", "waiting": "attention", "approved": "good", "sent": "good", "closed": "neutral"}


def rows_of(message: Message, person: Any, at: datetime) -> list[dict[str, Any]]:
    """Each variant with its place, state in five words, whose move it is, and what may be done now."""
    variants = message.variants.select_related("release__facts", "release__approved_by", "author", "approved_by").prefetch_related(
        "proofs__file", "hangings__photo", "hangings__release__facts"
    )
    due = {task.variant_id: task for task in _tasks(message)}
    rights = {deed: rules.may(person, deed, message, at) for deed in ("write", "approve", "approve_alone")}
    rows = [_row(variant, message, due.get(variant.pk), rights, at) for variant in variants]
    together = rules.with_others([variant.pk for variant in variants])
    for row in rows:
        row["together"] = together.get(row["variant"].pk, "")
        if row["together"]:
            row |= {"may_send": False, "may_schedule": False}
    _add_findings(message, rows, at)
    return sorted(rows, key=lambda row: (row["outlet"].order, row["outlet"].code))


def _add_findings(message: Message, rows: list[dict[str, Any]], at: datetime) -> None:
    """What the gates say of each text that waits for approval."""
    waiting = [row["variant"] for row in rows if row["unapproved"] and row["text"]]
    assert message.facts is not None
    found = findings_for(waiting, queries.content_of(message, message.facts), at) if waiting else {}
    for row in rows:
        row["findings"] = found.get(row["variant"].pk, [])
        row["may_approve"] = row["may_approve"] and not any(finding.blocks for finding in row["findings"])


def _tasks(message: Message):
    found = CorrectionTask.objects.filter(correction__message=message, state=CorrectionTask.State.DUE)
    return found.select_related("correction__facts")


def _row(variant: Variant, message: Message, task: CorrectionTask | None, rights: dict[str, bool], at: datetime) -> dict[str, Any]:
    variant.message = message
    outlet, word = outlet_of(variant.outlet), rules.screen_state(variant, message, at)
    is_sent, gone = variant.state in SENT, bool(message.withdrawn_at)
    unapproved = variant.state in (State.DERIVED, State.EDITED, State.STALE)
    may_send = rights["approve"] and not gone and variant.approved_at is not None
    return {
        "variant": variant, "outlet": outlet, "unapproved": unapproved, "word": WORDS[word],
        "tone": TONES[word], "who": rules.whose_move(variant, message),
        "task": task, "is_sent": is_sent, "text": variant.release.text if is_sent and variant.release else variant.text,
        "next_text": variant.text if is_sent and task and variant.release and variant.release.text != variant.text else "",
        "may_edit": rights["write"] and not gone and (not is_sent or task is not None),
        "may_confirm": rights["write"] and not gone and bool(variant.typed_facts),
        "may_approve": rights["approve"] and not gone and unapproved and not variant.typed_facts and bool(variant.text),
        "may_send": may_send and variant.state in (State.APPROVED, State.HELD, State.FAILED),
        "may_override": rights["approve"] and variant.state == State.HELD,
        "may_schedule": may_send and variant.state == State.APPROVED, "may_cancel": may_send and variant.state == State.QUEUED,
        "may_prove": rights["write"] and is_sent and outlet.is_by_hand and not outlet.hangs,
        "may_hang": rights["write"] and is_sent and outlet.hangs and not gone,
        "may_settle": rights["write"] and task is not None and task.correction.published_at is not None,
        "has_files": is_sent or variant.state == State.APPROVED,
    }  # fmt: skip


def fact_rows(message: Message) -> list[tuple[str, str]]:
    """The facts in force, with the source document."""
    assert message.facts is not None
    return _lines(queries.content_of(message, message.facts))


def _lines(content: wording.Content) -> list[tuple[str, str]]:
    """Facts as texts say them, and the point, which only maps and machines show."""
    point = point_in_words(content.longitude, content.latitude)
    return [*wording.fact_lines(content, with_source=True), *([(_("Point on the map"), point)] if point else [])]


def fact_changes(before: wording.Content, after: wording.Content) -> list[tuple[str, str, str]]:
    """Label, old and new words of each fact that changes, texts included."""
    old, new = dict(_lines(before)), dict(_lines(after))
    rows = [(label, old.get(label, ""), new.get(label, "")) for label in dict.fromkeys([*old, *new])]
    names = {"title": _("Title"), "short_text": _("Short text"), "long_text": _("Long text")}
    rows += [(label, getattr(before, name), getattr(after, name)) for name, label in names.items()]
    return [row for row in rows if row[1] != row[2]]


def public_address(message: Message) -> str:
    """The whole address of the public page when the message is out there."""
    return address_of(message) if message.published_at else ""
