"""Equal Shares: anchors, ties that floating point would miss, purses, completions, fill and comparison."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.participation.budget.engine import (
    BallotRule,
    Ballots,
    Decisions,
    EqualShares,
    Exclusion,
    Project,
    Reason,
    Rules,
    TieDecision,
    count,
)
from ratusz.participation.budget.engine.electorate import Electorate, fold
from ratusz.participation.budget.engine.purses import Run

MES = Rules(selection="mes", tie_chain=("cheaper", "more_voters", "lot"), mes=EqualShares("none"))


def counted(rules, budget, costs, votes, decisions=None, points=None):
    """costs: number to złoty; votes: one text of one-letter numbers a ballot."""
    projects = [Project(number, cost * 100) for number, cost in costs.items()]
    return count(rules, budget * 100, projects, Ballots.of(list(costs), votes, points), decisions)


def test_each_purchase_is_paid_equally_by_those_who_can():
    outcome = counted(MES, 100, {"A": 40, "B": 13, "C": 90}, ["AB", "AB", "A", "C", "C"])
    assert outcome.shares.purchases == ("A", "B")
    assert (outcome["A"].effective_votes, outcome["A"].payment) == (3, Fraction(4000, 3))
    # The two supporters of B have 20 - 13.33 zł left each, together 13.33 zł.
    assert (outcome["B"].effective_votes, outcome["B"].payment, outcome["C"].reason) == (2, 6_50, Reason.NO_MONEY)


def test_a_supporter_who_cannot_pay_the_part_pays_all_there_is():
    outcome = counted(MES, 60, {"A": 20, "B": 25}, ["A", "AB", "B"])
    assert outcome.shares.purchases == ("A", "B")
    # A: 10 zł each of two. B: one supporter has 10 zł left, the other pays 15 zł.
    assert (outcome["B"].payment, outcome["B"].effective_votes) == (1500, Fraction(25, 15))


def test_what_supporters_still_have_is_said_of_a_project_they_could_not_buy():
    outcome = counted(MES, 100, {"A": 40, "B": 61}, ["AB", "B", "A", "C" * 0, "A"])
    assert (outcome["B"].reason, outcome["B"].left_before, outcome["B"].cost) == (Reason.NO_MONEY, 2667, 6100)


def test_blank_ballots_have_a_purse_too():
    assert counted(MES, 100, {"A": 51}, ["A", ""]).winners == ()
    assert counted(MES, 100, {"A": 50}, ["A", ""]).winners == ("A",)


def test_equal_effective_votes_go_to_the_cheaper_and_then_to_the_lot():
    votes = ["A", "A", "B", "B", "C", "C"]
    assert counted(MES, 60, {"A": 12, "B": 10, "C": 11}, votes).shares.purchases == ("B", "C", "A")
    drawn = {counted(MES, 60, {"A": 9, "B": 9, "C": 9}, votes, Decisions(seed=str(seed))).shares.purchases for seed in range(30)}
    assert len(drawn) == 6


def test_a_decisive_lot_waits_until_its_order_is_recorded():
    costs, votes = {"A": 20, "B": 20}, ["AB", "AB"]
    waiting = counted(MES, 30, costs, votes)
    assert waiting.waits and len(waiting.winners) == 1 and waiting.ties[0].settled_by == ("lot",)
    decided = counted(MES, 30, costs, votes, Decisions(ties=(TieDecision(("B", "A"), "protokół"),)))
    assert (decided.winners, decided.waits, decided.ties[0].settled_by) == (("B",), False, ("decision",))
    assert counted(MES, 30, {"A": 20, "B": 19}, votes).ties[0].settled_by == ("cheaper",)


def test_thirds_are_not_lost():
    # Three pay 1/3 each of three things: in floating point the last purchase can miss its cost by a hair.
    costs = dict.fromkeys("ABCDEFGHI", 10)
    outcome = counted(MES, 90, costs, ["ABCDEFGHI"] * 3)
    assert len(outcome.winners) == 9 and outcome.left == 0


def test_points_weigh_the_support():
    rules = replace(MES, ballot=BallotRule("cumulative", points=3))
    outcome = counted(rules, 40, {"A": 20, "B": 20}, ["A", "AB"], points=[[3], [1, 2]])
    # A has 4 points, B 2: the two pay for A 15 and 5 zł; 5 and 15 zł are left.
    assert outcome.shares.purchases == ("A",)
    assert outcome["A"].payment == 500


def test_exclusions_hold():
    outcome = counted(
        MES, 90, {"A": 10, "B": 10, "C": 10}, ["ABC"] * 3, Decisions(exclusions=(Exclusion(frozenset("AB"), "decision", "B"),))
    )
    assert set(outcome.winners) == {"B", "C"}
    assert (outcome["A"].reason, outcome["A"].excluded_by) == (Reason.EXCLUDED, "B")


def test_greedy_fill_takes_what_fits_by_support():
    rules = replace(MES, mes=EqualShares("none", greedy_fill=True))
    outcome = counted(rules, 100, {"A": 90, "B": 60, "C": 20}, ["A", "A", "B", "C"])
    assert outcome.shares.purchases == ("C",) and outcome.shares.filled == ("B",)


def test_comparison_gives_way_to_the_walk_when_more_ballots_prefer_it():
    rules = replace(MES, mes=EqualShares("none", comparison=True))
    outcome = counted(rules, 100, {"A": 80, "B": 20}, ["A", "A", "A", "B"])
    assert (outcome.shares.purchases, outcome.winners) == (("B",), ("A", "B"))
    assert (outcome.shares.prefer_walk, outcome.shares.prefer_shares, outcome.shares.walk_won) == (3, 0, True)


@pytest.mark.parametrize("completion, ended_by", [("add1_exhaustive", "exhaustive"), ("add1_until_exceed", "exceeded")])
def test_completions_stop_before_the_pool_is_exceeded(completion, ended_by):
    rules = replace(MES, mes=EqualShares(completion))
    outcome = counted(rules, 100, {"A": 60, "B": 60, "C": 35, "D": 30}, ["A", "A", "B", "C", "CD", "A"])
    assert outcome.shares.ended_by == ended_by and outcome.spent <= 100_00


def test_everything_bought_ends_the_completion():
    rules = replace(MES, mes=EqualShares("add1_until_exceed"))
    outcome = counted(rules, 1000, {"A": 900, "B": 5}, ["A", "B", "", ""])
    assert (outcome.shares.ended_by, outcome.winners, outcome.shares.share) == ("all_bought", ("B", "A"), 900_00)
    assert outcome.shares.runs == 2, "the share goes straight to what the last project needs"


ballots_of_six = st.lists(st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=5).map("".join), min_size=1, max_size=25)


@given(ballots_of_six, st.lists(st.integers(1, 40), min_size=6, max_size=6), st.integers(20, 150))
@settings(max_examples=60, deadline=None)
@pytest.mark.slow
def test_nobody_pays_more_than_the_share_and_the_pool_is_never_exceeded(votes, costs, budget):
    projects = [Project(number, cost * 100) for number, cost in zip("ABCDEF", costs, strict=True)]
    ballots = Ballots.of("ABCDEF", votes)
    outcome = count(replace(MES, mes=EqualShares("add1_until_exceed")), budget * 100, projects, ballots)
    assert outcome.spent <= outcome.budget
    share, owed = outcome.shares.share, [Fraction(0)] * len(votes)
    for number in outcome.shares.purchases:
        supporters = [index for index, vote in enumerate(votes) if number in vote]
        paid = [min(share - owed[index], outcome[number].payment) for index in supporters]
        assert sum(paid) == outcome[number].cost, "the supporters pay the whole cost, to the last fraction of a grosz"
        for index, part in zip(supporters, paid, strict=True):
            owed[index] += part
    assert max(owed) <= share


@given(ballots_of_six, st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_folding_equal_ballots_changes_nothing(votes, copies):
    ballots = Ballots.of("ABCDEF", votes * copies)
    folded, times = fold(ballots)
    assert (len(folded) if times is None else int(times.sum())) == len(ballots)
    costs = {index: 700 * (index + 1) for index in range(6)}
    electorate = Electorate(ballots, costs, weighted=False)
    plain = [sum(letter in vote for vote in votes) * copies for letter in "ABCDEF"]
    assert [electorate.support[index] for index in range(6)] == plain
    supported = {index: cost for index, cost in costs.items() if electorate.weight[index]}
    run = Run(electorate, Fraction(1000), supported, {index: index for index in costs}).go()
    run.exact.follow(run.bought)
    assert np.all(run.exact.purses >= 0)
