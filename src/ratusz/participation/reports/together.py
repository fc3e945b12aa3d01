"""Reports of a series together: all of them in one ZIP with their checksums, and one combined report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from textwrap import shorten

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Table
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.dates import polish_date, polish_range
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.reports.files_made import block_of
from ratusz.participation.reports.models import Version
from ratusz.participation.reports.rules import ReportRefused

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP can say: the same reports give the same bytes."""


def newest_of(consultations: Iterable[Consultation]) -> list[Version]:
    """The newest published version of each report, in the order of the consultations; those without one are left out."""
    wanted = [each.pk for each in consultations]
    rows = Version.objects.published().filter(report__consultation__in=wanted).order_by("number")
    found = {each.report.consultation_id: each for each in rows.select_related("report__consultation__owner_unit")}
    return [found[pk] for pk in wanted if pk in found]


def zip_of(versions: Iterable[Version]) -> bytes:
    """Every file of every version in a folder of its own, and `sha256sums.txt` as sha256sum reads it."""
    target, sums = io.BytesIO(), []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for version in versions:
            folder = f"{version.report.consultation.slug}-v{version.number}"
            for file in version.files.order_by("pk").iterator(chunk_size=1):
                name = f"{folder}/{file.name}"
                archive.writestr(zipfile.ZipInfo(name, EARLIEST), bytes(file.content), zipfile.ZIP_DEFLATED)
                sums.append(f"{file.sha256}  {name}\n")
        archive.writestr(zipfile.ZipInfo("sha256sums.txt", EARLIEST), "".join(sums), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _some(consultations: Iterable[Consultation]) -> list[Version]:
    """Raises ReportRefused where none of them has a published report."""
    if versions := newest_of(consultations):
        return versions
    raise ReportRefused(_("None of these consultations has a published report yet."))


def series_zip(title: str, consultations: Iterable[Consultation], at: datetime) -> bytes:
    """All published reports of a series; raises ReportRefused."""
    return zip_of(_some(consultations))


def series_pdf(title: str, consultations: Iterable[Consultation], at: datetime) -> bytes:
    """The combined report of a series as PDF; raises ReportRefused."""
    return pdf_of_document(combined_of(title, _some(consultations)))


COMBINED = ("in_short", "numbers", "register", "surveys", "next")
"""Sections of each report that the combined one holds; the rest is the same in all of a series, or stands in each alone."""


def combined_of(title: str, versions: list[Version]) -> Document:
    """One table of all reports, then what each says in short, its numbers, positions and what happens next."""
    rows = [_line(each) for each in versions]
    headings = [_("Consultation"), _("Days"), _("Remarks"), _("Report"), _("Published on")]
    blocks: list[Block] = [Table(headings, rows, _("Reports in this set"))]
    for version in versions:
        blocks.append(Heading(version.report.consultation.title))
        for section in version.sections:
            if section["code"] in COMBINED:
                blocks += [Heading(section["title"], level=3), *map(_lowered, map(block_of, section["blocks"]))]
    return Document(title, blocks, footer=shorten(title, 90, placeholder="…"))


def _lowered(block: Block) -> Block:
    """Headings inside a section stay under the one of their section."""
    return Heading(block.text, level=3) if isinstance(block, Heading) else block


def _line(version: Version) -> list[str]:
    consultation = version.report.consultation
    days = polish_range(consultation.starts_on, consultation.ends_on) if consultation.starts_on and consultation.ends_on else ""
    number = f"{version.report.number}, {version.number}"
    return [consultation.title, days, str(version.remarks), number, polish_date(version.published_at or version.begun_at)]
