"""The walk down the ranked list: skip, stop, stop with top-up; exclusions, caps and guarantees on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ratusz.participation.budget.engine.contest import Decisions, Project
from ratusz.participation.budget.engine.outcome import Reason
from ratusz.participation.budget.engine.rules import Rules, WinnersCap


@dataclass(frozen=True)
class Step:
    """What the walk did with one project, and the numbers it saw. Money in grosze."""

    reason: Reason
    left_before: int | None = None
    left_after: int | None = None
    from_reserve: int = 0
    stopped_by: str = ""
    excluded_by: str = ""
    cap: str = ""
    limit: int | None = None
    guaranteed: bool = False


@dataclass
class Walk:
    """State of one walk. `reserve` None means that the reserve is not limited here."""

    projects: Sequence[Project]
    rules: Rules
    decisions: Decisions
    left: int
    reserve: int | None
    steps: dict[int, Step] = field(default_factory=dict)
    funded: list[int] = field(default_factory=list)
    stopped_by: str = ""

    def go(self, order: Iterable[int], promised: frozenset[int] = frozenset()) -> dict[int, Step]:
        """Walks `order` (positions); `promised` projects are guaranteed: their money is set aside at the start."""
        for position in promised:
            self.left -= self.projects[position].cost
        for position in order:
            self.steps[position] = self._guaranteed(position) if position in promised else self._visit(position)
        return self.steps

    def _guaranteed(self, position: int) -> Step:
        self.funded.append(position)
        before = self.left + self.projects[position].cost
        return Step(Reason.FUNDED, left_before=before, left_after=self.left, guaranteed=True)

    def _visit(self, position: int) -> Step:
        passed = barred(position, self.projects, self.funded, self.rules, self.decisions)
        if passed:
            return replace(passed, left_before=self.left)
        if self.stopped_by:
            return Step(Reason.AFTER_STOP, left_before=self.left, stopped_by=self.stopped_by)
        cost = self.projects[position].cost
        if cost <= self.left:
            before, self.left = self.left, self.left - cost
            self.funded.append(position)
            return Step(Reason.FUNDED, left_before=before, left_after=self.left)
        return self._misfit(position, cost)

    def _misfit(self, position: int, cost: int) -> Step:
        if self.rules.selection == "skip":
            return Step(Reason.NO_MONEY, left_before=self.left)
        self.stopped_by = self.projects[position].number
        gap = cost - self.left
        enough_left = self.left * 100 >= self.rules.topup * cost
        if self.rules.selection == "stop_topup" and enough_left and (self.reserve is None or gap <= self.reserve):
            before, self.left = self.left, 0
            self.reserve = None if self.reserve is None else self.reserve - gap
            self.funded.append(position)
            return Step(Reason.TOP_UP, left_before=before, left_after=0, from_reserve=gap)
        return Step(Reason.NO_MONEY, left_before=self.left)


def barred(position: int, projects: Sequence[Project], funded: Sequence[int], rules: Rules, decisions: Decisions) -> Step | None:
    """The step of a project that an exclusion or a full cap passes by; None when it may be funded. It never stops the walk."""
    number = projects[position].number
    for exclusion in decisions.exclusions:
        if number not in exclusion.numbers:
            continue
        if exclusion.mode == "decision" and number != exclusion.survivor:
            return Step(Reason.EXCLUDED, excluded_by=exclusion.survivor)
        rival = next((projects[p].number for p in funded if projects[p].number in exclusion.numbers), None)
        if rival:
            return Step(Reason.EXCLUDED, excluded_by=rival)
    for cap in rules.winners_caps:
        if _counts(projects[position], cap) and _taken(projects, funded, cap, projects[position]) >= cap.most:
            return Step(Reason.CAPPED, cap=getattr(projects[position], cap.by), limit=cap.most)
    return None


def _counts(project: Project, cap: WinnersCap) -> bool:
    return not cap.only or project.category == cap.only


def _taken(projects: Sequence[Project], funded: Sequence[int], cap: WinnersCap, project: Project) -> int:
    place = getattr(project, cap.by)
    return sum(1 for p in funded if getattr(projects[p], cap.by) == place and _counts(projects[p], cap))


def walk(projects: Sequence[Project], order: Sequence[int], budget: int, rules: Rules, decisions: Decisions) -> dict[int, Step]:
    """Steps by position. With a guarantee the walk is repeated with one more promised project until every area that can
    has a winner.

    The law gives no text for the guarantee of Lublin 2018; this reading sets the promised project's money aside before the walk,
    so that the pool is never exceeded.
    """
    promised: frozenset[int] = frozenset()
    while True:
        state = Walk(projects, rules, decisions, budget, decisions.reserve_funds)
        state.go(order, promised)
        more = _promise(projects, order, budget, rules, state, promised) if rules.guarantee is not None else None
        if more is None:
            return _with_reserve(projects, order, rules, decisions, state)
        promised |= {more}


def _promise(projects, order, budget: int, rules: Rules, state: Walk, promised: frozenset[int]) -> int | None:
    """The best project an area without winner is promised next: within the guarantee, payable beside those promised."""
    served = {projects[p].area for p in state.funded}
    room = budget - sum(projects[p].cost for p in promised)
    for position in order:
        project = projects[position]
        if not project.area or project.area in served or position in promised:
            continue
        if project.cost <= min(rules.guarantee, room) and state.steps[position].reason in (Reason.NO_MONEY, Reason.AFTER_STOP):
            return position
    return None


def _with_reserve(projects, order, rules: Rules, decisions: Decisions, state: Walk) -> dict[int, Step]:
    """Projects funded from outside the pool by decision, in the order of counting; the reserve must hold them, the rules too."""
    if decisions.reserve and not rules.reserve_next:
        raise ValueError("these rules know no funding from the reserve by decision (reserve_next)")
    position_of = {projects[p].number: p for p in order}
    places = [order.index(position_of[number]) for number in decisions.reserve if number in position_of]
    for number in decisions.reserve:
        position = position_of.get(number)
        if position is None or state.steps[position].reason.wins:
            raise ValueError(f"{number}: not a project that the reserve could still fund")
        cost = projects[position].cost
        if state.reserve is not None:
            if cost > state.reserve:
                raise ValueError(f"{number}: the reserve holds {state.reserve} gr, the project costs {cost} gr")
            state.reserve -= cost
        state.steps[position] = Step(Reason.RESERVE, left_before=state.steps[position].left_before, from_reserve=cost)
    if places != sorted(places):
        raise ValueError(f"the reserve funds in the order of counting, not {', '.join(decisions.reserve)}")
    return state.steps
