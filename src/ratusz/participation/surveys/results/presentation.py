"""Tables of results in the words and cells of a page: for everybody and for staff alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.words import grouped
from ratusz.foundation.territory.city_map import city_map
from ratusz.foundation.territory.tiles import TilePlace, tile_places
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.results.heard import Comparison
from ratusz.participation.surveys.results.papers import heard_table, heard_words
from ratusz.participation.surveys.results.reading import GroupResults
from ratusz.participation.surveys.results.tables import HIDDEN, Line, ResultTable, told
from ratusz.ui.parts import Cell, Column, Tile


def shown_groups(found: list[GroupResults]) -> list[dict[str, Any]]:
    """Each group with its tables ready to be drawn."""
    return [
        {"name": group.name, "answers": grouped(group.answers), "tables": [_shown(table) for table in group.tables]}
        for group in found
    ]  # fmt: skip


def _shown(table: ResultTable) -> dict[str, Any]:
    is_across = len(table.columns) > 1
    columns, rows = _columns(table, is_across), [_row(line, is_across) for line in table.lines]
    return {
        "title": f"{table.number}. {table.text}", "base": grouped(table.base), "notes": table.notes, "map": _drawn(table),
        "tiles": _tiles(table),
        "darker": table.columns[0] if any(line.shape for line in table.lines) else "",
        "columns": columns, "rows": rows, "listed": [[_text(row[column.key]) for column in columns] for row in rows],
        "layout": "scroll" if is_across else "stack",
    }  # fmt: skip


def _columns(table: ResultTable, is_across: bool) -> list[Column]:
    heading = [Column("label", _("Answer"), is_heading=True), *([Column("base", "n", is_number=True)] if is_across else [])]
    return heading + [Column(f"c{number}", label, is_number=True) for number, label in enumerate(table.columns)]


def _row(line: Line, is_across: bool) -> dict[str, Any]:
    cells = {f"c{number}": _cell(count, line, is_across) for number, count in enumerate(line.counts)}
    return {"label": line.label, "base": HIDDEN if line.base is None else grouped(line.base), **cells}


def _text(cell: Any) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _cell(count: int | None, line: Line, is_across: bool) -> Any:
    share = count / line.base if count is not None and line.base and not is_across else None
    return Cell(told(count, line.base), share=share)


def _drawn(table: ResultTable) -> Any:
    """The map of sectors, darker where the first answer has a greater share, with its counts; the table below says the same."""
    lines = [line for line in table.lines if line.shape]
    if not lines:
        return None
    drawn = city_map([(_on_map(line, table), line.shape) for line in lines if line.shape], is_close=True)
    levels = _levels([line.counts[0] / line.base if line.counts[0] is not None and line.base else None for line in lines])
    return replace(drawn, known=[replace(shape, level=level) for shape, level in zip(drawn.known, levels, strict=True)])


def _levels(shares: list[float | None]) -> list[int]:
    """1 to 4 from the lowest of the shares to the highest; 0 for a hidden one."""
    shown = [share for share in shares if share is not None]
    low, span = (min(shown), max(shown) - min(shown)) if shown else (0.0, 0.0)
    return [0 if share is None else 4 if not span else min(4, 1 + int(4 * (share - low) / span)) for share in shares]


def _tiles(table: ResultTable) -> list[Tile]:
    """Districts as tiles, darker where more people marked a place; hidden ones without a shade."""
    places = tile_places()
    lines = [line for line in table.lines if line.district in places]
    most = max((line.counts[0] or 0 for line in lines), default=0)
    return [_tile(line, places[line.district], most) for line in lines] if most else []


def _tile(line: Line, place: TilePlace, most: int) -> Tile:
    count = line.counts[0]
    label = HIDDEN if count is None else grouped(count)
    return Tile(
        number=line.district, short_name=place.short_name, name=line.label, url="", column=place.column, row=place.row,
        value=told(count, line.base), label=label, level=-(-4 * (count or 0) // most),
    )  # fmt: skip


def _on_map(line: Line, table: ResultTable) -> str:
    counts = ", ".join(f"{name}: {told(count, line.base)}" for name, count in zip(table.columns, line.counts, strict=True))
    return f"{line.label} – {counts}"


def shown_heard(found: Comparison, survey: Survey) -> dict[str, Any]:
    """One comparison with who lives in the city: its title, columns, rows and words."""
    labels = [found.trait.title, _("People"), _("Answers"), _("Share of people"), _("Share of answers"), _("Ratio"), _("Verdict")]
    return {
        "title": found.trait.title, "columns": labels, "rows": heard_table(found).rows, "words": heard_words(found, survey),
    }  # fmt: skip
