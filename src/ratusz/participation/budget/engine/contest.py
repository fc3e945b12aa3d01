"""What is counted: projects, the pool's money, exclusion sets, and the decisions people took by hand."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Project:
    """A project on the ballot. `cost` in grosze; `area` and `category` matter to caps and guarantees only."""

    number: str
    cost: int
    area: str = ""
    category: str = ""
    withdrawn: bool = False

    def __post_init__(self):
        if self.cost < 0:
            raise ValueError(f"{self.number}: the cost is below 0")


@dataclass(frozen=True)
class Exclusion:
    """Projects of which at most one is built.

    higher_stays: a funded one excludes the rest. decision: only `survivor` may be funded.
    """

    numbers: frozenset[str]
    mode: str = "higher_stays"
    survivor: str = ""
    reference: str = ""

    def __post_init__(self):
        if self.mode not in ("higher_stays", "decision"):
            raise ValueError(f"exclusion mode {self.mode!r}")
        if self.mode == "decision" and self.survivor not in self.numbers:
            raise ValueError("an exclusion by decision names its survivor")


@dataclass(frozen=True)
class TieDecision:
    """The order of tied projects as a commission settled or drew it, with the reference of its minutes."""

    order: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True)
class Decisions:
    """What people decided about one contest.

    `seed` is the published seed of lots; `reserve_funds` in grosze, None = not limited here.
    """

    seed: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    ties: tuple[TieDecision, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    reserve: tuple[str, ...] = ()
    """Numbers funded from outside the pool by decision (reserve_next), in order."""
    reserve_funds: int | None = None
    references: dict[str, str] = field(default_factory=dict)
    """Project number to the reference of the decision that concerns it."""
