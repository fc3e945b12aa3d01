"""A file of typed ballots, XLSX or CSV: what each row says, and what is wrong with it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ratusz.casework.documents.table_files import Formula, TableRefused, lines
from ratusz.foundation.kit.words import search_key
from ratusz.participation.polls import rules
from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks import sheets
from ratusz.participation.remarks.models import Intake
from ratusz.participation.remarks.rules import RemarkRefused

HEADINGS = {
    "channel": gettext_noop("How it was handed in"), "received": gettext_noop("Day"),
    "name": gettext_noop("First name and surname"),
    "address": gettext_noop("Address"), "choice": gettext_noop("Answer"), "reason": gettext_noop("Reason code"),
    "note": gettext_noop("Note on the reason"),
}  # fmt: skip
NEEDED = ("channel", "received", "name", "address", "choice")
CHANNELS = (
    Intake.Channel.ONLINE, Intake.Channel.URN, Intake.Channel.HAND, Intake.Channel.POST, Intake.Channel.EMAIL,
    Intake.Channel.E_DELIVERY,
)  # fmt: skip
WRONG_FORM = "inna forma"
"""Written in the column of the reason for what came in another form than the one asked for."""
NOON = timedelta(hours=12)


@dataclass(frozen=True)
class Row:
    """One ballot as it was typed. `choice` is the code of an answer or "", `seen` a reason code, `is_other_form` counts nowhere."""

    line: int
    channel: str
    received_at: datetime
    name: str
    address: str
    choice: str
    seen: str = ""
    note: str = ""
    is_other_form: bool = False


def read(poll: Poll, content: bytes, known_reasons: Any) -> tuple[list[Row], list[sheets.Fault]]:
    """Rows, and faults of the others. Raises RemarkRefused for no table, or one without the columns it needs."""
    found = _lines(content)
    columns = _columns(next(found, (1, []))[1])
    rows, faults = [], []
    for number, cells in found:
        texts = {name: _text(cells, index) for name, index in columns.items()}
        if not any(texts.values()):
            continue
        try:
            if any(isinstance(cell, Formula) for cell in cells):
                raise RemarkRefused(_("There is a formula in this row. Paste the values alone."))
            rows.append(_row(poll, number, texts, known_reasons))
        except RemarkRefused as refusal:
            faults.append(sheets.Fault(number, str(refusal)))
    if not rows and not faults:
        raise RemarkRefused(_("There is no ballot in this file. The first line holds the headings, each further one a ballot."))
    return rows, faults


def _lines(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    try:
        yield from lines(content, sheets.MOST_ROWS)
    except TableRefused as refusal:
        raise RemarkRefused(str(refusal)) from refusal


def _columns(head: list[Any]) -> dict[str, int]:
    found = {search_key(str(cell or "")): index for index, cell in enumerate(head)}
    columns = {name: found[search_key(_(words))] for name, words in HEADINGS.items() if search_key(_(words)) in found}
    if missing := [_(HEADINGS[name]) for name in NEEDED if name not in columns]:
        raise RemarkRefused(
            _("These columns are missing: %(names)s. Take our empty file as the pattern.") % {"names": ", ".join(missing)}
        )
    return columns


def _text(cells: list[Any], index: int) -> str:
    value = cells[index] if index < len(cells) else None
    return "" if value is None else " ".join(str(value).split())


def _row(poll: Poll, line: int, texts: dict[str, str], known_reasons: Any) -> Row:
    reason = texts.get("reason", "")
    is_other = search_key(reason) == WRONG_FORM
    if reason and not is_other and reason.upper() not in known_reasons:
        raise RemarkRefused(_("“%(words)s” is no reason code, such as N05, nor “inna forma”.") % {"words": reason[:40]})
    return Row(
        line, _channel(texts["channel"]), _day(texts["received"]), texts["name"][:200], texts["address"][:300],
        _choice(poll, texts["choice"]), "" if is_other else reason.upper(), texts.get("note", "")[:500], is_other,
    )  # fmt: skip


def _channel(text: str) -> str:
    for code in CHANNELS:
        if search_key(text) in (code.value, search_key(str(code.label))):
            return code.value
    names = ", ".join(str(code.label) for code in CHANNELS)
    raise RemarkRefused(_("Write how it was handed in: %(names)s.") % {"names": names})


def _day(text: str) -> datetime:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"):
        try:
            found = datetime.strptime(text, pattern).replace(tzinfo=get_default_timezone())
        except ValueError:
            continue
        return found + NOON if "H" not in pattern or not (found.hour or found.minute) else found
    raise RemarkRefused(_("Write the day it came in as 2026-12-31."))


def _choice(poll: Poll, text: str) -> str:
    wanted = search_key(text)
    return next((each["code"] for each in poll.answers if wanted in (each["code"], search_key(each["words"]))), "")


def empty_head() -> list[str]:
    """Headings of our empty file."""
    return [_(words) for words in HEADINGS.values()]


def proposed(
    poll: Poll, row: Row, *, district: Any, is_inside: bool | None, is_late: bool, is_judged: bool = False
) -> tuple[str, str]:
    """State and reason code of a row before repeated ones are looked for. `is_judged`: a committee did it, its reasons hold."""
    if row.is_other_form:
        return Intake.State.WRONG_FORM, ""
    if is_judged:
        code = row.seen or ("" if row.choice else rules.NO_ANSWER)
    else:
        code = row.seen or rules.reason_of(
            poll, name=row.name, address=row.address, district=district, is_inside=is_inside, choice=row.choice, is_late=is_late
        )
    return (Intake.State.REJECTED, code) if code else (Intake.State.ACCEPTED, "")
