"""What happens at the edges: purses that differ by a grosz in ten billion złoty, hashes that meet, many groups, wrong arguments."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from ratusz.participation.budget.engine import (
    BallotRule,
    Ballots,
    Decisions,
    EqualShares,
    Exclusion,
    Project,
    RulesError,
    count,
    counted_ballots,
    decisions_from,
    decisions_to_plain,
    edition_rules_from,
    electorate,
    preset,
    rules_from,
)
from ratusz.participation.budget.engine.electorate import Electorate, fold
from ratusz.participation.budget.engine.exact_purses import ExactPurses
from ratusz.participation.budget.engine.presets import preset_from
from ratusz.participation.budget.engine.tests.test_every_parameter import MES, shares
from ratusz.participation.budget.engine.tests.test_walk import SKIP, counted
from ratusz.participation.budget.engine.water_level import water_level


def test_purses_a_grosz_apart_in_ten_billion_are_told_apart():
    share = 10**12
    ballots = Ballots.of("XYZ", ["XY", "Y", "Z"])
    purses = ExactPurses(Electorate(ballots, [0, 1], weighted=False), Fraction(share), {0: 1, 1: 2 * share - 1})
    purses.follow([0])
    # Half the cost is half a grosz more than the first has: it pays all, the second the rest.
    assert purses.price(1) == share
    purses.follow([0, 1])
    assert purses.together(0) == purses.together(1) == 0


def test_a_level_above_every_purse_by_a_rounding_error_is_taken_as_it_is():
    assert water_level(15, np.array([10 - 1e-12, 5.0]), None, 7.5) == 10.0


def test_two_different_ballots_with_one_hash_are_not_taken_for_equal(monkeypatch):
    ballots = Ballots.of("AB", ["A"] * 8 + ["B"] * 8)
    prints = iter([np.zeros(16, np.uint64), np.array([1] * 8 + [2] * 8, np.uint64)])
    monkeypatch.setattr(electorate, "_prints", lambda ballots: next(prints))
    folded, times = fold(ballots)
    assert (len(folded), times) == (16, None)


@pytest.mark.parametrize("kind", ["approval", "cumulative"])
def test_more_groups_than_a_segment_holds_change_nothing(monkeypatch, kind):
    random = Random(7)
    votes = ["".join(random.sample("ABCDEF", random.randint(0, 4))) for _ in range(60)]
    points = [[random.randint(1, 3) for _ in vote] for vote in votes] if kind == "cumulative" else None
    rules = replace(MES, ballot=BallotRule(kind), mes=EqualShares("add1_until_exceed", comparison=True))
    costs = dict(zip("ABCDEF", (11, 23, 35, 41, 8, 60), strict=True))
    whole = shares(rules, 100, costs, votes, points)
    monkeypatch.setattr(electorate, "SEGMENT", 7)
    assert shares(rules, 100, costs, votes, points) == whole


def test_six_tied_projects_that_all_fit_are_no_decisive_tie():
    (tie,) = counted(SKIP, 600, [(name, 100, 9) for name in "ABCDEF"]).ties
    assert (len(tie.numbers), tie.decisive) == (6, False)
    assert counted(SKIP, 599, [(name, 100, 9) for name in "ABCDEF"]).ties[0].decisive


@pytest.mark.parametrize(
    "wrong, error, message",
    [
        (lambda: counted_ballots("none", ["a"]), ValueError, "double_vote"),
        (lambda: rules_from({"mes": {"unit": 0}}), RulesError, "above 0"),
        (lambda: rules_from({"mes": 3}), RulesError, "rules"),
        (lambda: rules_from({"rank_key": None, "winners_caps": [{}]}), RulesError, "winners_caps"),
        (lambda: rules_from({"ballot": {"max": True}}), RulesError, "whole number"),
        (lambda: edition_rules_from({"levels": []}).level("city"), KeyError, "city"),
        (lambda: counted(SKIP, 1, [("A", 1, 1)])["B"], KeyError, "B"),
        (lambda: Ballots(np.array([1, 2]), np.array([0, 0])), ValueError, "starts must begin"),
        (lambda: Ballots(np.array([0, 2]), np.array([0, 0]), np.array([1])), ValueError, "run parallel"),
        (lambda: Exclusion(frozenset("AB"), "decision"), ValueError, "names its survivor"),
        (lambda: preset_from({"preset": {}, "pack": {}, "match": [{"level": "x", "place": "moon"}]}), RulesError, "match.place"),
    ],
)
def test_wrong_arguments_are_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        wrong()


def test_the_arrays_of_ballots_know_their_size():
    plain, pointed = Ballots.of("AB", ["AB"]), Ballots.of("AB", ["AB"], [[2, 1]])
    assert (plain.nbytes, pointed.nbytes) == (4 * 4, 4 * 6)


def test_decisions_go_to_plain_data_and_back():
    decisions = Decisions(
        "ziarno", (Exclusion(frozenset("AB"), "decision", "B", "7"),), (), frozenset("C"), ("D",), 5, {"C": "pismo"}
    )
    assert decisions_from(decisions_to_plain(decisions)) == decisions


def test_equal_shares_with_a_comparison_and_no_ballots():
    outcome = count(
        replace(MES, mes=EqualShares(comparison=True, greedy_fill=True)), 10_00, [Project("A", 5_00)], Ballots.of("A", [])
    )
    assert (outcome.winners, outcome.shares.filled) == (("A",), ("A",))
    assert preset("katowice").rules.level("city").access == "any"
