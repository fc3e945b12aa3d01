"""The columns `votes` and `score` must be what the ballots add up to."""

from __future__ import annotations

from ratusz.participation.budget.engine import tally
from ratusz.participation.budget.pabulib.contest import PabulibContest
from ratusz.participation.budget.pabulib.errors import PabulibError


def implied_scores(contest: PabulibContest) -> tuple[int, ...]:
    """Points of the places on a ranked ballot: max_length for the first place down to 1 (Kraków: 3, 2, 1); empty when unknown."""
    most = int(contest.meta.get("max_length", "0"))
    return tuple(range(most, 0, -1))


def check_tallies(contest: PabulibContest) -> None:
    """Raises PabulibError at the first project whose votes or score differ from the ballots."""
    ballots = contest.ballots
    if contest.ballot_type == "ranked" and ballots.points is None and implied_scores(contest):
        ballots = ballots.scored(implied_scores(contest))
    points, voters = tally(ballots, len(contest.projects))
    score_is_known = (
        not (contest.ballot_type == "ranked" and ballots.points is None) and contest.meta.get("default_score", "0") == "0"
    )
    for row, score, votes in zip(contest.projects, points, voters, strict=True):
        _compare(contest, row, "votes", votes)
        if score_is_known:
            _compare(contest, row, "score", score)


def _compare(contest: PabulibContest, row: dict[str, str], name: str, found: int) -> None:
    if name in row and int(row[name].removesuffix(".0")) != found:
        number = row["project_id"]
        raise PabulibError(f"{name}_differ", contest.lines.get(number, 0), number=number, expected=row[name], found=found)
