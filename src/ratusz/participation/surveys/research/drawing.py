"""A trend as bars: plain numbers in, plain numbers out; the table beside it says the same."""

from __future__ import annotations

from dataclasses import dataclass

from ratusz.foundation.kit.words import decimal_comma
from ratusz.participation.surveys.research.comparing import Trend

WIDTH, TALL, LINE, LABEL, GAP = 340, 16, 20, 20, 10
"""In CSS pixels: a telephone of 390 shows the whole picture without scaling, so its letters stay readable."""
BARS = 210
"""How long a bar of 100 % is; its figure stands behind it."""
LEFT = 58
LETTERS = 46


@dataclass(frozen=True)
class Bar:
    """One wave of one answer."""

    label: str
    figure: str
    y: int
    width: float
    level: int


@dataclass(frozen=True)
class Group:
    """One answer with its bars."""

    text: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """The whole picture of one question."""

    groups: tuple[Group, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    tall: int = TALL


def chart_of(trend: Trend) -> Chart:
    """Bars of every answer, the oldest wave first; what is hidden or was not offered has no bar and says so."""
    groups, y = [], 0
    for row in trend.rows:
        bars = []
        top = y + LABEL
        for number, (column, answer) in enumerate(zip(trend.columns, row.answers, strict=True)):
            percent = answer.percent if answer else None
            figure = decimal_comma(percent, 1) + "%" if percent is not None else "•" if answer else "–"
            level = 4 if number == len(trend.columns) - 1 else 2
            bars.append(Bar(column.label, figure, top + number * LINE, _width(percent), level))
        groups.append(Group(_short(row.text), y, tuple(bars)))
        y = top + len(bars) * LINE + GAP
    return Chart(tuple(groups), max(y - GAP, 1))


def _width(percent: float | None) -> float:
    return round(BARS * (percent or 0) / 100, 1)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"
