"""Long tables in a few milliseconds: the design system's table markup, joined from strings instead of drawn cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from ratusz.ui.parts import Column

Row = Sequence[str]
"""Cells made by the functions below: HTML, escaped. Plain strings until the table is whole: marking each costs time."""


def text(value: object) -> str:
    """A cell of plain text."""
    return escape(str(value))


def link(url: str, label: str, note: str = "", kicker: str = "") -> str:
    """A cell with a link, under it a quiet note; `kicker` stands in the link before the label."""
    first = f"<b>{escape(kicker)}</b> " if kicker else ""
    return f'<a href="{escape(url)}">{first}{escape(label)}</a>{noted(note)}'


def noted(note: str) -> str:
    """A quiet line under a cell's value."""
    return f'<span class="table__note">{escape(note)}</span>' if note else ""


def tagged(label: str, tone: str, note: str) -> str:
    """A cell with a word that marks it and the sentence behind it."""
    tone_class = f" tag--{tone}" if tone else ""
    return f'<span class="tag{tone_class}">{escape(label)}</span>{noted(note)}'


def table(caption: str, columns: Sequence[Column], rows: Iterable[Row], note: str = "", is_captioned: bool = False) -> SafeString:
    """The same markup as the component `data_table`; cells come from the functions above, in the order of the columns.

    The caption is for screen readers alone, unless `is_captioned`: a heading stands above the table anyway.
    """
    return table_of(caption, columns, draw_rows(columns, rows), note, is_captioned)


def draw_rows(columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    """Each row as markup, the same whatever the table is sorted by."""
    opens, closes = zip(*(_cell_tags(column) for column in columns), strict=True)
    return [
        '<tr role="row">' + "".join([f"{a}{cell}{z}" for a, cell, z in zip(opens, row, closes, strict=True)]) + "</tr>\n"
        for row in rows
    ]


def table_of(
    caption: str, columns: Sequence[Column], drawn_rows: Iterable[str], note: str = "", is_captioned: bool = False
) -> SafeString:
    """A table of rows drawn before by `draw_rows`."""
    body = "".join(drawn_rows)
    head = "".join(_head(column) for column in columns)
    caption_class = "table__caption" if is_captioned else "hidden"
    under = f'<p class="table-note soft small">{escape(note)}</p>' if note else ""
    return mark_safe(
        f'<table class="table table--stack" role="table"><caption class="{caption_class}">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>{under}'
    )


def _cell_tags(column: Column) -> tuple[str, str]:
    number = ' class="is-number"' if column.is_number else ""
    if column.is_heading:
        return f'<th scope="row" role="rowheader"{number}><span class="table__value">', "</span></th>"
    return f'<td role="cell" data-label="{escape(column.label)}"{number}><span class="table__value">', "</span></td>"


def _head(column: Column) -> str:
    number = ' class="is-number"' if column.is_number else ""
    sorted_by = f' aria-sort="{column.sorted}"' if column.sorted else ""
    label = escape(column.label)
    if column.sort_url:
        arrow = {"ascending": "↑", "descending": "↓"}.get(column.sorted, "↕")
        arrow_span = f'<span class="table__arrow" aria-hidden="true">{arrow}</span>'
        label = f'<a class="table__sort" href="{escape(column.sort_url)}">{label}{arrow_span}</a>'
    return f'<th scope="col" role="columnheader"{number}{sorted_by}>{label}</th>'
