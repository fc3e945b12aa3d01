"""A list of projects as rows: the one source of its page, PDF, DOCX, XLSX and open data."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.documents.blocks import Document, Facts, Table
from ratusz.casework.documents.xlsx import Column, Sheet
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.budget.models import Edition, ExclusionSet, Project
from ratusz.participation.projects.models import Application, ListKind, ProjectList, State

PASSED_FORMAL = (State.FORMAL_YES, State.REPLYING, State.POSITIVE, State.NEGATIVE, State.MERGED, State.ON_BALLOT)
STATES: dict[str, tuple[str, ...]] = {
    ListKind.FORMAL: (State.FORMAL_NO, *PASSED_FORMAL), ListKind.SUBSTANTIVE: (State.POSITIVE, State.NEGATIVE, State.ON_BALLOT),
}  # fmt: skip
POOL = "pula-"
"""How the part of a list that holds one pool begins in an address: pula-L12."""


def rows_of(edition: Edition, kind: str) -> list[dict[str, Any]]:
    """The rows of a list now: number, title, pool, cost in grosze, result, reasons. Nobody's name.

    The final list of the ballot is the frozen ballot itself; before it is frozen there is none.
    """
    if kind == ListKind.BALLOT:
        return _ballot_rows(edition)
    found = Application.objects.submitted().filter(edition=edition).select_related("pool").prefetch_related("course").by_number()
    if kind in STATES:
        found = found.filter(state__in=STATES[kind])
    return [_row(each, kind) for each in found]


def _row(application: Application, kind: str) -> dict[str, Any]:
    refused = {ListKind.FORMAL: State.FORMAL_NO, ListKind.SUBSTANTIVE: State.NEGATIVE}.get(ListKind(kind))
    is_refused = application.state == refused
    result = "" if kind == ListKind.SUBMITTED else "negative" if is_refused else "positive"
    reasons = [step.reason for step in application.course.all() if step.state == refused and step.reason] if is_refused else []
    # Lists from before the assessment tell the author's cost, whatever a unit has said since.
    checked = application.checked_grosze if kind == ListKind.SUBSTANTIVE else None
    return {
        "number": application.number, "title": application.title,
        "pool": application.contest.code, "where": application.contest.name,
        "is_city_wide": application.contest.is_city_wide, "cost": application.cost_grosze if checked is None else checked,
        "author_cost": application.cost_grosze, "result": result, "reasons": "\n".join(reasons),
    }  # fmt: skip


def _ballot_rows(edition: Edition) -> list[dict[str, Any]]:
    # A sentence for each set: of two pairs that share a project both others may be built.
    shut: dict[str, list[str]] = defaultdict(list)
    for each in ExclusionSet.objects.filter(pool__edition=edition):
        for number in each.numbers:
            shut[number].append(excluded_words([one for one in each.numbers if one != number]))
    applied = {each.number: each.cost_grosze for each in Application.objects.submitted().filter(edition=edition)}
    return [
        {
            "place": each.ballot_position, "number": each.number, "title": each.name, "pool": each.pool.code,
            "where": each.pool.name, "is_city_wide": each.pool.is_city_wide, "cost": each.cost_grosze,
            "author_cost": applied.get(each.number, each.cost_grosze), "result": "",
            "reasons": " ".join(shut[each.number]),
        }
        for each in Project.objects.on_ballot(edition).select_related("pool")
    ]  # fmt: skip


def excluded_words(numbers: list[str]) -> str:
    """What the ballot's list says of a project that excludes others."""
    return _("Only one will be built of it and: %(numbers)s.") % {"numbers": ", ".join(sorted(numbers))}


def canonical(rows: list[dict[str, Any]]) -> bytes:
    """The bytes that are hashed and offered for download."""
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of_rows(rows: list[dict[str, Any]]) -> str:
    """SHA-256 of the rows in their canonical form."""
    return hashlib.sha256(canonical(rows)).hexdigest()


@dataclass(frozen=True)
class Part:
    """What is printed or shown of a published list: all of it, one level, one result or one pool, with its own SHA-256."""

    made: ProjectList
    code: str
    words: str
    rows: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """That of the whole list for the whole list."""
        return digest_of_rows(self.rows)


def parts_offered(made: ProjectList) -> list[tuple[str, str]]:
    """Codes and words of the parts of this list that hold something: "" is the whole list."""
    found = [("", _("the whole list"))]
    if len({row["is_city_wide"] for row in made.rows}) == 2:
        found += [("ogolnomiejskie", _("city-wide projects")), ("lokalne", _("local projects"))]
    if len({row["result"] for row in made.rows}) == 2:
        found += [("pozytywne", _("positive result")), ("negatywne", _("negative result"))]
    pools = {row["pool"]: row["where"] for row in made.rows if not row["is_city_wide"]}
    return found + [(POOL + code, name) for code, name in pools.items() if len(pools) > 1]


