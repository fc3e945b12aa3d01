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
    names, counts = list(BANDS), [known[band] for band in BANDS]
    while len(names) > 1 and min(counts) < LEAST:
        small = next(place for place, count in enumerate(counts) if count < LEAST)
        keep, gone = (small - 1, small) if small else (0, 1)
        names[keep] = f"{names[keep]}, {names[gone]}"
        counts[keep] += counts[gone]
        del names[gone], counts[gone]
    return dict(zip(names, counts, strict=True)) if counts[0] >= LEAST else {}
