"""A list of projects as rows: the one source of its page, PDF, DOCX, XLSX and open data."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.documents.blocks import Document, Facts, Table
from ratusz.casework.documents.xlsx import Column, Sheet
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.models import Application, ListKind, ProjectList, State

PASSED_FORMAL = (State.FORMAL_YES, State.REPLYING, State.POSITIVE, State.NEGATIVE, State.MERGED, State.ON_BALLOT)
STATES: dict[str, tuple[str, ...]] = {
    ListKind.FORMAL: (State.FORMAL_NO, *PASSED_FORMAL), ListKind.SUBSTANTIVE: (State.POSITIVE, State.NEGATIVE, State.ON_BALLOT),
    ListKind.BALLOT: (State.POSITIVE, State.ON_BALLOT),
}  # fmt: skip


def rows_of(edition: Edition, kind: str) -> list[dict[str, Any]]:
    """The rows of a list now: number, title, pool, cost in grosze, result, reasons. Nobody's name."""
    found = Application.objects.submitted().filter(edition=edition).select_related("pool").prefetch_related("course").by_number()
    if kind in STATES:
        found = found.filter(state__in=STATES[kind])
    return [_row(each, kind) for each in found]


def _row(application: Application, kind: str) -> dict[str, Any]:
    refused = {ListKind.FORMAL: State.FORMAL_NO, ListKind.SUBSTANTIVE: State.NEGATIVE}.get(ListKind(kind))
    is_refused = application.state == refused
    result = "" if kind in (ListKind.SUBMITTED, ListKind.BALLOT) else "negative" if is_refused else "positive"
    reasons = [step.reason for step in application.course.all() if step.state == refused and step.reason] if is_refused else []
    checked = application.checked_grosze
    return {
        "number": application.number, "title": application.title,
        "pool": application.contest.code, "where": application.contest.name,
        "is_city_wide": application.contest.is_city_wide, "cost": application.cost_grosze if checked is None else checked,
        "author_cost": application.cost_grosze, "result": result, "reasons": "\n".join(reasons),
    }  # fmt: skip


def digest_of_rows(rows: list[dict[str, Any]]) -> str:
    """SHA-256 of the rows in their canonical form."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def result_words(row: dict[str, Any]) -> str:
    """The result of a row in words."""
    return {"positive": pgettext("result", "positive"), "negative": pgettext("result", "negative")}.get(row["result"], "")


def title_of(made: ProjectList) -> str:
    """The heading of a list."""
    words = str(ListKind(made.kind).label)
    return f"{words[:1].upper()}{words[1:]}"


def as_document(made: ProjectList) -> Document:
    """The list as blocks for PDF and DOCX: city-wide and local ones, the positive and the negative apart."""
    blocks: list[Any] = [
        Facts([
            (_("Edition"), str(made.edition)), (_("Published"), polish_moment(made.published_at)),
            (_("Version"), str(made.version)),
            ("SHA-256", made.digest),
        ])
    ]  # fmt: skip
    for words, rows in parts_of(made):
        columns = [_("Number"), _("Title"), _("Where"), _("Cost")] + ([_("Reasons")] if any(row["reasons"] for row in rows) else [])
        cells = [
            [row["number"], row["title"], row["where"], zlotys(row["cost"])] + ([row["reasons"]] if len(columns) == 5 else [])
            for row in rows
        ]
        blocks.append(Table(columns, cells, caption=words))
    return Document(title=title_of(made), subtitle=str(made.edition), blocks=blocks, mark=made.digest)


def parts_of(made: ProjectList) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows under their headings: city-wide, local; where there are results, the positive first."""
    found = []
    for result, said in (("", ""), ("positive", _("positive result")), ("negative", _("negative result"))):
        for is_city_wide, words in ((True, _("City-wide projects")), (False, _("Local projects"))):
            rows = [row for row in made.rows if row["result"] == result and row["is_city_wide"] == is_city_wide]
            if rows:
                found.append((f"{words}: {said}" if said else str(words), rows))
    return found


def as_sheet(made: ProjectList) -> Sheet:
    """The list for a spreadsheet; costs are numbers."""
    columns = [
        Column(_("Number"), 14), Column(_("Title"), 50), Column(_("Where"), 30), Column(_("Cost"), 16, "zlotys"),
        Column(_("Cost by the author"), 16, "zlotys"), Column(_("Result"), 14), Column(_("Reasons"), 60),
    ]  # fmt: skip
    rows = [
        (row["number"], row["title"], row["where"], row["cost"] / 100, row["author_cost"] / 100, result_words(row), row["reasons"])
        for row in made.rows
    ]
    return Sheet(title_of(made), columns, rows)


def as_csv(made: ProjectList) -> str:
    """The list as open data: names of columns in English, costs in grosze."""
    names = ["number", "title", "pool", "where", "is_city_wide", "cost", "author_cost", "result", "reasons"]
    return "".join(csv_lines([names, *([row[name] for name in names] for row in made.rows)], delimiter=","))
