"""Results as a document: for print and for the report that closes a consultation, always with the note on who answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Notice, Table, Text
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.participation.surveys import queries
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.results.heard import ByDistrict
from ratusz.participation.surveys.results.reading import GroupResults, results
from ratusz.participation.surveys.results.tables import HIDDEN, ResultTable, told
from ratusz.participation.surveys.results.weighted import Weighted
from ratusz.participation.surveys.results.weights import Weighting


def document_of(survey: Survey) -> Document:
    """All tables with dates and the note."""
    return Document(_("Results: %(title)s") % {"title": survey.title}, blocks_of(survey, level=2), author=survey.unit.name)


def blocks_of(survey: Survey, level: int = 3) -> list[Block]:
    """Note, days, then each group with its questions under a heading of that level: by default below a chapter of a report."""
    found = results(survey)
    blocks: list[Block] = [Notice(selection_note(survey, sum(each.answers for each in found)))]
    if survey.opens_at and survey.ends_at:
        blocks.append(Text(f"{polish_moment(survey.opens_at)} – {polish_end(survey.ends_at)}"))
    for group in found:
        blocks += _group(group, level)
    return blocks


def _group(group: GroupResults, level: int) -> Iterator[Block]:
    if group.name:
        yield Heading(_("%(group)s: %(count)s") % {"group": group.name, "count": grouped(group.answers)}, level=level)
    for table in group.tables:
        yield from _table(table)


def _table(table: ResultTable) -> Iterator[Block]:
    caption = f"{table.number}. {table.text} n = {grouped(table.base)}"
    if table.lines:
        yield Table([_("Answer"), *table.columns], [_cells(line, table) for line in table.lines], caption)
    else:
        yield Text(caption)
    if table.notes:
        yield Text(" ".join(table.notes))


def _cells(line, table: ResultTable) -> list[str]:
    label = line.label
    if len(table.columns) > 1:
        label += f" (n = {HIDDEN if line.base is None else grouped(line.base)})"
    return [label, *(told(count, line.base) for count in line.counts)]


def verdict_words(verdict: str) -> str:
    """What the ratio says of a part of the city."""
    words = {"under": _("under-heard"), "less": _("less heard"), "hidden": _("too few to show")}
    return words.get(verdict, _("heard"))


def heard_table(found: ByDistrict) -> Table:
    """Districts with their people, answers, both shares and the ratio."""
    columns = [_("District"), _("People"), _("Answers"), _("Share of people"), _("Share of answers"), _("Ratio"), _("Verdict")]
    rows = [
        [row.label, grouped(row.people), HIDDEN if row.answers is None else grouped(row.answers), _share(row.of_people),
         _share(row.share), HIDDEN if row.ratio is None else decimal_comma(row.ratio, 2), verdict_words(row.verdict)]
        for row in found.rows
    ]  # fmt: skip
    return Table(columns, rows, _("Who answered and who lives there"))


def _share(share: float | None) -> str:
    return HIDDEN if share is None else decimal_comma(100 * share, 1) + "%"


def weighted_words(weighting: Weighting) -> str:
    """How the weights were made and what they leave of the sample."""
    met = _("Every target is met.") if weighting.converged else _("Not every target is met.")
    done = _("Answers are weighted by district: each counts as much as its share of the people, nobody for more than five.")
    left = _("Weights cut: %(cut)s. The weighted numbers tell as much as a sample of %(size)s.")
    return f"{done} {met} " + left % {"cut": weighting.trimmed, "size": grouped(int(weighting.effective))}


def weighted_rows(found: Weighted) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Each question with its base, and its answers: plain and weighted share in words."""
    return [
        (each.text, grouped(each.base), [(label, _share(plain), _share(weighted)) for label, plain, weighted in each.rows])
        for each in found.questions
        if each.base
    ]


def heard_blocks(survey: Survey, found: ByDistrict) -> list[Block]:
    """The comparison with its source."""
    source = _("People: %(source)s.") % {"source": found.source.rstrip(".")}
    count = queries.answers_of(survey).count()
    return [heard_table(found), Text(source), Notice(selection_note(survey, count))]
