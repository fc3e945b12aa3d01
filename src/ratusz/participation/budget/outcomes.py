"""From the counting engine's outcome to rows of a result, unsaved."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ratusz.participation.budget.engine import Outcome, SharesReport, Tie
from ratusz.participation.budget.engine import ProjectResult as End
from ratusz.participation.budget.models import Pool, PoolResult, Project, ProjectResult

NUMBERS = ("left_after", "threshold", "from_reserve", "stopped_by", "excluded_by", "cap", "limit", "guaranteed", "reference")
EXACT = ("effective_votes", "payment")


def result_rows(pool: Pool, outcome: Outcome, projects: list[Project]) -> tuple[PoolResult, list[ProjectResult]]:
    """The unsaved result of a pool and its projects' ends, in the order of counting. Money in grosze."""
    by_number = {project.number: project for project in projects}
    ends, is_walked = _in_order(outcome), outcome.shares is not None and outcome.shares.walk_won
    result = PoolResult(
        pool=pool,
        ballots=outcome.ballots,
        points=sum(end.points for end in outcome.projects),
        budget_grosze=outcome.budget,
        spent_grosze=outcome.spent,
        left_grosze=outcome.left,
        projects_count=len(outcome.projects),
        funded_count=len(outcome.winners),
        ties=[_tie(tie) for tie in outcome.ties],
        shares=_shares(outcome.shares),
        rules=pool.rules,
        waits=outcome.waits,
    )
    return result, [
        _end(result, by_number[end.number], end, position, place, {"decided_by": "walk"} if is_walked else {})
        for position, (place, end) in enumerate(ends)
    ]


def _in_order(outcome: Outcome) -> list[tuple[int | None, End]]:
    """Place and end in the order of counting; with Equal Shares that of buying, and what was not bought has no place."""
    shares = outcome.shares
    if shares is None or shares.walk_won:
        return [(end.rank, end) for end in outcome.projects]
    bought = [*shares.purchases, *shares.filled]
    places = {number: place for place, number in enumerate(bought, 1)}
    order = [outcome[number] for number in bought] + [end for end in outcome.projects if end.number not in places]
    return [(places.get(end.number), end) for end in order]


def _end(
    result: PoolResult, project: Project, end: End, position: int, place: int | None, decided: dict[str, str]
) -> ProjectResult:
    return ProjectResult(
        result=result,
        project=project,
        position=position,
        place=place,
        points=end.points,
        voters=end.voters,
        outcome=end.reason.value,
        cost_grosze=end.cost,
        paid_grosze=end.from_pool,
        left_before_grosze=end.left_before,
        numbers=_numbers(end) | decided,
    )


def _numbers(end: End) -> dict[str, Any]:
    """The numbers that bear on the reason; empty ones are left out, fractions are texts like "7/3"."""
    plain = {name: getattr(end, name) for name in NUMBERS if getattr(end, name) not in (None, "", 0, False)}
    return plain | {name: str(getattr(end, name)) for name in EXACT if getattr(end, name) is not None}


def _tie(tie: Tie) -> dict[str, Any]:
    return asdict(tie) | {"numbers": list(tie.numbers), "settled_by": list(tie.settled_by)}


def _shares(report: SharesReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    plain = asdict(report)
    plain["share"] = str(report.share)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}
