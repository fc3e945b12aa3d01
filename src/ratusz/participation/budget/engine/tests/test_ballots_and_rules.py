"""Ballots as arrays, what makes a ballot valid under each preset, access, double votes, rules as data."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.budget.engine import (
    BallotRule,
    Ballots,
    EditionRules,
    Fault,
    Level,
    Rounding,
    Rules,
    RulesError,
    access_faults,
    ballot_order,
    counted_ballots,
    edition_rules_from,
    faults,
    preset,
    preset_for,
    presets,
    rules_from,
    tally,
    to_plain,
    valid,
)
from ratusz.participation.budget.engine.validity import fault_of_one

NUMBERS = ["A", "B", "C", "D"]
COSTS = [30, 40, 50, 60]


def fault_of(rule, chosen, points=None, budget=100):
    """By the arrays of the count and by the check at the cast, which have to agree."""
    ballots = Ballots.of(NUMBERS, [chosen], None if points is None else [points])
    found = Fault(int(faults(rule, ballots, COSTS, budget)[0]))
    assert fault_of_one(rule, [NUMBERS.index(number) for number in chosen], points, COSTS, budget) == found
    return found


@given(st.data())
@pytest.mark.slow
def test_the_check_at_the_cast_agrees_with_the_count(data):
    few = st.one_of(st.none(), st.integers(0, 4))
    most = data.draw(few)
    rule = BallotRule(
        type=data.draw(st.sampled_from(["choose1", "approval", "knapsack", "cumulative", "ranked"])), max=most,
        min=data.draw(st.integers(0, 3)), exact=most is not None and data.draw(st.booleans()), points=data.draw(few),
        points_per_project=data.draw(few), allow_unused=data.draw(st.booleans()), scores=(3, 2, 1),
    )  # fmt: skip
    chosen = data.draw(st.lists(st.integers(-1, 4), max_size=5))
    points = data.draw(st.one_of(st.none(), st.lists(st.integers(-1, 4), min_size=len(chosen), max_size=len(chosen))))
    given_points = None if points is None else np.array(points, dtype=np.int32)
    arrays = Ballots(np.array([0, len(chosen)], dtype=np.int32), np.array(chosen, dtype=np.int32), given_points)
    budget = data.draw(st.integers(0, 200))
    assert fault_of_one(rule, chosen, points, COSTS, budget) == Fault(int(faults(rule, arrays, COSTS, budget)[0]))


def rule_of(code, level):
    return preset(code).rules.level(level).rules.ballot


@pytest.mark.parametrize(
    "points, fault",
    [
        ([3], Fault.NONE),
        ([2, 1], Fault.NONE),
        ([1, 1, 1], Fault.NONE),
        ([2], Fault.NONE),
        ([1, 1], Fault.NONE),
        ([1], Fault.NONE),
        ([], Fault.TOO_FEW),
        ([2, 2], Fault.TOO_MANY_POINTS),
        ([4], Fault.TOO_MANY_FOR_ONE),
        ([3, 0], Fault.NO_POINTS),
        ([1, 1, 1, 1], Fault.TOO_MANY),
    ],
)
def test_katowice_three_points(points, fault):
    assert fault_of(rule_of("katowice", "district"), NUMBERS[: len(points)], points) is fault


@pytest.mark.parametrize("length, fault", [(2, Fault.TOO_FEW), (3, Fault.NONE), (4, Fault.TOO_MANY)])
def test_krakow_exactly_three_in_order(length, fault):
    assert fault_of(rule_of("krakow", "city"), NUMBERS[:length]) is fault


@pytest.mark.parametrize(
    "code, level, chosen, fault",
    [
        ("warszawa_2026", "local", "ABCD", Fault.NONE),
        ("wroclaw", "local", "AB", Fault.TOO_MANY),
        ("poznan_2023", "city", "A", Fault.NONE),
        ("swiecie_2023", "city", "AB", Fault.TOO_FEW),
        ("wieliczka_2023", "city", "ABCD", Fault.NONE),
        ("warszawa_2017_19", "area", "AD", Fault.NONE),
        ("warszawa_2017_19", "area", "CD", Fault.OVER_THE_POOL),
        ("gdynia", "small", "ABCD", Fault.TOO_MANY),
    ],
)
def test_other_presets(code, level, chosen, fault):
    assert fault_of(rule_of(code, level), list(chosen)) is fault


def test_a_project_twice_and_an_unknown_one_are_faults():
    ballots = Ballots(np.array([0, 2, 3]), np.array([0, 0, 9]))
    assert faults(BallotRule(), ballots, COSTS, 100).tolist() == [Fault.REPEATED_PROJECT, Fault.UNKNOWN_PROJECT]


def test_points_that_must_be_used_up():
    rule = BallotRule("cumulative", points=3, allow_unused=False)
    assert fault_of(rule, ["A"], [2]) is Fault.UNUSED_POINTS


def test_only_valid_ballots_are_kept():
    ballots = Ballots.of(NUMBERS, [["A"], [], ["B", "C"]])
    kept = valid(BallotRule(max=1), ballots, COSTS, 100)
    assert (kept.starts.tolist(), kept.choices.tolist()) == ([0, 1], [0])


votes = st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=4, unique_by=lambda pair: pair[0]), max_size=30)


@given(votes)
def test_the_tally_is_the_plain_sum(cast):
    ballots = Ballots.of(NUMBERS, [[NUMBERS[p] for p, _ in vote] for vote in cast], [[n for _, n in vote] for vote in cast])
    points, voters = tally(ballots, 4)
    assert points == [sum(n for vote in cast for p, n in vote if p == project) for project in range(4)]
    assert voters == [sum(p == project for vote in cast for p, _ in vote) for project in range(4)]


def test_ranked_ballots_get_the_score_vector():
    ballots = Ballots.of(NUMBERS, [["B", "A", "C", "D"], ["A"]]).scored((3, 2, 1))
    assert ballots.points.tolist() == [3, 2, 1, 0, 3]


def test_double_votes():
    voters = ["a", "b", "a", "c", "b"]
    assert counted_ballots("first", voters) == [True, True, False, True, False]
    assert counted_ballots("last", voters) == [False, False, True, True, True]
    assert counted_ballots("all_void", voters) == [False, False, False, True, False]


def test_access_to_pools():
    levels = (Level("local", Rules(), "up_to_n", 2), Level("district", Rules(), "own"), Level("city", Rules(), "any"))
    rules = EditionRules(levels)
    assert access_faults(rules, {"local": ["a", "b"], "district": ["d"], "city": ["x", "y"]}, {"district": "d"}) == []
    assert access_faults(rules, {"local": ["a", "b", "c"], "district": ["e"]}, {"district": "d"}) == ["local", "district"]
    assert access_faults(preset("katowice").rules, {"district": ["L1", "L2"], "city": ["M"]}) == ["district"]


def test_every_preset_is_complete_and_goes_to_data_and_back():
    assert len(presets()) == 17
    for code, found in presets().items():
        assert found.code == code and found.legal_basis and found.source and found.certainty in ("checked", "verify")
        assert edition_rules_from(to_plain(found.rules)) == edition_rules_from(to_plain(found.rules, whole=True)) == found.rules
        assert {match.level for match in found.matches} <= {level.code for level in found.rules.levels}


@pytest.mark.parametrize(
    "city, year, code",
    [
        ("Katowice", 2026, "katowice"),
        ("Warszawa", 2018, "warszawa_2018"),
        ("Warszawa", 2019, "warszawa_2017_19"),
        ("Warszawa", 2021, "warszawa_2020_25"),
        ("Łódź", 2024, "lodz_2019_24"),
        ("Łódź", 2025, "lodz"),
        ("Częstochowa", 2024, "czestochowa_2020_24"),
    ],
)
def test_the_preset_of_a_city_and_year(city, year, code):
    assert preset_for(city, year).code == code


def test_no_preset_for_an_unknown_city():
    assert preset_for("Nigdzie", 2026) is None
    with pytest.raises(KeyError):
        preset("nigdzie")


@pytest.mark.parametrize(
    "plain, message",
    [
        ({"wybor": "skip"}, "unknown parameter wybor"),
        ({"selection": "skipping"}, "selection: 'skipping'"),
        ({"tie_chain": ["cheapest"]}, "tie_chain"),
        ({"ballot": {"type": "ranked"}}, "score vector"),
        ({"ballot": {"exact": True}}, "ballot.exact"),
        ({"threshold": {"kind": "votes", "value": "dużo"}}, "not a number"),
        ({"threshold": {"kind": "cost_share"}}, "share above 0"),
    ],
)
def test_wrong_rules_are_refused(plain, message):
    with pytest.raises(RulesError, match=message):
        rules_from(plain)


def test_order_on_the_ballot():
    numbers = ["L1/10/X", "L1/02/X", "M/01/X"]
    assert ballot_order("number", numbers) == ["L1/02/X", "L1/10/X", "M/01/X"]
    assert {tuple(ballot_order("lot", numbers, str(seed))) for seed in range(60)} == set(permutations(numbers))
    assert ballot_order("lot", numbers, "a") == ballot_order("lot", numbers[::-1], "a")


def test_rounding():
    assert [Rounding(100, mode).apply(amount) for mode in ("half_up", "down", "up") for amount in (149, 150, 200)] == [
        *(100, 200, 200),
        *(100, 100, 200),
        *(200, 200, 200),
    ]
