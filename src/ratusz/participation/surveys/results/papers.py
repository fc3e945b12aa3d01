"""Results as a document: for print and for the report that closes a consultation, always with the note on who answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Notice, Table, Text
from ratusz.foundation.kit.dates import polish_date, polish_end, polish_moment
from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.participation.surveys import queries
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.results.heard import Comparison
from ratusz.participation.surveys.results.reading import GroupResults, results
from ratusz.participation.surveys.results.tables import HIDDEN, ResultTable, told
from ratusz.participation.surveys.results.weighted import Weighted


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


def heard_table(found: Comparison) -> Table:
    """The parts of one trait with their people, answers, both shares and the ratio."""
    columns = [
        found.trait.title, _("People"), _("Answers"), _("Share of people"), _("Share of answers"), _("Ratio"), _("Verdict"),
    ]  # fmt: skip
    rows = [
        [row.label, grouped(row.people), HIDDEN if row.answers is None else grouped(row.answers), _share(row.of_people),
         _share(row.share), HIDDEN if row.ratio is None else decimal_comma(row.ratio, 2), verdict_words(row.verdict)]
        for row in found.rows
    ]  # fmt: skip
    return Table(columns, rows, _("Who answered and who lives there: %(trait)s") % {"trait": found.trait.title.lower()})


def heard_words(found: Comparison, survey: Survey) -> str:
    """Where the numbers of people come from, whom the comparison leaves out, and who was under-heard."""
    day = polish_date(found.trait.day)
    said = [_("People: %(source)s, %(day)s.") % {"source": found.trait.source.rstrip("."), "day": day}, found.trait.note]
    if found.group:
        said.append(_("Compared are the answers of the group: %(group)s.") % {"group": found.group})
    if found.left_out != 0:
        count = _("fewer than %(least)s") % {"least": survey.smallest_cell} if found.left_out is None else grouped(found.left_out)
        said.append(_("Answers that told nothing of it or fit no part: %(count)s.") % {"count": count})
    if found.under_heard:
        said.append(_("Under-heard: %(names)s.") % {"names": ", ".join(found.under_heard)})
    return " ".join(filter(None, said))


def _share(share: float | None) -> str:
    return HIDDEN if share is None else decimal_comma(100 * share, 1) + "%"


def weighted_words(found: Weighted) -> str:
    """How the weights were made, whether they meet their targets, and what they leave of the sample."""
    weighting = found.weighting
    traits = ", ".join(trait.lower() for trait in found.traits)
    heaviest = decimal_comma(found.heaviest, 1).removesuffix(",0")
    done = _("Answers are weighted so that their shares are those of the people (raking): %(traits)s. Nobody counts for more than "
             "%(most)s people.") % {"traits": traits, "most": heaviest}  # fmt: skip
    met = _("Every target is met.") if weighting.converged else _("Not every target is met; the furthest is %(far)s pp away.") % {
        "far": decimal_comma(100 * weighting.furthest, 1)
    }  # fmt: skip
    left = _("Rounds: %(rounds)s. Weights cut: %(cut)s. The weighted numbers tell as much as a sample of %(size)s.")
    return f"{done} {met} " + left % {
        "rounds": weighting.rounds, "cut": weighting.trimmed, "size": grouped(int(weighting.effective)),
    }  # fmt: skip


def weighted_rows(found: Weighted) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Each question with its base, and its answers: plain and weighted share in words."""
    return [
        (each.text, grouped(each.base), [(label, _share(plain), _share(weighted)) for label, plain, weighted in each.rows])
        for each in found.questions
        if each.base
    ]


def heard_blocks(survey: Survey, found: list[Comparison], weighted: Weighted | None = None) -> list[Block]:
    """The comparisons with their source and who was under-heard; weighted shares beside the plain ones; the note."""
    blocks: list[Block] = []
    for each in found:
        blocks += [heard_table(each), Text(heard_words(each, survey))]
    if weighted is not None and (rows := weighted_rows(weighted)):
        columns = [_("Question"), _("Answer"), _("As answered"), _("Weighted")]
        cells = [[f"{text} (n = {base})", *each] for text, base, answers in rows for each in answers]
        blocks += [Table(columns, cells, _("Weighted results beside the plain ones")), Text(weighted_words(weighted))]
    count = queries.answers_of(survey).count()
    return [*blocks, Notice(selection_note(survey, count))]
