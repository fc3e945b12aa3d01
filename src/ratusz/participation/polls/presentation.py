"""Results in words and tables: the same on the page, in files and in the report. Counts stand before shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.documents.blocks import Block, Heading, Notice, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.words import grouped
from ratusz.participation.polls.models import Poll
from ratusz.participation.polls.queries import Result
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.models import Intake


def percent(value: Decimal) -> str:
    """ "55,6%"."""
    return f"{value}".replace(".", ",") + "%"


def advisory() -> str:
    """What every page of a ballot says."""
    return _("The ballot advises: the decision belongs to the President or the Council, who also say why they decided so.")


def verdict(result: Result) -> str:
    """What came of it, in one sentence."""
    if not result.valid:
        return _("There is no valid ballot.")
    ordered = sorted(result.lines, key=lambda line: -line.count)
    first = ordered[0]
    if result.is_tie:
        level = [line.words for line in ordered if line.count == first.count]
        return _("A tie: %(answers)s got %(count)s ballots each.") % {
            "answers": ", ".join(f"„{words}”" for words in level), "count": grouped(first.count),
        }  # fmt: skip
    lead = ngettext("a lead of %(count)s ballot", "a lead of %(count)s ballots", result.margin) % {"count": grouped(result.margin)}
    return _("Most valid ballots: „%(answer)s” (%(lead)s).") % {"answer": first.words, "lead": lead}


def numbers(result: Result) -> str:
    """How many came and how many count."""
    words = ngettext("%(count)s ballot came in", "%(count)s ballots came in", result.received) % {"count": grouped(result.received)}
    valid = ngettext("%(count)s is valid", "%(count)s are valid", result.valid) % {"count": grouped(result.valid)}
    invalid = ngettext("%(count)s is not", "%(count)s are not", result.invalid_count) % {"count": grouped(result.invalid_count)}
    said = f"{words[:1].upper()}{words[1:]}: {valid}, {invalid} ({percent(result.invalid_share)})."
    if result.wrong_form:
        apart = ngettext(
            "%(count)s declaration came in another form than the one asked for. It is reported here and not counted.",
            "%(count)s declarations came in another form than the one asked for. They are reported here and not counted.",
            result.wrong_form,
        )
        said += " " + apart % {"count": grouped(result.wrong_form)}
    return said


def answers_head() -> list[str]:
    """Headings of the table of answers."""
    return [_("Answer"), _("Valid votes"), _("Share of the valid ones")]


def answers_table(result: Result) -> list[tuple[str, str, str]]:
    """Answer, ballots, share of the valid ones."""
    return [(line.words, grouped(line.count), percent(line.share)) for line in result.lines]


def reasons_table(result: Result, at: datetime) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: each reason by channel, with sums; wrong form apart, in the last row."""
    channels = [code for code in Intake.Channel.values if code in result.by_channel]
    head = [_("Why it does not count"), *(str(Intake.Channel(code).label) for code in channels), _("Together")]
    rows = []
    for code in result.invalid:
        cells = [result.by_channel[channel].get(code, 0) for channel in channels]
        rows.append([f"{code}: {terms.reason_name(code, at)}", *map(grouped, cells), grouped(sum(cells))])
    cells = [sum(result.by_channel[channel].get(code, 0) for code in result.invalid) for channel in channels]
    rows.append([_("Invalid together"), *map(grouped, cells), grouped(sum(cells))])
    if result.wrong_form:
        cells = [result.by_channel[channel].get("wrong_form", 0) for channel in channels]
        rows.append([_("In another form, not counted"), *map(grouped, cells), grouped(sum(cells))])
    return head, rows


def residence_words(poll: Poll) -> str:
    """Whose ballots count, in words."""
    if poll.residence == Poll.Residence.DISTRICT:
        where = str(poll.form.area) if poll.form.area else ", ".join(str(each) for each in poll.form.consultation.areas.all())
        return _("Whoever lives in this area may answer, once: %(area)s. Registration is not needed.") % {"area": where}
    if poll.residence == Poll.Residence.CITY:
        return _("Whoever lives in the city may answer, once. Registration is not needed.")
    return _("Everybody may answer, once.")


def blocks(poll: Poll, result: Result, at: datetime) -> list[Block]:
    """What stands in the report."""
    found: list[Block] = [
        Heading(poll.form.title, 3), Text(poll.question, strong=_("Question: ")), Text(residence_words(poll)), Notice(advisory()),
        Text(numbers(result)), Text(verdict(result)),
        Table(answers_head(), answers_table(result), _("Result of the ballot")),
    ]  # fmt: skip
    if result.invalid or result.wrong_form:
        head, rows = reasons_table(result, at)
        found.append(Table(head, rows, _("Ballots that do not count, by reason and channel")))
    if poll.decision and poll.decided_on:
        found.append(Text(poll.decision, strong=_("Decision of %(day)s: ") % {"day": polish_date(poll.decided_on)}))
    return found


def table_rows(poll: Poll, result: Result, at: datetime) -> Iterator[Sequence[Any]]:
    """The result as lines of a table, for CSV."""
    yield answers_head()
    for line in result.lines:
        yield [line.words, line.count, percent(line.share)]
    yield []
    head, rows = reasons_table(result, at)
    yield head
    yield from rows


def workbook(poll: Poll, result: Result, at: datetime) -> bytes:
    """The result as a workbook: answers, and what does not count."""
    widths = ((40, "text"), (12, "number"), (16, "text"))
    answers = [Column(label, width, kind) for label, (width, kind) in zip(answers_head(), widths, strict=True)]
    head, rows = reasons_table(result, at)
    sheets = [
        Sheet(_("Result"), answers, ([line.words, line.count, percent(line.share)] for line in result.lines)),
        Sheet(_("Not counted"), [Column(label, 26) for label in head], rows),
    ]
    return xlsx_of(poll.question, sheets)
