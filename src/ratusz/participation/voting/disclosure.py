"""What may be published beside a plain ballot without pointing at anybody: the finest of a few levels at which no class is small.

A class is everybody of a pool with the same published age and sex. It needs at least `LEAST` people (k-anonymity) and two different
choices among them (l-diversity): five neighbours who all chose the same would have no secret. budget.md section 6, step 7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

BANDS = ("<18", "18-29", "30-44", "45-59", "60-74", "75+")
MERGED = {"<18": "<18", "18-29": "18-59", "30-44": "18-59", "45-59": "18-59", "60-74": "60+", "75+": "60+"}
LEAST, LEAST_CHOICES = 5, 2


@dataclass(frozen=True)
class OpenBallot:
    """One ballot of one pool with what is known beside it; empty age or sex: unknown. `choices`: anything comparable."""

    choices: Hashable
    age_band: str = ""
    sex: str = ""


def _all(ballot: OpenBallot) -> tuple[str, str]:
    return ballot.age_band, ballot.sex


def _without_sex(ballot: OpenBallot) -> tuple[str, str]:
    return ballot.age_band, ""


def _merged_bands(ballot: OpenBallot) -> tuple[str, str]:
    return MERGED.get(ballot.age_band, ""), ""


def _nothing(ballot: OpenBallot) -> tuple[str, str]:
    return "", ""


LEVELS: tuple[tuple[str, Callable[[OpenBallot], tuple[str, str]]], ...] = (
    ("age and sex", _all), ("age", _without_sex), ("merged age", _merged_bands), ("nothing", _nothing),
)  # fmt: skip
"""From the finest; the last one publishes choices alone, which is what the count needs."""


def is_safe(classes: Mapping[tuple[str, str], Sequence[OpenBallot]]) -> bool:
    """Whether every class is large and mixed enough."""
    return all(len(each) >= LEAST and len({ballot.choices for ballot in each}) >= LEAST_CHOICES for each in classes.values())


def level_for(ballots: Iterable[OpenBallot]) -> str:
    """Name of the finest level at which every class of these ballots (one pool) is safe; "nothing" always may."""
    known = list(ballots)
    for name, shown in LEVELS[:-1]:
        classes = defaultdict(list)
        for ballot in known:
            classes[shown(ballot)].append(ballot)
        if is_safe(classes):
            return name
    return LEVELS[-1][0]


def shown_at(level: str, ballot: OpenBallot) -> tuple[str, str]:
    """Age and sex as they are published at that level."""
    return dict(LEVELS)[level](ballot)


def by_band(ballots: Iterable[OpenBallot]) -> dict[str, int]:
    """How many ballots each band has, for statistics; a band with fewer than `LEAST` joins its neighbour until none is small."""
    known = Counter(ballot.age_band for ballot in ballots)
    return {", ".join(row.names): row.count for row in in_order({band: known[band] for band in BANDS})}


@dataclass(frozen=True)
class Row:
    """One row of a table that may be published: the classes it holds together, and how many they are."""

    names: tuple[str, ...]
    count: int


def in_order(counts: Mapping[str, int]) -> list[Row]:
    """Classes with an order, such as ages or hours: one with fewer than `LEAST` joins its neighbour until none is small.

    Nothing where even all together are too few.
    """
    rows = [Row((name,), count) for name, count in counts.items()]
    while len(rows) > 1 and min(row.count for row in rows) < LEAST:
        small = next(place for place, row in enumerate(rows) if row.count < LEAST)
        keep = small - 1 if small else 0
        rows[keep : keep + 2] = [Row(rows[keep].names + rows[keep + 1].names, rows[keep].count + rows[keep + 1].count)]
    return rows if rows and rows[0].count >= LEAST else []


def together(counts: Mapping[str, int]) -> list[Row]:
    """Classes without an order, such as districts: the small ones stand together, with the next smallest if need be.

    Never a small one alone: what is missing to the sum would tell it. Nothing where all together are too few.
    """
    rest = sorted((Row((name,), count) for name, count in counts.items() if count), key=lambda row: row.count)
    small: list[Row] = []
    while rest and (rest[0].count < LEAST or small and sum(row.count for row in small) < LEAST):
        small.append(rest.pop(0))
    joined = Row(tuple(name for name in counts if any(name in row.names for row in small)), sum(row.count for row in small))
    rows = [Row((name,), counts[name]) for name in counts if any(name in row.names for row in rest)]
    if not small:
        return rows
    return [*rows, joined] if joined.count >= LEAST else []


def bands_of_places(cells: Mapping[tuple[str, str], int]) -> tuple[str, list[tuple[Row, dict[str, int]]]]:
    """(place, age band) -> count as a table: the level of ages, then each place with its bands.

    All places have the same bands: with finer ones in some, the sum over the city would tell the small class of another.
    """
    places = together(_sums(cells, 0))
    for name in ("age", "merged age"):
        shown = dict(LEVELS)[name]
        table = [(row, _bands(cells, row, shown)) for row in places]
        if table and all(count >= LEAST for _row, bands in table for count in bands.values()):
            return name, table
    return LEVELS[-1][0], [(row, {}) for row in places]


def _sums(cells: Mapping[tuple[str, str], int], part: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, count in cells.items():
        found[key[part]] += count
    return dict(found)


def _bands(cells: Mapping[tuple[str, str], int], row: Row, shown: Callable[[OpenBallot], tuple[str, str]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (place, band), count in cells.items():
        if place in row.names and count:
            found[shown(OpenBallot((), band))[0]] += count
    return dict(found)
