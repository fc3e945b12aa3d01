"""The result of a count: one reason a project with the numbers behind it, ties, money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Reason(StrEnum):
    """Why a project is, or is not, funded. Each project has exactly one."""

    FUNDED = "funded"
    TOP_UP = "top_up"
    """The first that did not fit, funded with the gap taken from the reserve."""
    RESERVE = "reserve"
    """Funded from outside the pool by decision."""
    BELOW_THRESHOLD = "below_threshold"
    NO_MONEY = "no_money"
    AFTER_STOP = "after_stop"
    EXCLUDED = "excluded"
    CAPPED = "capped"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    """Its cost breaks the floor or the cap."""

    @property
    def wins(self) -> bool:
        return self in (Reason.FUNDED, Reason.TOP_UP, Reason.RESERVE)


@dataclass(frozen=True)
class ProjectResult:
    """One project's end. Money in grosze; numbers that do not bear on the reason are None."""

    number: str
    reason: Reason
    cost: int
    points: int
    voters: int
    rank: int | None = None
    """Place in the order of counting, from 1; None when the project was out before it."""
    left_before: int | None = None
    """Money left in the pool when the walk came to it; with Equal Shares, what its supporters' purses held together."""
    left_after: int | None = None
    threshold: int | None = None
    """The support it needed: points or ballots, as the threshold's kind says."""
    from_reserve: int = 0
    stopped_by: str = ""
    """after_stop: the project at which the walk ended."""
    excluded_by: str = ""
    cap: str = ""
    """capped: the area or category that was full. ineligible: `floor` or `cap`."""
    limit: int | None = None
    """capped: winners allowed. ineligible: the limit in grosze."""
    guaranteed: bool = False
    reference: str = ""
    effective_votes: Fraction | None = None
    """Equal Shares: e = cost / λ at purchase."""
    payment: Fraction | None = None
    """Equal Shares: λ in grosze, the most one supporter paid for a point of support."""

    @property
    def wins(self) -> bool:
        return self.reason.wins

    @property
    def from_pool(self) -> int:
        """Grosze taken from the pool."""
        return self.cost - self.from_reserve if self.wins else 0


@dataclass(frozen=True)
class Tie:
    """Projects with equal support, in the order the chain gave. Decisive: another order changes the set of winners."""

    numbers: tuple[str, ...]
    support: int
    settled_by: tuple[str, ...]
    """The links of the chain that separated them, `decision` for a recorded order."""
    decisive: bool
    waits: bool
    """Decisive and left to lot or manual without a recorded decision: the result may not be published yet."""
    reference: str = ""


@dataclass(frozen=True)
class SharesReport:
    """What Equal Shares did: each ballot's share, the purchases in order, how it ended, the comparison with the walk."""

    share: Fraction
    """Grosze in each ballot's purse in the run that stands."""
    purchases: tuple[str, ...]
    runs: int
    ended_by: str
    """none, exhaustive, exceeded or all_bought."""
    filled: tuple[str, ...] = ()
    prefer_shares: int | None = None
    prefer_walk: int | None = None
    walk: tuple[str, ...] | None = None
    walk_won: bool = False


@dataclass(frozen=True)
class Outcome:
    """The count of one contest. `projects` is in order of counting, then those that were out before it. Money in grosze."""

    budget: int
    ballots: int
    projects: tuple[ProjectResult, ...]
    ties: tuple[Tie, ...] = ()
    shares: SharesReport | None = None

    @property
    def spent(self) -> int:
        return sum(project.from_pool for project in self.projects)

    @property
    def left(self) -> int:
        return self.budget - self.spent

    @property
    def from_reserve(self) -> int:
        return sum(project.from_reserve for project in self.projects)

    @property
    def winners(self) -> tuple[str, ...]:
        """Numbers of the funded projects, in order of counting."""
        return tuple(project.number for project in self.projects if project.wins)

    @property
    def waits(self) -> bool:
        """Whether a decisive tie waits for a recorded decision."""
        return any(tie.waits for tie in self.ties)

    def __getitem__(self, number: str) -> ProjectResult:
        for project in self.projects:
            if project.number == number:
                return project
        raise KeyError(number)
