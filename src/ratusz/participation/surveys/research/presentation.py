"""Cards, results and trends in the words and cells of pages and documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.files.models import FileState, StoredFile
from ratusz.foundation.kit.dates import polish_range
from ratusz.foundation.kit.plain_language import measure
from ratusz.foundation.kit.words import decimal_comma, grouped, size_in_words
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.notes import about_sample
from ratusz.participation.surveys.research import reading, tasks
from ratusz.participation.surveys.research.comparing import Row, Trend
from ratusz.participation.surveys.research.content import WHOLE, Answer, Cut, Question
from ratusz.participation.surveys.research.drawing import chart_of
from ratusz.participation.surveys.results.tables import HIDDEN
from ratusz.participation.surveys.terms import term
from ratusz.ui.parts import Cell, Column, Download, Fact


def facts(card: ResearchCard) -> list[Fact]:
    """What was asked of whom, how, when and by whom."""
    who = _("the Office itself") if card.origin == "own" else card.agency
    said = [
        Fact(_("Number of the card"), card.number),
        Fact(_("City task"), f"{tasks.words(card.task)} ({tasks.basis(card.task)})"),
        Fact(_("Unit that uses the results"), card.unit.name),
        Fact(_("Who did the research"), who),
        Fact(_("Method"), str(card.get_method_display())),
        Fact(_("Whom it speaks of"), card.population),
        Fact(_("When people were asked"), polish_range(card.starts_on, card.ends_on)),
        Fact(_("Whom was asked"), sample_words(card)),
    ]
    if card.contract:
        said.insert(4, Fact(_("Contract"), card.contract))
    return said


def sample_words(card: ResearchCard) -> str:
    """The kind of sample with its size, and what may be said of it."""
    size = _("n = %(size)s") % {"size": grouped(card.sample_size)} if card.sample_size else ""
    kind = str(card.get_sample_display())
    return " ".join([f"{kind}, {size}." if size else f"{kind}.", *about_sample(card.sample, card.sample_size)])


def plain_words(card: ResearchCard, at: datetime) -> str:
    """How plain the summary is, and advice where it is harder than the setting lets it be; "" for no summary."""
    if not card.summary.strip():
        return ""
    grade, highest = measure(card.summary).fog, term("research_fog_highest", at)
    said = f"FOG-PL {decimal_comma(grade, 1)}."
    if grade <= highest:
        return said
    return said + " " + _("That is hard to read: at most %(highest)s. Make the sentences shorter.") % {"highest": highest}


def files_for_staff(card: ResearchCard) -> list[Download]:
    """The same by the addresses of staff, also of a draft."""
    return [
        replace(each, url=reverse("files:download", args=[getattr(card, name).public_id])) for name, each in _files(card).items()
    ]


def files(card: ResearchCard) -> list[Download]:
    """The report and the questionnaire, where they are checked."""
    return list(_files(card).values())


def _files(card: ResearchCard) -> dict[str, Download]:
    labels = {"report": _("Report of the research"), "questionnaire": _("Questionnaire")}
    found = {}
    for name, label in labels.items():
        file: StoredFile | None = getattr(card, name)
        if file is not None and file.state == FileState.CLEAN:
            url = reverse("research:file", args=[card.slug, name])
            found[name] = Download(label, url, file.kind.upper(), size_in_words(file.size))
    return found


def shown_questions(questions: list[Question]) -> list[dict[str, Any]]:
    """Each question with a table: answers down, cuts across."""
    return [_shown(number, each) for number, each in enumerate(questions, 1)]


def _shown(number: int, question: Question) -> dict[str, Any]:
    cuts = question.cuts
    columns = [Column("answer", _("Answer"), is_heading=True)]
    columns += [Column(f"c{place}", cut_words(cut), is_number=True) for place, cut in enumerate(cuts)]
    texts = list(dict.fromkeys(each.text for cut in cuts for each in cut.answers))
    is_alone = len(cuts) == 1
    rows = [{"answer": text} | {f"c{place}": _cell(cut, text, is_alone) for place, cut in enumerate(cuts)} for text in texts]
    notes = []
    if question.is_multiple:
        notes.append(_("Several answers could be chosen, so the shares do not add up to 100%."))
    if any(each.is_hidden for cut in cuts for each in cut.answers):
        notes.append(_("• Hidden: too few people, so that nobody can be told."))
    plain = [[row["answer"], *(getattr(row[f"c{place}"], "text", "") for place in range(len(cuts)))] for row in rows]
    return {
        "title": f"{number}. {question.text}", "key": question.key, "columns": columns, "rows": rows, "notes": notes,
        "plain": plain, "layout": "stack" if is_alone else "scroll",
    }  # fmt: skip


def cut_words(cut: Cut) -> str:
    """The name of a group with its base: "18–34 lata (n = 280)"."""
    name = cut.name if cut.name != WHOLE else _("everybody")
    return f"{name} (n = {grouped(cut.base)})"


def _cell(cut: Cut, text: str, with_bar: bool) -> Cell:
    answer = next((each for each in cut.answers if each.text == text), None)
    share = answer.percent / 100 if with_bar and answer and answer.percent is not None else None
    return Cell(answer_words(answer), share=share)


def answer_words(answer: Answer | None) -> str:
    """ "620 (62,0%)", "62,0%" where people are not told, a sign for what is hidden, a dash for what was not offered."""
    if answer is None:
        return "–"
    if answer.percent is None:
        return HIDDEN
    share = decimal_comma(answer.percent, 1) + "%"
    return share if answer.people is None else f"{grouped(answer.people)} ({share})"


def shown_trends(found: list[Trend]) -> list[dict[str, Any]]:
    """Each trend with its table and its picture."""
    return [_trend(number, each) for number, each in enumerate(found, 1)]


def _trend(number: int, trend: Trend) -> dict[str, Any]:
    columns = [Column("answer", _("Answer"), is_heading=True)]
    columns += [Column(f"c{place}", wave_words(each), is_number=True) for place, each in enumerate(trend.columns)]
    columns.append(Column("difference", _("Difference of the last two waves"), is_number=True))
    rows = [
        {"answer": row.text, "difference": difference_words(row)}
        | {f"c{place}": answer_words(each) for place, each in enumerate(row.answers)}
        for row in trend.rows
    ]
    return {
        "title": f"{number}. {trend.text}", "columns": columns, "rows": rows, "chart": chart_of(trend), "number": number,
        "is_reworded": any(each.is_reworded for each in trend.columns),
    }  # fmt: skip


def wave_words(column: Any) -> str:
    """ "05.2024 (n = 1 000)", with a word where the question was worded otherwise."""
    words = f"{column.label} (n = {grouped(column.base)})"
    changed = _("wording changed")
    return f"{words}, {changed}" if column.is_reworded else words


def difference_words(row: Row) -> str:
    """ "+3,2 p.p. (±4,3)", and whether chance alone may explain it."""
    if row.difference is None:
        return "–"
    sign = "+" if row.difference > 0 else ""
    words = _("%(number)s pp") % {"number": sign + decimal_comma(row.difference, 1)}
    if row.margin is None:
        return words
    words += f" (±{decimal_comma(row.margin, 1)})"
    return _("%(difference)s, within the margin of error") % {"difference": words} if row.is_within_margin else words


def row(card: ResearchCard) -> dict[str, Any]:
    """A card in the register."""
    return {
        "title": Cell(card.title, url=card.get_absolute_url(), note=card.number), "task": tasks.words(card.task),
        "unit": card.unit.short_name, "origin": str(card.get_origin_display()) if card.is_public else str(card.get_state_display()),
        "when": reading.label(card), "method": str(card.get_method_display()).partition(":")[0],
    }  # fmt: skip


def columns() -> list[Column]:
    """Headings of the register on the page."""
    return [
        Column("title", _("Research"), is_heading=True), Column("task", _("City task")), Column("unit", _("Unit")),
        Column("origin", _("Own or commissioned")), Column("when", _("End of asking")), Column("method", _("Method")),
    ]  # fmt: skip
