"""Counts of a survey as tables that anybody may read: the base first, counts before shares, small groups hidden, ties as ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.wording import value_words
from ratusz.participation.surveys.results.gate import Shown, hidden_across, hidden_alone, hidden_in_sum
from ratusz.participation.surveys.results.places import IN_WORDS, ON_MAP, OUTSIDE
from ratusz.participation.surveys.results.tally import Tally, quantile

APART = (c.NO_OPINION, c.NOT_APPLICABLE)
"""Answers that take no part when it is said which one leads."""
HIDDEN = "•"


@dataclass(frozen=True)
class Line:
    """One row: its label, how many people it is a part of (None: hidden), and the counts."""

    label: str
    base: Shown
    counts: tuple[Shown, ...]
    shape: dict | None = None
    district: int = 0
    """Its number, where the row is one; 0 for any other."""


@dataclass(frozen=True)
class ResultTable:
    """One question: `columns` name the counts of each line; without lines only the base and the notes are told."""

    code: str
    number: int
    text: str
    base: int
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


def table_of(tally: Tally, number: int, least: int, districts: Mapping[str, str]) -> ResultTable:
    """The table of one question. `districts`: number of a district to its name."""
    item = tally.item
    columns, lines, notes = (), (), _notes(tally, least)
    if 0 < tally.base < least:
        notes = [_("Fewer than %(least)s people answered, so nothing more is shown.") % {"least": least}]
    elif item["kind"] in (*c.WITH_ROWS, c.RANKING):
        columns, lines = _across(tally, least)
    elif codes := _codes(tally, districts):
        columns, lines = (_("Answers"),), _down(tally, codes, least)
    if any(None in (line.base, *line.counts) for line in lines):
        notes.append(_("• Hidden, so that no small group of people (fewer than %(least)s) can be told.") % {"least": least})
    return ResultTable(item["code"], number, c.text_of(item["text"], "pl"), tally.base, columns, lines, tuple(notes))


def _codes(tally: Tally, districts: Mapping[str, str]) -> dict[str, str]:
    """Codes of the answers that are counted, with their words; those of no version stand last."""
    item = tally.item
    if item["kind"] == c.DISTRICT:
        known = dict(districts)
    elif item["kind"] == c.MAP:
        return _places(tally, districts)
    elif item["kind"] in (c.SINGLE, c.YES_NO, c.SCALE, c.MULTIPLE):
        known = {code: value_words(item, code, "pl") for code in c.choice_codes(item)}
    else:
        return {}
    return known | {code: value_words(item, code, "pl") for _row, code in tally.counts if code not in known}


def _places(tally: Tally, districts: Mapping[str, str]) -> dict[str, str]:
    """Districts somebody marked, and places that lie in none or were only described; nothing where nobody marked any."""
    words = {OUTSIDE: _("outside the districts"), ON_MAP: _("marked on the map"), IN_WORDS: _("described in words")}
    given = {code for _row, code in tally.counts}
    known = districts if any(code.isdecimal() for code in given) else {}
    marked = dict(known) | {code: label for code, label in words.items() if code in given}
    return marked | ({c.NOT_APPLICABLE: value_words(tally.item, c.NOT_APPLICABLE, "pl")} if c.NOT_APPLICABLE in given else {})


def _down(tally: Tally, codes: Mapping[str, str], least: int) -> tuple[Line, ...]:
    counts = [tally.counts["", code] for code in codes]
    hide = hidden_alone if tally.item["kind"] == c.MULTIPLE else hidden_in_sum
    is_city = tally.item["kind"] in (c.DISTRICT, c.MAP)
    return tuple(
        Line(label, tally.base, (count,), district=int(code) if is_city and code.isdecimal() else 0)
        for (code, label), count in zip(codes.items(), hide(counts, least), strict=True)
    )


def hidden_codes(tally: Tally, least: int, districts: Mapping[str, str]) -> set[str]:
    """Answers whose counts the table of a question with one choice hides: whatever else tells of these counts hides them too."""
    codes = _codes(tally, districts)
    if 0 < tally.base < least:
        return set(codes)
    shown = hidden_in_sum([tally.counts["", code] for code in codes], least)
    return {code for code, count in zip(codes, shown, strict=True) if count is None}


def _across(tally: Tally, least: int) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    item = tally.item
    if item["kind"] == c.RANKING:
        rows = [(code, value_words(item, code, "pl"), None) for code in c.choice_codes(item)]
        codes = [str(place) for place in range(1, len(rows) + 1)]
        columns = tuple(_("Place %(place)s") % {"place": code} for code in codes)
    else:
        rows = [(row["code"], c.text_of(row["text"], "pl"), row.get("shape")) for row in item.get("rows", ())]
        codes = c.choice_codes(item)
        columns = tuple(value_words(item, code, "pl") for code in codes)
    counted = [[tally.counts[code, each] for each in codes] for code, _label, _shape in rows]
    # Each place is given once by everybody who ranks, so its sum over the rows is known; columns of other kinds have none.
    hide = hidden_across if item["kind"] == c.RANKING else _each_row
    return columns, tuple(map(partial(_row, least), rows, counted, hide(counted, least)))


def _each_row(table: Sequence[Sequence[int]], least: int) -> list[list[Shown]]:
    return [hidden_in_sum(counts, least) for counts in table]


def _row(least: int, row: tuple, counts: Sequence[int], shown: Sequence[Shown]) -> Line:
    _code, label, shape = row
    base = sum(counts)
    if 0 < base < least:
        return Line(label, None, (None,) * len(counts), shape)
    return Line(label, base, tuple(shown), shape)


def _notes(tally: Tally, least: int) -> list[str]:
    kind = tally.item["kind"]
    if kind == c.MULTIPLE:
        return [_("Several answers could be chosen, so the shares do not add up to 100%.")]
    if kind == c.MAP and any(code.isdecimal() for _row, code in tally.counts):
        return [_("People are counted, not places: whoever marked places in several districts stands in each of them once.")]
    if kind == c.MAP and any(code == ON_MAP for _row, code in tally.counts):
        return [_("There is no map of districts here: the city has not loaded their borders yet.")]
    if kind in (c.SINGLE, c.YES_NO):
        return _tie(tally)
    if kind in (c.NUMBER, c.SCALE):
        return _middle(tally, least)
    return []


def _tie(tally: Tally) -> list[str]:
    counts = {code: tally.counts["", code] for code in c.choice_codes(tally.item) if code not in APART}
    most = max(counts.values(), default=0)
    first = [value_words(tally.item, code, "pl") for code, count in counts.items() if count == most]
    if not most or len(first) < 2:
        return []
    return [_("A tie: %(answers)s have the same number of answers.") % {"answers": ", ".join(first)}]


def _middle(tally: Tally, least: int) -> list[str]:
    """The median and where the middle half lies; of few people a number could be somebody's."""
    if sum(tally.numbers.values()) < 2 * least:
        return []
    low, middle, high = (quantile(tally.numbers, share) for share in (0.25, 0.5, 0.75))
    words = {"middle": _figure(middle), "low": _figure(low), "high": _figure(high)}
    return [_("Median: %(middle)s. Half of the answers lie between %(low)s and %(high)s.") % words]


def _figure(number: float) -> str:
    return grouped(int(number)) if number == int(number) else decimal_comma(number, 2)


def crossed(rows: Sequence[str], columns: Sequence[str], counts: Mapping[tuple[str, str], int], least: int) -> list[list[Shown]]:
    """People of each pair of choices as a table; small ones and what would tell them are hidden."""
    return hidden_across([[counts.get((row, column), 0) for column in columns] for row in rows], least)


def told(count: Shown, base: Shown) -> str:
    """ "260 (49,7%)": the count before the share; a sign for a hidden one."""
    if count is None:
        return HIDDEN
    return f"{grouped(count)} ({decimal_comma(100 * count / base, 1)}%)" if base else grouped(count)
