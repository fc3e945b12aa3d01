"""Papers of a collection: the sheet to print, the protocol of the check for everybody and for the case, the workbook for staff."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Table, Text
from ratusz.casework.documents.pdf import pdf_of
from ratusz.casework.documents.xlsx import Column, xlsx_of
from ratusz.casework.documents.xlsx import Sheet as Worksheet
from ratusz.casework.signatures import links, terms
from ratusz.casework.signatures.models import CheckProtocol, Collection, Sheet, SheetLine, Signature
from ratusz.casework.signatures.registries import Supported, thing_of
from ratusz.foundation.kit.dates import local_day, polish_date, polish_end, polish_moment

SHEET = Path(__file__).parent / "typst" / "sheet.typ"


@override("pl")
def sheets_pdf(collection: Collection, sheets: Sequence[Sheet], at: datetime) -> bytes:
    """Sheets to print, one page each: large fields, the clause, the number and the QR.

    The list goes to the Office, so it is in Polish whatever the page spoke. Raises DocumentError.
    """
    thing = thing_of(collection.subject)
    age = terms.guardian_below(thing, at)
    content: dict[str, Any] = {
        "language": "pl", "heading": _("List of supporters"), "title": collection.title,
        "who": thing.who if thing else "", "basis": thing.basis if thing else "",
        "until": _("Hand in until %(moment)s.") % {"moment": polish_end(collection.until)} if collection.until else "",
        "rows": terms.term("lines_on_sheet", at), "clause": clause(collection, at),
        "columns": _columns(thing),
        "child": _("For a child under %(age)s the guardian signs; write the guardian's name below the child's.") % {"age": age},
        "no_pesel": _pesel(thing),
        "sheets": [_sheet(each) for each in sheets],
    }  # fmt: skip
    return pdf_of(SHEET, content)


def _columns(thing: Supported | None) -> list[str]:
    pesel = ["PESEL"] if thing and thing.pesel_ground else []
    birth = [_("Date of birth")] if thing and thing.birth_ground else []
    return [_("No."), _("Name and surname"), _("Street, house, flat"), *birth, *pesel, _("Signature")]


def _pesel(thing: Supported | None) -> str:
    if thing and thing.pesel_ground:
        return _("Write in capital letters. PESEL is asked on the ground: %(ground)s.") % {"ground": thing.pesel_ground}
    return _("Write in capital letters. Do not write a PESEL number: nobody needs it here.")


def _sheet(sheet: Sheet) -> dict[str, str]:
    address = links.sheet_url(sheet)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, border=1)
    return {
        "number": _("Sheet %(number)s") % {"number": sheet.number}, "code": sheet.code, "qr": drawn.getvalue().decode(),
        "qr_alt": _("QR code of the sheet with the code %(code)s") % {"code": sheet.code},
    }  # fmt: skip


def clause(collection: Collection, at: datetime) -> str:
    """What happens to the data, as it stands on the sheet and beside the form."""
    thing = thing_of(collection.subject)
    days = terms.term("kept_days", at) if thing is None or thing.kept_days is None else thing.kept_days
    return _(
        "The city uses these data only to check how many people support this thing: art. 6(1)(c) and (e) of the GDPR. They are"
        " deleted %(days)s days after it has ended; nobody outside the Office sees them. You may ask to see, mend or erase them:"
        " write to the data protection officer of the Office."
    ) % {"days": days}  # fmt: skip


def protocol_document(
    made: CheckProtocol, *, lines: Sequence[SheetLine] = (), online: Sequence[Signature] = (), is_public: bool = True
) -> Document:  # fmt: skip
    """The protocol of a check: the public one names nobody, the other one is for the case."""
    collection = made.collection
    return Document(
        title=_("Protocol of the check of signatures"), subtitle=collection.title,
        blocks=[*_numbers(made), *([] if is_public else _people(lines, online)), *_end(is_public)],
        footer=_("Made on %(moment)s.") % {"moment": polish_moment(made.made_at)},
        address=links.collection_url(collection) if is_public else "", address_words=_("Numbers of this collection"),
    )  # fmt: skip


def _numbers(made: CheckProtocol) -> Iterator[Block]:
    numbers = made.numbers
    met = _("enough signatures") if made.is_met else _("not enough signatures: %(missing)s missing") % {
        "missing": made.needed - made.valid
    }  # fmt: skip
    yield Facts([
        (_("Result"), met), (_("Signatures that count"), str(made.valid)),
        (pgettext("protocol of signatures", "Signatures needed"), str(made.needed)),
        (_("Of them online"), str(numbers["channels"]["online"])), (_("Of them on paper"), str(numbers["channels"]["paper"])),
        (_("Sheets issued and received"), f"{numbers['sheets']} / {numbers['sheets_received']}"),
        (_("Lines on sheets"), str(numbers["lines"])), (_("Withdrawn"), str(numbers["states"]["withdrawn"])),
    ])  # fmt: skip
    yield Heading(_("Why signatures do not count"))
    known = terms.reasons_on(local_day(made.made_at))
    rows = [
        (known[code].name if code in known else code, known[code].basis if code in known else "", str(count))
        for code, count in numbers["reasons"].items()
    ]
    yield Table((_("Reason"), _("Legal basis"), _("How many")), rows) if rows else Text(_("No signature was rejected."))
    yield Notice(_("Each line of paper was typed by two people; where they differed a third one settled it."))


def _people(lines: Sequence[SheetLine], online: Sequence[Signature]) -> Iterator[Block]:
    yield Heading(_("Lines of the sheets"))
    rows = []
    for line in lines:
        read = getattr(line, "signature", None)
        rows.append((
            f"{line.sheet.number}/{line.number}", read.name if read else "", read.home if read else "",
            str(line.get_state_display()),
            terms.reason_name(line.reason, line.decided_at) if line.reason and line.decided_at else "",
        ))  # fmt: skip
    head = (_("Sheet/line"), _("Name and surname"), _("Address"), _("State"), _("Reason"))
    yield Table(head, rows) if rows else Text(_("There was no paper."))
    yield Heading(_("Signatures online"))
    found = [
        (
            polish_date(each.made_at),
            each.name,
            each.home,
            str(each.get_state_display()),
            terms.reason_name(each.reason, each.made_at),
        )
        for each in online
    ]
    head = (_("Signed"), _("Name and surname"), _("Address"), _("State"), _("Reason"))
    yield Table(head, found) if found else Text(_("There was none."))


def _end(is_public: bool) -> Iterator[Block]:
    if not is_public:
        yield Notice(_("This protocol holds personal data: for the case only. The public one is made without them."))
        yield Signatures([_("who made the check")])


def workbook(collection: Collection, signatures: Sequence[Signature]) -> bytes:
    """All signatures of a collection for staff: no cell is ever a formula."""
    columns = [
        Column(_("Name and surname"), 30), Column(_("Address"), 34), Column(_("District"), 24), Column(_("How it came"), 14),
        Column(_("Sheet/line"), 12), Column(_("State"), 20), Column(_("Reason"), 26), Column(_("Note"), 30),
        Column(_("Guardian"), 24),
        Column(_("Signed"), 18),
    ]  # fmt: skip
    return xlsx_of(collection.title, [Worksheet(_("Signatures"), columns, (_line(each) for each in signatures))])


def csv_rows(signatures: Sequence[Signature]) -> Iterator[Sequence[Any]]:
    """The same rows with their heading, for `kit.spreadsheets.csv_lines`."""
    yield (
        _("Name and surname"), _("Address"), _("District"), _("How it came"), _("Sheet/line"), _("State"), _("Reason"), _("Note"),
        _("Guardian"), _("Signed"),
    )  # fmt: skip
    yield from (_line(each) for each in signatures)


def _line(each: Signature) -> list[Any]:
    place = f"{each.line.sheet.number}/{each.line.number}" if each.line else ""
    return [
        each.name, each.home, str(each.district or ""), str(each.get_channel_display()), place, str(each.get_state_display()),
        terms.reason_name(each.reason, each.made_at) if each.reason else "", each.note, each.guardian, polish_moment(each.made_at),
    ]  # fmt: skip
