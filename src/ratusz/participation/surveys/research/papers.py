"""Research as files: the register, results and comparisons as CSV and XLSX, a card to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.research import presentation, queries, reading, tasks
from ratusz.participation.surveys.research.comparing import Trend
from ratusz.participation.surveys.research.content import Question
from ratusz.participation.surveys.research.results_file import COLUMNS, ONE, SEVERAL


def register_head() -> list[str]:
    """Headings of the register as a table."""
    return [
        _("Number"), _("Title"), _("State"), _("City task"), _("Unit"), _("Own or commissioned"), _("Who did the research"),
        _("Method"), _("Kind of sample"), _("People asked"), _("Whom it speaks of"), _("First day of asking"),
        _("Last day of asking"), _("Series"), _("Address"),
    ]  # fmt: skip


def register_rows(cards: Iterable[ResearchCard]) -> Iterator[list[Any]]:
    """A row for each card."""
    for each in cards:
        yield [
            each.number, each.title, str(each.get_state_display()), tasks.words(each.task), each.unit.name,
            str(each.get_origin_display()), each.agency, str(each.get_method_display()), str(each.get_sample_display()),
            each.sample_size, each.population, each.starts_on.isoformat(), each.ends_on.isoformat(),
            each.series.title if each.series else "", settings.PUBLIC_ADDRESS.rstrip("/") + each.get_absolute_url(),
        ]  # fmt: skip


def register_book(cards: Iterable[ResearchCard]) -> bytes:
    """The register as XLSX."""
    columns = [Column(label, 24) for label in register_head()]
    return xlsx_of(_("Register of opinion research"), [Sheet(_("Research"), columns, register_rows(cards))])


def results_rows(questions: Iterable[Question]) -> Iterator[list[Any]]:
    """Results in the columns in which an agency hands them in; what is hidden stays empty."""
    yield list(COLUMNS)
    for each in questions:
        for cut in each.cuts:
            for answer in cut.answers:
                percent = None if answer.percent is None else round(answer.percent, 1)
                kind = SEVERAL if each.is_multiple else ONE
                yield [each.key, each.text, kind, answer.text, answer.people, percent, cut.name or _("everybody"), cut.base]


def book_of(title: str, rows: Iterator[list[Any]]) -> bytes:
    """Rows under their heading as XLSX."""
    columns = [Column(label, 40 if len(label) > 6 else 12) for label in next(rows)]
    return xlsx_of(title, [Sheet(_("Results"), columns, rows)])


def trend_rows(found: Sequence[Trend]) -> Iterator[list[Any]]:
    """A row for each answer of each wave, with the difference to the wave before the last at the last."""
    yield [
        _("Key"), _("Question"), _("Answer"), _("Wave"), _("People"), _("Per cent"), _("Base"), _("Wording changed"),
        _("Difference (pp)"), _("Margin of the difference (pp)"),
    ]  # fmt: skip
    for trend in found:
        for row in trend.rows:
            for place, (column, answer) in enumerate(zip(trend.columns, row.answers, strict=True)):
                percent = None if answer is None or answer.percent is None else round(answer.percent, 1)
                last = place == len(trend.columns) - 1
                told = [None if each is None or not last else round(each, 1) for each in (row.difference, row.margin)]
                changed = _("yes") if column.is_reworded else ""
                people = answer.people if answer else None
                yield [trend.key, trend.text, row.text, column.label, people, percent, column.base, changed, *told]


def document_of(card: ResearchCard, at: datetime) -> Document:
    """The card to print: facts, what came out, tables, what was done."""
    blocks: list[Block] = [
        Facts([(fact.label, str(fact.value)) for fact in presentation.facts(card)]),
        Heading(_("What came out")), Text(card.summary),
    ]  # fmt: skip
    questions = presentation.shown_questions(reading.questions(card, at))
    if questions:
        blocks.append(Heading(_("Results")))
    for each in questions:
        blocks.append(Table([column.label for column in each["columns"]], each["plain"], each["title"]))
        blocks += [Text(" ".join(each["notes"]))] if each["notes"] else []
    blocks += [Heading(_("What the Office did with it")), *_uses(card)]
    address = settings.PUBLIC_ADDRESS.rstrip("/") + card.get_absolute_url()
    return Document(
        title=card.title, subtitle=card.number, blocks=blocks, author=card.unit.name, address=address,
        address_words=_("The card today"),
    )  # fmt: skip


def _uses(card: ResearchCard) -> Iterator[Block]:
    uses = list(queries.uses_of(card))
    if not uses:
        yield Notice(_("The Office has not written yet what it did with these results."))
    for each in uses:
        yield Text(each.words, strong=f"{polish_date(each.used_on)}, {each.unit.name}\n")
