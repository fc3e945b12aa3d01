"""What the rules let stand on a ballot, who may run a vote, and age bands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.budget.engine import BallotRule, EditionRules
from ratusz.participation.budget.engine.access import access_faults
from ratusz.participation.budget.engine.validity import fault_of_one

MOST_POINTS = 1000
"""Far above every city's rules and far below what an array of the engine holds."""
COORDINATION = ("budget_coordinator", "head", "deputy_head")
COUNTING = ("budget_coordinator", "head")  # as in the budget's own pools
CHAIR = "committee_chair"
COMMITTEE = (CHAIR, "key_holder")
EVERYBODY = (*COORDINATION, *COMMITTEE)
DEEDS: Mapping[str, tuple[str, ...]] = {
    "see_vote": EVERYBODY,
    "prepare_vote": COORDINATION,
    "open_vote": COORDINATION,
    "close_vote": COORDINATION,
    "propose_extension": COORDINATION,
    "hold_ceremony": (CHAIR,),
    "set_limits": (*COORDINATION, CHAIR),
    "look_for_anomalies": EVERYBODY,
    "quarantine": EVERYBODY,
    "ask_annulment": EVERYBODY,
    "end_case": COMMITTEE,
    "decide_annulment": COMMITTEE,
    "decide_complaint": COMMITTEE,
    "end_verification": (CHAIR,),
    "open_ballots": (CHAIR,),
    "count_vote": COUNTING,
    "publish_vote": COUNTING,
}
"""Who does what: the Office runs the vote, the committee holds the key and decides about ballots."""
MOST_CHILDREN = 6
"""One guardian who says yes for more children is looked at; nothing is blocked."""
AT_A_POINT = ("desk_officer", *COORDINATION)
DEEDS_OF_REGISTER: Mapping[str, tuple[str, ...]] = {
    "see_register": COORDINATION,
    "bring_register": COORDINATION,
    "take_register": COORDINATION,
    "make_letters": COORDINATION,
    "decide_declaration": COORDINATION,
    "see_points": AT_A_POINT,
    "serve_at_point": AT_A_POINT,
    "type_paper": AT_A_POINT,
}
"""Who does what with register, declarations, points and paper."""
BANDS = ((18, "<18"), (30, "18-29"), (45, "30-44"), (60, "45-59"), (75, "60-74"))


class VoteRefused(Exception):
    """A deed of voting that cannot be done now; the message says why and what to do."""


class BallotRefused(VoteRefused):
    """The ballot does not keep to the rules; `faults` names the parts."""

    def __init__(self, faults: list[BallotFault]):
        super().__init__(", ".join(f"{fault.pool}: {fault.kind.value}" for fault in faults))
        self.faults = faults


class Closed(VoteRefused):
    """The database's clock stands outside the hours of the vote."""


class AlreadyVoted(VoteRefused):
    """The roll holds this voter already, and the first ballot is final."""


class AllVoid(AlreadyVoted):
    """The rules of the edition make all ballots of this voter void: the one in the box was annulled, this one was not taken."""


class AnotherVoter(VoteRefused):
    """The form was opened by one voter, and another one has come in since in the same browser."""


class Undecided(AlreadyVoted):
    """Two people are deciding whether the voter's ballot counts: what comes now may be sent again when they have."""


class FaultKind(Enum):
    """What is wrong with one part of a ballot."""

    EMPTY = "empty"
    UNKNOWN_POOL = "unknown pool"
    NOT_YOUR_DISTRICT = "pools the rules do not give"
    UNKNOWN_PROJECT = "unknown project"
    REPEATED_PROJECT = "repeated project"
    TOO_FEW = "too few projects"
    TOO_MANY = "too many projects"
    NO_POINTS = "no points"
    TOO_MANY_POINTS = "too many points"
    TOO_MANY_FOR_ONE = "too many points for one project"
    UNUSED_POINTS = "unused points"
    OVER_THE_POOL = "over the pool"


@dataclass(frozen=True)
class BallotFault:
    """One fault and the pool it is in; "" when it is the whole ballot's."""

    pool: str
    kind: FaultKind


@dataclass(frozen=True)
class PoolPart:
    """One pool's part of the ballot as it was frozen."""

    code: str
    level: str
    rule: BallotRule
    most_points: int | None
    budget: int
    numbers: tuple[str, ...]
    costs: tuple[int, ...]
    open_numbers: frozenset[str]
    """Projects one can vote for: those not withdrawn."""


@dataclass(frozen=True)
class BallotSheet:
    """All parts, and the rules by which one voter uses them."""

    rules: EditionRules
    parts: Mapping[str, PoolPart]


SECOND_BALLOT = "second_ballot"
"""Reason of the annulment that the rules themselves make where whoever casts two ballots has none."""
Choices = Mapping[str, Mapping[str, int]]
"""Code of the pool -> number of the project -> points."""


def used_parts(choices: Choices) -> dict[str, dict[str, int]]:
    """The choices without parts left empty."""
    return {pool: dict(given) for pool, given in choices.items() if given}


