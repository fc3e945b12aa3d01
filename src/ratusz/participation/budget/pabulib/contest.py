"""One contest as a Pabulib file holds it: texts as written, and the numbers the engine counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ratusz.participation.budget.engine import Ballots, Project

WITHDRAWN_COST = 99999999900
"""Grosze: the cost 999999999 zł marks a withdrawn project."""
_MONEY = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2}0*)?")
VOTE_TYPES = {
    "choose-1": "choose1",
    "approval": "approval",
    "ordinal": "ranked",
    "cumulative": "cumulative",
    "scoring": "cumulative",
}
"""Pabulib's vote_type to the engine's ballot.type."""


def grosze(text: str) -> int:
    """Grosze of "1250", "1250.5", "1250.50" złoty. ValueError for anything else."""
    if not _MONEY.fullmatch(text):
        raise ValueError(text)
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part[:2].ljust(2, "0") or "0")


def zlote(amount: int) -> str:
    """Złoty of an amount in grosze as the format writes them: no decimals where there are none."""
    whole, part = divmod(amount, 100)
    return f"{whole}.{part:02}" if part else str(whole)


@dataclass(frozen=True, eq=False)
class PabulibContest:
    """META, PROJECTS and VOTES. Rows are mappings without empty cells; `ballots` hold positions in `projects`."""

    meta: dict[str, str]
    projects: tuple[dict[str, str], ...]
    voters: tuple[str, ...]
    ballots: Ballots
    extras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns of VOTES besides voter_id, vote and points, one text a ballot."""
    lines: dict[str, int] = field(default_factory=dict, repr=False)
    """Line of each project in the file, for messages; not part of the data."""
    meta_lines: dict[str, int] = field(default_factory=dict, repr=False)
    """Line of each key of META."""

    def __eq__(self, other) -> bool:
        if not isinstance(other, PabulibContest):
            return NotImplemented
        return self._comparable() == other._comparable()

    __hash__ = None  # type: ignore[assignment]  # equality looks into arrays that may change

    def _comparable(self) -> tuple:
        points = None if self.ballots.points is None else self.ballots.points.tolist()
        filled = {name: column for name, column in self.extras.items() if any(column)}
        return self.meta, self.projects, self.voters, self.ballots.starts.tolist(), self.ballots.choices.tolist(), points, filled

    @property
    def numbers(self) -> list[str]:
        return [row["project_id"] for row in self.projects]

    @property
    def costs(self) -> list[int]:
        """Grosze, in the order of the projects."""
        return [grosze(row["cost"]) for row in self.projects]

    @property
    def budget(self) -> int:
        """Grosze of the pool."""
        return grosze(self.meta["budget"])

    @property
    def ballot_type(self) -> str:
        """The engine's word for the file's vote_type."""
        return VOTE_TYPES[self.meta["vote_type"]]

    @property
    def place(self) -> str:
        """Where the pool lies: city, district, or local (a part of a district)."""
        district, part = self.meta.get("district", ""), self.meta.get("subunit", "")
        if not district and not part:
            return "city"
        return "district" if not part or part == district else "local"

    @property
    def pool_name(self) -> str:
        return self.meta.get("subunit") or self.meta.get("district") or self.meta["unit"]

    @property
    def year(self) -> int | None:
        found = re.match(r"[0-9]{4}(?![0-9])", self.meta["instance"])
        return int(found[0]) if found else None

    @property
    def selected(self) -> dict[str, int] | None:
        """Project number to the file's `selected` (0 no, 1 yes, 2 special, 3 from a reserve); None when the winners are unknown."""
        if not any("selected" in row for row in self.projects):
            return None
        return {row["project_id"]: int(row.get("selected", "0")) for row in self.projects}

    def engine_projects(self) -> list[Project]:
        """The projects as the engine wants them; the agreed cost of a withdrawn one marks it so."""
        return [
            Project(row["project_id"], cost, category=row.get("category", ""), withdrawn=cost == WITHDRAWN_COST)
            for row, cost in zip(self.projects, self.costs, strict=True)
        ]


SIZES = {"large": "duże projekty", "small": "małe projekty"}
"""Parts of a district's pool, as some files name them in English after a bar."""


def pool_label(name: str) -> str:
    """A pool's name for people: "Cisowa | large" is "Cisowa, duże projekty"."""
    place, bar, size = name.rpartition(" | ")
    return f"{place}, {SIZES[size]}" if bar and size in SIZES else name
