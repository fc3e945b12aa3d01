"""The files of a version from its frozen content: page, PDF, DOCX, and the register as XLSX and CSV, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import shorten
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents import blocks as documents
from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Table, Text
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.made_files import CSV, DOCX, XLSX
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.reports import register
from ratusz.participation.reports.models import Version
from ratusz.publishing.website.own_sites import full_address

HTML, PDF = "text/html; charset=utf-8", "application/pdf"
CHUNK = 1000
ROWS_OF_PART = 1500
"""Remarks in one PDF: some 140 pages and 3 MB, which opens on any machine. A longer register fills several."""
KINDS = {
    kind.__name__.lower(): kind
    for kind in (Heading, Text, Items, Facts, Table, documents.Notice, documents.Signatures)
}  # fmt: skip


def rows_of(version: Version) -> Iterator[list[str]]:
    """The frozen register as a stream."""
    return version.rows.order_by("number").values_list("cells", flat=True).iterator(chunk_size=CHUNK)


def block_of(kept: dict[str, Any]) -> Block:
    """A block from the plain values it was kept as."""
    facts = {name: value for name, value in kept.items() if name != "kind"}
    if kept["kind"] == "facts":
        facts["rows"] = [(label, value) for label, value in facts["rows"]]
    return KINDS[kept["kind"]](**facts)


def document_of_version(version: Version, rows: list[list[str]], instead: str = "") -> Document:
    """The whole report with its register (or words `instead` of it), what the version corrects, and who stood for it."""
    blocks: list[Block] = list(_of_correction(version))
    for section in version.sections:
        blocks += [Heading(section["title"]), *(block_of(each) for each in section["blocks"])]
        if section["code"] == "register" and rows:
            blocks.append(Table(register.columns(), rows, _("Public register of remarks"), is_wide=True))
        if section["code"] == "register" and instead:
            blocks.append(Text(instead))
    if version.signatures:
        blocks += [Heading(_("Who stands for this report")), Facts([(step, words) for step, words in version.signatures])]
    return _dressed(version, blocks, version.title)


def _dressed(version: Version, blocks: list[Block], title: str) -> Document:
    return Document(
        title, blocks, subtitle=subtitle_of(version), footer=shorten(version.title, 90, placeholder="…"), address=page_of(version),
        address_words=_("The report, its annexes and later versions:"), mark=version.digest,
    )  # fmt: skip


def _of_correction(version: Version) -> Iterator[Block]:
    if version.reason:
        yield documents.Notice(_("This version corrects the one before: %(reason)s") % {"reason": version.reason})
    if version.changes:
        yield Items(version.changes)


def subtitle_of(version: Version) -> str:
    """ "KS/2026/0003, wersja 2 z 15 września 2026 r."."""
    number = version.report.consultation.number or ""
    facts = {"number": version.number, "day": polish_date(version.begun_at)}
    return ", ".join(filter(None, [number, _("version %(number)s of %(day)s") % facts]))


def page_of(version: Version) -> str:
    """The address of exactly this version."""
    return full_address(reverse("reports:version", args=[version.report.consultation.slug, version.number]))


def html_of(version: Version) -> bytes:
    """One page without scripts and styles of its own, to be kept and opened anywhere; the register in pieces."""
    return "".join(_html_pieces(version)).encode()


def _html_pieces(version: Version) -> Iterator[str]:
    document = document_of_version(version, [])
    facts = {"title": document.title, "subtitle": document.subtitle, "address": document.address, "digest": version.digest}
    yield render_to_string("reports/file_head.html", facts)
    for block in documents.plain(document):
        yield render_to_string("documents/blocks.html", {"blocks": [block]})
    if version.remarks:
        yield render_to_string("reports/file_register_head.html", {"columns": register.columns()})
        for cells in rows_of(version):
            yield render_to_string("reports/file_row.html", {"cells": cells})
        yield "</tbody></table>"
    yield "</main></body></html>\n"


def pdf_of(version: Version) -> bytes:
    """PDF/UA-1 and PDF/A-2a; a register that fills files of its own is only named in it. Raises DocumentError."""
    if version.remarks > ROWS_OF_PART:
        return pdf_of_document(document_of_version(version, [], _("The register is long, so it stands in PDF files of its own.")))
    return pdf_of_document(document_of_version(version, list(rows_of(version))))


def parts_of(version: Version) -> list[tuple[int, int]]:
    """First and last number of remark of each PDF that a long register fills."""
    numbers = list(version.rows.order_by("number").values_list("number", flat=True))
    pieces = [numbers[place : place + ROWS_OF_PART] for place in range(0, len(numbers), ROWS_OF_PART)]
    return [(piece[0], piece[-1]) for piece in pieces]


def register_pdf(version: Version, first: int, last: int) -> bytes:
    """Remarks from one number to another as an accessible PDF; raises DocumentError."""
    rows = list(version.rows.filter(number__range=(first, last)).order_by("number").values_list("cells", flat=True))
    words = _("Remarks %(first)s–%(last)s of the register") % {"first": first, "last": last}
    return pdf_of_document(_dressed(version, [Table(register.columns(), rows, words, is_wide=True)], f"{version.title}. {words}"))


def docx_of(version: Version) -> bytes:
    return docx_of_document(document_of_version(version, list(rows_of(version))))


def xlsx_register(version: Version) -> bytes:
    """The register alone, numbers as numbers."""
    widths = [8, 12, 18, 22, 70, 24, 24, 60, 30, 24, 18]
    headings = [
        Column(label, width, "number" if place == 0 else "text")
        for place, (label, width) in enumerate(zip(register.columns(), widths, strict=True))
    ]
    rows = ([int(cells[0]), *cells[1:]] for cells in rows_of(version))
    return xlsx_of(version.title, [Sheet(_("Public register of remarks"), headings, rows)])


def csv_register(version: Version) -> bytes:
    return "".join(csv_lines(line for lines in ([register.columns()], rows_of(version)) for line in lines)).encode()


FORMATS: tuple[tuple[str, str, str, Callable[[Version], bytes]], ...] = (
    ("raport.html", "HTML", HTML, html_of),
    ("raport.pdf", "PDF", PDF, pdf_of),
    ("raport.docx", "DOCX", DOCX, docx_of),
    ("wykaz-uwag.xlsx", "XLSX", XLSX, xlsx_register),
    ("wykaz-uwag.csv", "CSV", CSV, csv_register),
)
"""Name of the file, format, media type, f(version) giving its bytes; in the order of making."""
OF_REGISTER = ("wykaz-uwag.xlsx", "wykaz-uwag.csv")
"""Made only where there are remarks."""


Format = tuple[str, str, str, Callable[[Version], bytes]]


def formats_of(version: Version) -> list[Format]:
    """Every file of the version in the order of making."""
    made = [each for each in FORMATS if version.remarks or each[0] not in OF_REGISTER]
    return [*made, *(_register_part(*part) for part in parts_of(version))] if version.remarks > ROWS_OF_PART else made


def _register_part(first: int, last: int) -> Format:
    words = _("remarks %(first)s–%(last)s") % {"first": first, "last": last}
    return f"wykaz-uwag-{first}-{last}.pdf", f"PDF, {words}", PDF, lambda version: register_pdf(version, first, last)