def part_of(made: ProjectList, code: str) -> Part:
    """One part. Raises KeyError for one the list does not have."""
    words = dict(parts_offered(made))[code]
    keeps = {
        "": lambda row: True, "ogolnomiejskie": lambda row: row["is_city_wide"], "lokalne": lambda row: not row["is_city_wide"],
        "pozytywne": lambda row: row["result"] == "positive", "negatywne": lambda row: row["result"] == "negative",
    }.get(code, lambda row: row["pool"] == code.removeprefix(POOL))  # fmt: skip
    return Part(made, code, words, [row for row in made.rows if keeps(row)])


def result_words(row: dict[str, Any]) -> str:
    """The result of a row in words."""
    return {"positive": pgettext("result", "positive"), "negative": pgettext("result", "negative")}.get(row["result"], "")


def title_of(made: ProjectList) -> str:
    """The heading of a list."""
    words = str(ListKind(made.kind).label)
    return f"{words[:1].upper()}{words[1:]}"


def facts_of(part: Part) -> list[tuple[str, str]]:
    """What stands above the list on the page and on paper alike: whose, when, which version, what to compare."""
    made = part.made
    facts = [
        (_("Edition"), str(made.edition)),
        (_("Published"), polish_moment(made.published_at)),
        (_("Version"), str(made.version)),
    ]
    if part.code:
        facts.append((_("What is shown"), part.words))
    facts.append(("SHA-256", part.digest))
    if made.kind == ListKind.BALLOT:
        facts.append((_("SHA-256 of the frozen ballot"), made.edition.ballot_hash))
        if made.edition.ballot_seed:
            facts.append((_("Seed of the drawn order"), made.edition.ballot_seed))
    return facts


def as_document(part: Part, address: str) -> Document:
    """The list as blocks for PDF and DOCX: city-wide and local ones, the positive and the negative apart."""
    blocks: list[Any] = [Facts([*facts_of(part), (_("The same list on the website"), address)])]
    for words, rows in headed(part):
        columns, with_reasons = headings_of(part.made), any(row["reasons"] for row in rows)
        cells = [[*_cells(part.made, row), *([row["reasons"]] if with_reasons else [])] for row in rows]
        blocks.append(Table([*columns, *([_("Reasons")] if with_reasons else [])], cells, caption=words))
    return Document(title=title_of(part.made), subtitle=str(part.made.edition), blocks=blocks, mark=part.digest)


def headings_of(made: ProjectList) -> list[str]:
    """Headings of the columns; the final list of the ballot begins with the place on it."""
    return [*([_("Place")] if made.kind == ListKind.BALLOT else []), _("Number"), _("Title"), _("Where"), _("Cost")]


def _cells(made: ProjectList, row: dict[str, Any]) -> list[str]:
    place = [str(row["place"])] if made.kind == ListKind.BALLOT else []
    return [*place, row["number"], row["title"], row["where"], zlotys(row["cost"])]


def headed(part: Part) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows under their headings: city-wide, local; where there are results, the positive first.

    On the ballot each pool is drawn by itself, so each has its own heading.
    """
    if part.made.kind == ListKind.BALLOT:
        pools: dict[str, list[dict[str, Any]]] = {}
        for row in part.rows:
            pools.setdefault(_("City-wide projects") if row["is_city_wide"] else row["where"], []).append(row)
        return list(pools.items())
    found = []
    for result, said in (("", ""), ("positive", _("positive result")), ("negative", _("negative result"))):
        for is_city_wide, words in ((True, _("City-wide projects")), (False, _("Local projects"))):
            rows = [row for row in part.rows if row["result"] == result and row["is_city_wide"] == is_city_wide]
            if rows:
                found.append((f"{words}: {said}" if said else str(words), rows))
    return found


def as_sheet(part: Part) -> Sheet:
    """The list for a spreadsheet; costs are numbers."""
    is_ballot = part.made.kind == ListKind.BALLOT
    columns = [
        *([Column(_("Place"), 8)] if is_ballot else []), Column(_("Number"), 14), Column(_("Title"), 50), Column(_("Where"), 30),
        Column(_("Cost"), 16, "zlotys"), Column(_("Cost by the author"), 16, "zlotys"), Column(_("Result"), 14),
        Column(_("Reasons"), 60),
    ]  # fmt: skip
    rows = [
        (
            *([row["place"]] if is_ballot else []), row["number"], row["title"], row["where"], row["cost"] / 100,
            row["author_cost"] / 100, result_words(row), row["reasons"],
        )
        for row in part.rows
    ]  # fmt: skip
    return Sheet(title_of(part.made), columns, rows)


def as_csv(part: Part) -> str:
    """The list as open data: names of columns in English, costs in grosze."""
    names = ["number", "title", "pool", "where", "is_city_wide", "cost", "author_cost", "result", "reasons"]
    if part.made.kind == ListKind.BALLOT:
        names.insert(0, "place")
    return "".join(csv_lines([names, *([row[name] for name in names] for row in part.rows)], delimiter=","))
