"""The rules of one contest and of an edition as plain data: every parameter of the counting engine, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP
from fractions import Fraction

BALLOT_TYPES = ("choose1", "approval", "cumulative", "ranked", "knapsack")
THRESHOLDS = ("none", "votes", "points", "percent", "cost_share")
SELECTIONS = ("skip", "stop", "stop_topup", "mes")
TIE_LINKS = ("cheaper", "dearer", "more_voters", "earlier_number", "lot", "manual")
COMPLETIONS = ("none", "add1_exhaustive", "add1_until_exceed")
ACCESS = ("own", "one", "up_to_n", "any")
DOUBLE_VOTE = ("first", "last", "all_void")
ROUNDING_MODES = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}


class RulesError(ValueError):
    """A parameter has a value the engine does not know. `parameter`, `value` and `allowed` let a caller say it in its own words."""

    def __init__(self, message: str, parameter: str = "", value: str = "", allowed: tuple[str, ...] = ()):
        self.parameter, self.value, self.allowed = parameter, value, allowed
        super().__init__(message)


def _one_of(value: str, known: tuple[str, ...], name: str) -> None:
    if value not in known:
        raise RulesError(f"{name}: {value!r} is not one of {', '.join(known)}", name, str(value), known)


@dataclass(frozen=True)
class BallotRule:
    """What one voter may mark in one pool's part. Limits count different projects; None is no limit."""

    type: str = "approval"
    min: int = 1
    max: int | None = None
    exact: bool = False
    """Refuse a ballot with fewer than `max` projects (Kraków: exactly three)."""
    points: int | None = None
    """Cumulative: points one voter has."""
    points_per_project: int | None = None
    allow_unused: bool = True
    scores: tuple[int, ...] = ()
    """Ranked: points of the first place, the second …"""
    order: str = "number"
    """Order on the ballot, for display only: number, or lot with a published seed."""

    def __post_init__(self):
        _one_of(self.type, BALLOT_TYPES, "ballot.type")
        _one_of(self.order, ("number", "lot"), "ballot.order")
        if self.type == "ranked" and not self.scores:
            raise RulesError("ballot.scores: a ranked ballot needs its score vector", "ballot.scores")
        if self.exact and self.max is None:
            raise RulesError("ballot.exact needs ballot.max", "ballot.max")


@dataclass(frozen=True)
class Threshold:
    """The least support a project needs; the test is always ≥.

    votes n, points n: that many. percent p: of the valid ballots of the pool, rounded up.
    cost_share f: ballots for it / all ballots ≥ cost / (f · pool).
    """

    kind: str = "none"
    value: Fraction = Fraction(0)

    def __post_init__(self):
        _one_of(self.kind, THRESHOLDS, "threshold")
        if self.kind == "cost_share" and self.value <= 0:
            raise RulesError("threshold cost_share needs a share above 0", "threshold.value")


@dataclass(frozen=True)
class EqualShares:
    """Options of the Method of Equal Shares. `unit` is the step of add1 in grosze."""

    completion: str = "add1_exhaustive"
    unit: int = 100
    greedy_fill: bool = False
    comparison: bool = False

    def __post_init__(self):
        _one_of(self.completion, COMPLETIONS, "mes.completion")
        if self.unit <= 0:
            raise RulesError("mes.unit must be above 0", "mes.unit")


@dataclass(frozen=True)
class WinnersCap:
    """At most `most` winners in each area (or category); with `only`, counted among projects of that category alone."""

    by: str
    most: int
    only: str = ""

    def __post_init__(self):
        _one_of(self.by, ("area", "category"), "winners_cap.by")


@dataclass(frozen=True)
class CostLimits:
    """Floor and cap of a cost: grosze and/or percent of the pool. The lower of two caps holds, the higher of two floors."""

    floor: int | None = None
    floor_percent: Fraction | None = None
    cap: int | None = None
    cap_percent: Fraction | None = None


@dataclass(frozen=True)
class Rounding:
    """Unit of money in grosze (100 = 1 zł) and how a computed sum is brought to it."""

    unit: int = 100
    mode: str = "half_up"

    def __post_init__(self):
        _one_of(self.mode, tuple(ROUNDING_MODES), "rounding.mode")

    def apply(self, amount: Fraction) -> int:
        """An exact amount in grosze to whole units, in grosze."""
        units = Fraction(amount) / self.unit
        whole = units.numerator // units.denominator
        rest = units - whole
        up = {"down": False, "up": rest > 0, "half_up": rest >= Fraction(1, 2)}[self.mode]
        return (whole + up) * self.unit


@dataclass(frozen=True)
class Rules:
    """The rules of one contest (one pool in one edition)."""

    ballot: BallotRule = field(default_factory=BallotRule)
    threshold: Threshold = field(default_factory=Threshold)
    rank_key: str = "voters"
    selection: str = "skip"
    topup: Fraction = Fraction(80)
    """stop_topup: percent of the first misfit's cost that must be left for it to be funded with help of the reserve."""
    reserve_next: bool = False
    """Whether a decision may fund further projects, in order, from outside the pool."""
    tie_chain: tuple[str, ...] = ("lot",)
    winners_caps: tuple[WinnersCap, ...] = ()
    guarantee: int | None = None
    """One project of at most this cost (grosze) is guaranteed to an area with no winner."""
    cost: CostLimits = field(default_factory=CostLimits)
    rounding: Rounding = field(default_factory=Rounding)
    mes: EqualShares = field(default_factory=EqualShares)

    def __post_init__(self):
        _one_of(self.rank_key, ("points", "voters"), "rank_key")
        _one_of(self.selection, SELECTIONS, "selection")
        for link in self.tie_chain:
            _one_of(link, TIE_LINKS, "tie_chain")


@dataclass(frozen=True)
class Leftover:
    """One step of what happens to money left in a pool; steps run in their order.

    keep: `percent` of the leftover goes to the same pool next year. bonus: `percent` of the leftovers of the pools that are not
    rewarded makes a pot, shared by `split` (percents) among the pools with the best turnout, which keep all of theirs.
    to_city: added to the city-wide pool before it is counted. to_best_turnout: to the pool with the best turnout of the same
    edition, which is then recounted.
    """

    kind: str
    percent: Fraction = Fraction(100)
    split: tuple[Fraction, ...] = ()

    def __post_init__(self):
        _one_of(self.kind, ("keep", "to_city", "to_best_turnout", "bonus"), "leftover.kind")


@dataclass(frozen=True)
class Level:
    """One floor of the pool tree (city, district, local, group …): its rules, and which of its pools one voter may use."""

    code: str
    rules: Rules
    access: str = "one"
    access_most: int | None = None
    """With up_to_n: how many pools of this level."""
    parent: str = ""

    def __post_init__(self):
        _one_of(self.access, ACCESS, "access")
        if self.access == "up_to_n" and not self.access_most:
            raise RulesError("access up_to_n needs access_most", "access_most")


@dataclass(frozen=True)
class EditionRules:
    """The rules of a whole edition: its levels of pools, double votes, leftovers."""

    levels: tuple[Level, ...]
    double_vote: str = "first"
    leftover: tuple[Leftover, ...] = ()

    def __post_init__(self):
        _one_of(self.double_vote, DOUBLE_VOTE, "double_vote")

    def level(self, code: str) -> Level:
        """The level of that code; KeyError when there is none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise KeyError(code)
