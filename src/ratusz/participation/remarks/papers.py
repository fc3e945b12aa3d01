"""Papers about remarks: the receipt to print, the register as CSV and workbook; no cell is a formula, nobody is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.dates import local_day, moment_in_words, polish_moment
from ratusz.participation.remarks import boxes, links, rules, wording
from ratusz.participation.remarks.forms import known_fields
from ratusz.participation.remarks.mail.tags import address_of
from ratusz.participation.remarks.models import Intake, PaperReturn, Position, Remark

Row = tuple[Remark, Position | None]


def stub_pdf(intake: Intake) -> bytes:
    """The receipt on one page: the number, what it proves, where to look it up; in the language now. Raises DocumentError."""
    numbers = ", ".join(str(each) for each in intake.remarks.order_by("number").values_list("number", flat=True))
    facts = [
        (_("Receipt number"), formatted(intake.receipt)),
        (_("Consultation"), intake.consultation.title),
        (_("Received"), moment_in_words(intake.received_at, get_language() or "pl")), 
        (_("How it was handed in"), str(intake.get_channel_display())),
        (_("Remarks no."), numbers),
    ]  # fmt: skip
    return _stub(intake.consultation, facts)


def paper_stub_pdf(paper: PaperReturn) -> bytes:
    """The receipt of a paper whose words wait to be typed. Raises DocumentError."""
    facts = [
        (_("Receipt number"), formatted(paper.receipt)), (_("Consultation"), paper.form.consultation.title),
        (_("Received"), polish_moment(paper.arrived_at)), (_("How it was handed in"), str(paper.get_channel_display())),
    ]  # fmt: skip
    return _stub(paper.form.consultation, facts)


def _stub(consultation: Any, facts: list[tuple[str, str]]) -> bytes:
    words = _("Under “Check by number” on the city's website you see what becomes of it. The number shows neither words nor names.")
    document = Document(
        title=_("Receipt of a remark"), subtitle=consultation.title, blocks=[Facts(facts), Notice(words)],
        address=links.absolute("list", consultation.slug), address_words=_("Remarks of this consultation"),
        language=get_language() or "pl",
    )  # fmt: skip
    return pdf_of_document(document)


REVIEW = "document_review"
LINE = "." * 90
"""In print it goes to the edge of the sheet."""
BOX = "[   ]"
"""Our fonts have no box to tick."""


def form_document(form: Any, at: datetime) -> Document:
    """The remark box on paper: the same questions as online, lines to write on, the clause, where to hand it in."""
    schema = boxes.schema_of(form, boxes.box_of(form), at)
    consultation = form.consultation
    blocks: list[Block] = [Text(consultation.subject), Heading(_("What can still change")), Text(consultation.open_questions)]
    blocks = [each for each in blocks if getattr(each, "text", "")]
    blocks += [
        Heading(_("Your remark")),
        Text(_("One remark says one thing. Add a sheet if the place is too small.")),
        *([Text(LINE, strong=_("Which passage it is about (number or first words):"))] if form.kind == REVIEW else []),
        *[Text(LINE)] * 7,
    ]
    asked = known_fields()
    for each in schema.fields:
        field, optional = asked[each.name], "" if each.is_needed else _(" (not obligatory)")
        choices = [str(label) for _code, label in getattr(field, "choices", ())]
        label = f"{field.label}{optional}"
        label += "" if label.endswith("?") else ":"
        blocks.append(Text(", ".join(f"{BOX} {each}" for each in choices) or LINE, strong=label))
    until = _("Hand it in, or send it by post, until %(moment)s.") % {"moment": rules.end_in_words(consultation, form)}
    if mail := address_of(consultation, form):
        until += " " + _("You can also write an e-mail to this address:") + f" {mail}."
    where = form.place or consultation.contact
    blocks += [Notice(until + (f" {where}" if where else "")), Notice(wording.clause(consultation, at))]
    blocks.append(Signatures([_("date and signature")]))
    return Document(
        title=schema.name, subtitle=f"{consultation.title}: {form.title}", blocks=blocks, footer=schema.basis,
        address=links.absolute("write", consultation.slug, form.pk), address_words=_("The same form online"),
    )  # fmt: skip


def public_head() -> tuple[str, ...]:
    """Headings of the register as everybody gets it."""
    return (
        _("No."), _("Received"), _("How it was handed in"), _("Who speaks"), _("Organisation"), _("District"),
        _("Passage or place"),
        _("Content of the remark"), _("Position of the city"), _("Reasons"), _("Unit"), _("Cluster"),
    )  # fmt: skip


def public_line(row: Row) -> list[Any]:
    """One remark of the register as everybody gets it."""
    remark, position = row
    intake = remark.intake
    return [
        remark.number, f"{local_day(intake.received_at)}", str(intake.get_channel_display()), str(intake.get_category_display()),
        intake.organisation, intake.district.name if intake.district else "", wording.where_words(remark), remark.public_content,
        wording.position_words(position), position.reasons if position else "",
        remark.unit.name if remark.unit else "", remark.cluster.name if remark.cluster else "",
    ]  # fmt: skip


def public_csv(rows: Iterable[Row]) -> Iterator[Sequence[Any]]:
    """The register with its heading, for `kit.spreadsheets.csv_lines`; for streaming."""
    yield public_head()
    yield from (public_line(each) for each in rows)


def public_workbook(consultation: Any, rows: Iterable[Row]) -> bytes:
    """The register as a workbook."""
    widths = (6, 16, 16, 22, 26, 20, 24, 80, 22, 60, 30, 24)
    columns = [
        Column(label, width, "number" if index == 0 else "text")
        for index, (label, width) in enumerate(zip(public_head(), widths, strict=True))
    ]
    return xlsx_of(consultation.title, [Sheet(_("Remarks"), columns, (public_line(each) for each in rows))])


def public_geojson(rows: Iterable[Row]) -> Iterator[str]:
    """Remarks with a place as a GeoJSON of features (RFC 7946), piece by piece: number, words, position, address of the page."""
    yield '{"type": "FeatureCollection", "features": ['
    start = "\n"
    for remark, position in rows:
        facts = {
            "number": remark.number, "words": remark.public_content, "position": wording.position_words(position),
            "page": links.remark_url(remark),
        }  # fmt: skip
        yield start + json.dumps({"type": "Feature", "geometry": remark.place, "properties": facts}, ensure_ascii=False)
        start = ",\n"
    yield "\n]}\n"