def check_ballot(sheet: BallotSheet, choices: Choices, district: str = "") -> list[BallotFault]:
    """What is wrong with the choices; nothing when they count. `district`: code of the pool of the voter's own place, if known."""
    used = used_parts(choices)
    if not used:
        return [BallotFault("", FaultKind.EMPTY)]
    unknown = [BallotFault(pool, FaultKind.UNKNOWN_POOL) for pool in used if pool not in sheet.parts]
    if unknown:
        return unknown
    found = [fault for pool, given in used.items() if (fault := _part_fault(sheet.parts[pool], given))]
    return found or _access(sheet, used, district)


class BallotChecks:
    """`check_ballot` for very many ballots of one sheet: equal parts, and equal sets of pools, are judged once."""

    def __init__(self, sheet: BallotSheet):
        self.sheet = sheet
        self._parts: dict[tuple[str, tuple[tuple[str, int, type], ...]], bool] = {}
        self._pools: dict[tuple[str, ...], bool] = {}

    def passes(self, choices: Choices) -> bool:
        """Whether the choices count."""
        used = used_parts(choices)
        return all(self._part_passes(pool, given) for pool, given in used.items()) and self._pools_pass(used)

    def _part_passes(self, pool: str, given: Mapping[str, int]) -> bool:
        # The types stand in the key: True is 1 for a dictionary, and is no number of points.
        key = (pool, tuple((number, points, type(points)) for number, points in given.items()))
        if key not in self._parts:
            part = self.sheet.parts.get(pool)
            self._parts[key] = part is not None and _part_fault(part, given) is None
        return self._parts[key]

    def _pools_pass(self, used: Choices) -> bool:
        """Whether one voter may use these pools together; the parts themselves are good already."""
        key = tuple(sorted(used))
        if key not in self._pools:
            self._pools[key] = bool(used) and not _access(self.sheet, used, "")
        return self._pools[key]


def _access(sheet: BallotSheet, used: Choices, district: str) -> list[BallotFault]:
    chosen: dict[str, list[str]] = {}
    for pool in used:
        chosen.setdefault(sheet.parts[pool].level, []).append(pool)
    own = {sheet.parts[district].level: district} if district in sheet.parts else {}
    levels = access_faults(sheet.rules, chosen, own)
    return [BallotFault(pool, FaultKind.NOT_YOUR_DISTRICT) for level in levels for pool in chosen[level]]


def _part_fault(part: PoolPart, given: Mapping[str, int]) -> BallotFault | None:
    if not all(isinstance(points, int) and not isinstance(points, bool) for points in given.values()):
        return BallotFault(part.code, FaultKind.NO_POINTS)
    if not all(number in part.open_numbers for number in given):
        return BallotFault(part.code, FaultKind.UNKNOWN_PROJECT)
    if any(points < 1 for points in given.values()):
        return BallotFault(part.code, FaultKind.NO_POINTS)
    if any(points > MOST_POINTS for points in given.values()) or (part.most_points and sum(given.values()) > part.most_points):
        return BallotFault(part.code, FaultKind.TOO_MANY_POINTS)
    if part.rule.type == "ranked" and sorted(given.values()) != list(range(1, len(given) + 1)):
        return BallotFault(part.code, FaultKind.REPEATED_PROJECT)
    if part.rule.type in ("choose1", "approval", "knapsack") and any(points != 1 for points in given.values()):
        return BallotFault(part.code, FaultKind.TOO_MANY_FOR_ONE)
    # On a ranked ballot the numbers are places.
    order = sorted(given, key=lambda number: given[number]) if part.rule.type == "ranked" else list(given)
    points = list(given.values()) if part.rule.type == "cumulative" else None
    found = fault_of_one(part.rule, [part.numbers.index(number) for number in order], points, part.costs, part.budget)
    return BallotFault(part.code, FaultKind[found.name]) if found else None


def age_band(age: int | None) -> str:
    """The published band of an age; "" when it is not known."""
    if age is None:
        return ""
    return next((band for end, band in BANDS if age < end), "75+")


def may(person: Any, deed: str, vote: Any = None, at: datetime | None = None) -> bool:
    """Whether a person may do a deed of a vote at a moment.

    The Office's roles count in its department. Members of the committee may come from anywhere; whoever runs the vote for the
    Office does nothing that is the committee's, even with a role in it: the two are different people.
    """
    if at is not None and deed in DEEDS_OF_REGISTER:
        roles = DEEDS_OF_REGISTER[deed]
        # Points of service stand in other units, as for signatures, projects and advice.
        is_at_a_point = roles == AT_A_POINT and holds_role(person, "desk_officer", at=at)
        return is_at_a_point or holds_department_role(person, *roles, at=at)
    if at is None or deed not in DEEDS:
        return False
    roles = DEEDS[deed]
    is_office = holds_department_role(person, *COORDINATION, at=at)
    if is_office:
        return holds_department_role(person, *(role for role in roles if role in COORDINATION), at=at)
    return holds_role(person, *(role for role in roles if role in COMMITTEE), at=at)
