"""Answers and tables to take away: fixed columns, a codebook, the number of rows and a checksum told; no times, no order.

Rows are written as they come from the database, so that memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import tee
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from ratusz.casework.documents.xlsx import Column, Sheet, write_xlsx
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.surveys.models import Answer, Survey
from ratusz.participation.surveys.notes import selection_note
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import is_not_applicable
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.reading import GroupResults, items_of

FIRST = ("wersja", "kanal", "grupa")
"""Columns before those of the questions."""


def columns_of(items: Iterable[c.Item]) -> list[str]:
    """Names of the columns of the questions, always the same for the same versions."""
    return [name for item in items for name in _names(item)]


def _names(item: c.Item) -> list[str]:
    code, kind = item["code"], item["kind"]
    parts: list[str] = []
    if kind in (c.MULTIPLE, c.RANKING):
        parts = c.choice_codes(item)
    elif kind in c.WITH_ROWS:
        parts = c.row_codes(item)
    names = [f"{code}.{part}" for part in parts] or [code]
    return [*names, *([code + c.OTHER] if any(each.get("other") for each in item.get("choices", ())) else [])]


def cells_of(items: Iterable[c.Item], answer: dict[str, Any], file_names: dict[str, str]) -> list[Any]:
    """One answer in the columns of `columns_of`; empty where nothing was answered."""
    return [cell for item in items for cell in _cells(item, answer, file_names)]


def _cells(item: c.Item, answer: dict[str, Any], file_names: dict[str, str]) -> list[Any]:
    value = answer.get(item["code"])
    names = _names(item)
    own = [answer.get(names[-1], "")] if names[-1] == item["code"] + c.OTHER else []
    return [*_values(item, value, len(names) - len(own), file_names), *own]


def _values(item: c.Item, value: Any, width: int, file_names: dict[str, str]) -> list[Any]:
    kind = item["kind"]
    if value in (None, ""):
        return [""] * width
    if is_not_applicable(value):
        return [c.NOT_APPLICABLE] * width
    if kind == c.MULTIPLE:
        return [int(code in value) for code in c.choice_codes(item)]
    if kind == c.RANKING:
        places = {code: place for place, code in enumerate(value, 1)}
        return [places.get(code, "") for code in c.choice_codes(item)]
    if kind in c.WITH_ROWS:
        return [value.get(code, "") for code in c.row_codes(item)]
    return [_single(kind, value, file_names)]


def _single(kind: str, value: Any, file_names: dict[str, str]) -> Any:
    if kind == c.FILE:
        return file_names.get(value, "")
    if kind == c.MAP:
        return "; ".join([*map(_geometry, value["features"]), *filter(None, [value["place"]])])
    return int(value) if isinstance(value, bool) else value


def _geometry(feature: dict[str, Any]) -> str:
    return f"{feature['type']} {feature['coordinates']}"


def answer_rows(survey: Survey) -> Iterator[list[Any]]:
    """The heading, then every answer, in the order of their random keys."""
    items = items_of(survey)
    yield [*FIRST, *columns_of(items)]
    names = _file_names(survey, items)
    found = Answer.objects.filter(survey=survey).order_by("pk")
    for number, channel, group, content in found.values_list(
        "questionnaire__number", "channel", "group", "content"
    ).iterator(2000):  # fmt: skip
        yield [number, channel, group, *cells_of(items, content, names)]


def _file_names(survey: Survey, items: Sequence[c.Item]) -> dict[str, str]:
    """Public id of each file sent with the survey to its name; files themselves never leave with the answers."""
    codes = [item["code"] for item in items if item["kind"] == c.FILE]
    if not codes:
        return {}
    contents = Answer.objects.filter(survey=survey).order_by().values_list("content", flat=True).iterator(2000)
    sent = [each[code] for each in contents for code in codes if isinstance(each.get(code), str)]
    return {str(key): name for key, name in StoredFile.objects.filter(public_id__in=sent).values_list("public_id", "name")}


def codebook(items: Iterable[c.Item]) -> Iterator[list[Any]]:
    """The heading, then every column with its question, kind, row, and what its values mean."""
    yield [_("Column"), _("Question"), _("Row or answer"), _("Kind"), _("Values")]
    for item in items:
        meaning = "; ".join(f"{code} = {value_words(item, code, 'pl')}" for code in c.choice_codes(item))
        parts = {each["code"]: c.text_of(each["text"], "pl") for each in (*item.get("rows", ()), *item.get("choices", ()))}
        for name in _names(item):
            part = parts.get(name.partition(".")[2], "")
            yield [name, c.text_of(item["text"], "pl"), part, item["kind"], _meaning(item, name, meaning)]


def _meaning(item: c.Item, name: str, meaning: str) -> str:
    if name.endswith(c.OTHER):
        return _("own words")
    if item["kind"] == c.MULTIPLE:
        return _("1 = chosen; 0 = not chosen")
    return _("place, from 1") if item["kind"] == c.RANKING else meaning


@dataclass
class Written:
    """What was written: rows without the heading, and the SHA-256 of them as CSV, so that both files tell the same."""

    rows: int = -1
    digest: str = ""


Tell = Callable[[int], object]
TOLD_EACH = 5000
"""Rows after which it is told how far the file is."""


def _nobody(rows: int) -> None:
    """Where nobody waits for the progress."""


def csv_package(survey: Survey, tell: Tell = _nobody) -> tuple[IO[bytes], Written]:
    """A ZIP in a temporary file: answers, codebook, and a note with the number of rows and the SHA-256 of the answers."""
    target = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        written = _write(package, "odpowiedzi.csv", _telling(answer_rows(survey), tell))
        _write(package, "ksiazka-kodow.csv", codebook(items_of(survey)))
        package.writestr("opis.txt", "\r\n".join([*description(survey, written), ""]))
    target.seek(0)
    return target, written


def _telling(rows: Iterable[list[Any]], tell: Tell) -> Iterator[list[Any]]:
    for number, row in enumerate(rows):
        if number and number % TOLD_EACH == 0:
            tell(number)
        yield row


def _write(package: zipfile.ZipFile, name: str, rows: Iterable[Sequence[Any]]) -> Written:
    digest, written = hashlib.sha256(), Written()
    with package.open(name, "w", force_zip64=True) as target:
        for line in csv_lines(rows):
            content = line.encode()
            digest.update(content)
            target.write(content)
            written.rows += 1
    written.digest = digest.hexdigest()
    return written


def description(survey: Survey, written: Written) -> list[str]:
    """What a file holds, with the note on who answered."""
    told = _("Rows: %(rows)s. SHA-256 of odpowiedzi.csv: %(digest)s") % {"rows": written.rows, "digest": written.digest}
    order = _("Rows stand in a random order, without days and hours.")
    return [survey.title, selection_note(survey, written.rows), told, order]


def workbook(survey: Survey, tell: Tell = _nobody) -> tuple[IO[bytes], Written]:
    """The same as a workbook in a temporary file: answers, codebook, note. Text is never taken for a formula."""
    written, book = Written(), codebook(items_of(survey))
    rows = _digested(_telling(answer_rows(survey), tell), written)
    columns = [Column(name) for name in next(rows)]
    # Read when the answers are written, so that the note knows their number.
    note = ([line] for line in _late(survey, written))
    sheets = [
        Sheet(_("Answers"), columns, rows),
        Sheet(_("Codebook"), [Column(name, 30) for name in next(book)], book),
        Sheet(_("Note on method"), [Column(_("Note on method"), 120)], note),
    ]
    target = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    write_xlsx(target, survey.title, sheets)
    target.seek(0)
    return target, written


def _late(survey: Survey, written: Written) -> Iterator[str]:
    yield from description(survey, written)


def _digested(rows: Iterable[list[Any]], written: Written) -> Iterator[list[Any]]:
    """The rows as they are; `written` learns their number and the digest that they have as CSV."""
    digest = hashlib.sha256()
    beside, passed = tee(rows)
    for line, row in zip(csv_lines(beside), passed, strict=True):
        digest.update(line.encode())
        written.rows += 1
        yield row
    written.digest = digest.hexdigest()


def open_data(found: Sequence[GroupResults], note: str) -> Iterator[list[Any]]:
    """Tables for everybody in one list: group, question, row, answer, people, base; hidden counts stay empty."""
    yield [_("Group"), _("Question"), _("Row"), _("Answer"), _("People"), _("Base"), _("Note on method")]
    for group in found:
        for table in group.tables:
            for line in table.lines:
                is_across = len(table.columns) > 1
                for column, count in zip(table.columns, line.counts, strict=True):
                    named = (line.label, column) if is_across else ("", line.label)
                    shown = ["" if each is None else each for each in (count, line.base)]
                    yield [group.name, table.text, *named, *shown, note]
