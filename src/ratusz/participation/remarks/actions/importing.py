"""Positions come back in a workbook: every row is checked, then all are written as drafts, or none; brought twice it is once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries, rules, sheets
from ratusz.participation.remarks.actions.positions import write_position
from ratusz.participation.remarks.models import Position, Remark


@dataclass
class Brought:
    """What came of a file: how many drafts were written, how many rows said what stands already, faults by row."""

    written: int = 0
    same: int = 0
    faults: list[sheets.Fault] = field(default_factory=list)


def import_positions(*, consultation: Consultation, content: bytes, person: Any) -> Brought:
    """Reads the workbook and writes drafts. With one fault nothing is written. Raises NotYours, RemarkRefused for no workbook."""
    now = database_now()
    rules.check_may(person, "answer", None, now)
    rows, faults = sheets.read(content)
    found = Brought(faults=faults)
    with transaction.atomic():
        # Under their locks, in order: a position written meanwhile is seen, and not written over.
        named = Remark.objects.filter(consultation=consultation, number__in=[row.number for row in rows])
        list(named.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
        mine = queries.register_of(consultation, person, now).select_related("intake", "unit", "cluster")
        remarks = {each.number: each for each in mine.filter(number__in=[row.number for row in rows])}
        held = queries.positions_of([each.pk for each in remarks.values()])
        wanted = []
        for row in rows:
            words, is_new = _judged(row, remarks.get(row.number), held, person)
            if words:
                found.faults.append(sheets.Fault(row.line, words))
            elif is_new:
                wanted.append(row)
            else:
                found.same += 1
        found.faults.sort(key=lambda each: each.line)
        if not found.faults:
            _write(found, wanted, remarks, consultation, person)
    return found


def _judged(row: sheets.Row, remark: Remark | None, held: dict[int, Position], person: Any) -> tuple[str, bool]:
    """What is wrong with a row, and whether it says something new."""
    if remark is None:
        return _("There is no remark with this number, or it belongs to another unit."), False
    if not row.is_of(remark):
        words = _("The words of this row are not those of this remark. Is it another consultation's file, or were rows moved?")
        return words, False
    last = held.get(remark.pk)
    if last is not None and (last.verdict, last.reasons, last.due_on) == (row.stand.verdict, row.stand.reasons, row.stand.due_on):
        return "", False
    if last is not None and last.version != row.version:
        return _("The position was changed after the file was made. Take the file anew."), False
    try:
        rules.check_may(person, "answer", remark, database_now())
        rules.check_position(row.stand.verdict, row.stand.reasons, row.stand.due_on, local_day(database_now()))
    except rules.NotYours:
        return _("This remark belongs to another unit."), False
    except rules.RemarkRefused as refusal:
        return str(refusal), False
    return "", True


def _write(found: Brought, wanted: list[sheets.Row], remarks: dict[int, Remark], consultation: Consultation, person: Any) -> None:
    for row in sorted(wanted, key=lambda each: remarks[each.number].pk):
        write_position(remark=remarks[row.number], stand=row.stand, person=person)
    found.written = len(wanted)
    after = {"written": found.written, "same": found.same}
    record(deed="remarks.import_positions", subject=consultation, after=after, actor=person)
