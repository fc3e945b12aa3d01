"""One file: which rules, the count, and the comparison with the file's `selected`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ratusz.participation.budget.engine import (
    BallotRule,
    Decisions,
    EqualShares,
    Outcome,
    Preset,
    Reason,
    Rules,
    Threshold,
    count,
    faults,
    preset_for,
)
from ratusz.participation.budget.pabulib import PabulibContest
from ratusz.participation.budget.pabulib.tallies import implied_scores
from ratusz.participation.budget.recount.decisions import Recorded, on_record

RULES_OF_FILES = {
    "greedy": "skip",
    "greedy-threshold": "skip",
    "greedy-exclusive": "skip",
    "greedy-no-skip": "stop",
    "equalshares": "mes",
    "equalshares-comparison": "mes",
    "equalshares/add1": "mes",
    "equalshares/add1-comparison": "mes",
}


class NoRules(ValueError):
    """The contest can't be counted: no preset fits and the file's own `rule` is unknown, or the decisions are about another one."""


@dataclass(frozen=True)
class Recount:
    """A counted file. `funded_here` and `funded_there`: numbers where the count and the file disagree."""

    path: Path
    contest: PabulibContest
    rules_name: str
    outcome: Outcome
    recorded: Recorded
    odd_ballots: int
    """Ballots in the file that break the rules' own limits; they are counted, as the city counted them."""
    funded_here: tuple[str, ...] = ()
    funded_there: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """Marked 2 or 3 in the file and not funded by the count: special cases outside the pool."""

    @property
    def comparable(self) -> bool:
        return self.contest.selected is not None

    @property
    def identical(self) -> bool:
        return self.comparable and not self.funded_here and not self.funded_there

    @property
    def explained(self) -> bool:
        """Whether every difference is a known deviation of the published result."""
        different = [*self.funded_here, *self.funded_there]
        return bool(different) and all(number in self.recorded.deviations for number in different)


def rules_for(contest: PabulibContest, preset: Preset | None = None) -> tuple[str, Rules]:
    """(name, rules): of the preset given, else of the city's preset for the year, else as the file itself says. Raises NoRules."""
    city, year = contest.meta["unit"], contest.year
    found = preset or (preset_for(city, year) if year else None)
    if found:
        try:
            level = found.level_of(contest.place, contest.pool_name)
        except KeyError as error:
            raise NoRules(f"zestaw zasad {found.code} nie ma puli takiej jak „{contest.pool_name}”") from error
        return found.code, found.rules.level(level).rules
    return "zasady z pliku", rules_of_file(contest)


def rules_of_file(contest: PabulibContest) -> Rules:
    """Rules that META states: ballot, threshold, selection; ties by the cheaper. Raises NoRules."""
    meta, kind = contest.meta, contest.ballot_type
    selection = RULES_OF_FILES.get(meta["rule"])
    if selection is None:
        raise NoRules(
            f"nie ma zestawu zasad dla: {meta['unit']} {meta['instance']}, a reguły „{meta['rule']}” z pliku nie umiem liczyć"
        )
    by_points = kind in ("cumulative", "ranked")
    least = int(meta.get("min_project_score_threshold", "0"))
    completion = "add1_exhaustive" if "add1" in meta["rule"] else "none"
    return Rules(
        ballot=BallotRule(kind, scores=implied_scores(contest) or ((1,) if kind == "ranked" else ())),
        threshold=Threshold(("points" if by_points else "votes") if least else "none", least),
        rank_key="points" if by_points else "voters",
        selection=selection,
        tie_chain=("cheaper", "more_voters", "lot"),
        mes=EqualShares(completion, comparison=meta["rule"].endswith("comparison")),
    )


def recount(path: Path, contest: PabulibContest, preset: Preset | None = None, recorded: Recorded | None = None) -> Recount:
    """Counts a contest from its ballots and compares. Raises NoRules, also when a decision does not fit."""
    name, rules = rules_for(contest, preset)
    known = recorded if recorded is not None else on_record(contest.meta["unit"], contest.year, contest.pool_name)
    projects = contest.engine_projects()
    _check_decisions(known.decisions, contest)
    try:
        outcome = count(rules, contest.budget, projects, contest.ballots, known.decisions)
    except ValueError as error:
        # Everything else was checked: what is left is a reserve that these rules or this order do not know.
        raise NoRules(f"decyzja o rezerwie nie pasuje do zasad „{name}” albo do kolejności; popraw plik decyzji") from error
    odd = int(np.count_nonzero(faults(rules.ballot, contest.ballots, contest.costs, contest.budget)))
    here, there, aside = compare(contest, rules, outcome, known.decisions)
    return Recount(path, contest, name, outcome, known, odd, here, there, aside)


def _check_decisions(decisions: Decisions, contest: PabulibContest) -> None:
    parts = [part.numbers for part in decisions.exclusions] + [part.order for part in decisions.ties]
    strange = set(decisions.withdrawn).union(decisions.reserve, *parts).difference(contest.numbers)
    if strange:
        raise NoRules(f"decyzje wymieniają projekty, których w tej puli nie ma: {', '.join(sorted(strange))}")


def compare(contest: PabulibContest, rules: Rules, outcome: Outcome, decisions: Decisions) -> tuple[tuple, tuple, tuple]:
    """Numbers funded by the count alone, by the file alone, and set aside by the file as special.

    `selected` 1 is funded. 2 is a top-up where the rules know one; elsewhere it marks a case outside the count (in Katowice:
    fits the money, below the threshold, not funded; in Gdynia: an award for turnout). 3 is funded from a reserve by decision.
    """
    selected = contest.selected
    if selected is None:
        return (), (), ()
    here, there, aside = [], [], []
    for result in outcome.projects:
        mark = selected[result.number]
        topped = mark == 2 and rules.selection == "stop_topup"
        decided = mark == 3 and result.number in decisions.reserve
        expected = mark == 1 or topped or decided
        if result.wins and not expected:
            here.append(result.number)
        elif expected and (not result.wins or (topped and result.reason is not Reason.TOP_UP)):
            there.append(result.number)
        elif mark in (2, 3) and not result.wins:
            aside.append(result.number)
    return tuple(here), tuple(there), tuple(aside)
