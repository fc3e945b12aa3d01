"""What we hold about a person, and the registers, as sheets people can read; a higher floor prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from ratusz.foundation.kit.registries import Registry, personal_data
from ratusz.foundation.people.sheet_words import NOTHING, text_of, word_for, word_of

printers: Registry[Callable[[dict[str, Any]], bytes]] = Registry("printers of sheets")
"""Kind ("pdf") -> f(content) giving the file; documents, which stands above, registers itself. Content: title, subtitle, footer,
sections with heading, note, columns and rows of texts."""


@dataclass(frozen=True)
class Section:
    """One part of a sheet: a heading and a table."""

    heading: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""


def sections_of(found: dict[str, list[dict[str, Any]]]) -> list[Section]:
    """An export as sections in words, each with its legal basis; rows whose every value is gone already are left out."""
    return [section for model, rows in found.items() if (section := _section(model, rows)).rows]


def _section(model: str, rows: list[dict[str, Any]]) -> Section:
    columns = [capfirst(word_for(model, path)) for path in rows[0]]
    entry = personal_data[model]
    note = gettext("Why: %(purpose)s. Legal basis: %(basis)s. How long: %(kept)s.") % {
        "purpose": entry.purpose, "basis": entry.legal_basis, "kept": entry.retention,
    }  # fmt: skip
    texts = [[text_of(model, path, value) for path, value in row.items()] for row in rows]
    return Section(capfirst(word_of(model)), columns, [row for row in texts if set(row) != {NOTHING}], note)


def report_of(erasure: Any) -> list[Section]:
    """What an erasure took and what stayed, with the ground of the law."""
    gone = [[capfirst(word_of(model)), str(count)] for model, count in sorted(erasure.counts.items())]
    kept = [
        [capfirst(word_of(model)), str(count), str(personal_data[model].kept_because) if model in personal_data else ""]
        for model, count in sorted(erasure.kept.items())
    ]
    return [
        Section(gettext("Erased"), [gettext("Where"), gettext("Rows")], gone),
        Section(gettext("What stays, and why"), [gettext("Where"), gettext("Rows"), gettext("Ground")], kept),
    ]


def register_section(lines: Iterable[Any]) -> Section:
    """The register of processing as one table."""
    columns = [gettext("What it is about"), gettext("Data"), gettext("Purpose"), gettext("Legal basis"), gettext("How long")]
    columns.append(gettext("What stays after an erasure"))
    rows = [[capfirst(line.what), line.fields, line.purpose, line.basis, line.kept, line.stays or NOTHING] for line in lines]
    return Section(gettext("Processing"), columns, rows)


def printed(kind: str, *, title: str, subtitle: str, footer: str, sections: list[Section]) -> bytes:
    """The sheet as a file of that kind; KeyError when no printer of it is installed."""
    content = {"title": title, "subtitle": subtitle, "footer": footer, "sections": [asdict(section) for section in sections]}
    return printers[kind](content)
