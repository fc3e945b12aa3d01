"""The walk down the list: skip, stop, top-up, thresholds, ties, exclusions, caps, withdrawn projects."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.participation.budget.engine import (
    CostLimits,
    Decisions,
    Exclusion,
    Project,
    Reason,
    Rules,
    Threshold,
    TieDecision,
    WinnersCap,
    count_tallied,
    preset,
)

SKIP = Rules(tie_chain=("cheaper", "lot"))


def counted(rules, budget, table, decisions=None, cast=1000):
    """table: (number, cost, voters) or (number, cost, voters, area, category) per row; whole złoty."""
    projects = [Project(row[0], row[1] * 100, *row[3:]) for row in table]
    voters = [row[2] for row in table]
    return count_tallied(rules, budget * 100, projects, voters, voters, cast, decisions)


def reasons(outcome):
    return {project.number: project.reason.value for project in outcome.projects}


TABLE = [("A", 60, 90), ("B", 50, 80), ("C", 30, 70), ("D", 10, 60), ("E", 5, 4)]


def test_skip_passes_by_what_does_not_fit_and_goes_on():
    outcome = counted(replace(SKIP, threshold=Threshold("votes", Fraction(5))), 100, TABLE)
    assert reasons(outcome) == {"A": "funded", "B": "no_money", "C": "funded", "D": "funded", "E": "below_threshold"}
    assert (outcome["B"].left_before, outcome["B"].cost) == (40_00, 50_00)
    assert (outcome["E"].threshold, outcome["E"].voters) == (5, 4)
    assert (outcome.spent, outcome.left, outcome.winners) == (100_00, 0, ("A", "C", "D"))


def test_stop_ends_at_the_first_misfit():
    outcome = counted(replace(SKIP, selection="stop"), 100, TABLE)
    assert reasons(outcome) == {"A": "funded", "B": "no_money", "C": "after_stop", "D": "after_stop", "E": "after_stop"}
    assert outcome["D"].stopped_by == "B"


@pytest.mark.parametrize(
    "budget, reserve, expected, gap",
    [
        (100, None, "top_up", 10_00),
        (100, 10, "top_up", 10_00),
        (100, 9, "no_money", 0),
        (99, None, "no_money", 0),
    ],
)
def test_top_up_at_exactly_eighty_percent(budget, reserve, expected, gap):
    decisions = Decisions(reserve_funds=None if reserve is None else reserve * 100)
    outcome = counted(replace(SKIP, selection="stop_topup"), budget, TABLE, decisions)
    assert (outcome["B"].reason.value, outcome["B"].from_reserve, outcome["C"].reason.value) == (expected, gap, "after_stop")
    assert outcome.left == (0 if gap else (budget - 60) * 100)


def test_a_withdrawn_project_never_stops_the_walk():
    outcome = counted(replace(SKIP, selection="stop"), 100, TABLE, Decisions(withdrawn=frozenset({"B"})))
    assert reasons(outcome) == {"A": "funded", "C": "funded", "D": "funded", "E": "no_money", "B": "withdrawn"}


def test_a_decisive_tie_names_the_link_that_settled_it():
    outcome = counted(SKIP, 100, [("A", 80, 9), ("B", 70, 9), ("C", 5, 9), ("D", 1, 2)])
    (tie,) = outcome.ties
    assert (tie.numbers, tie.settled_by, tie.decisive, tie.waits) == (("C", "B", "A"), ("cheaper",), True, False)


def test_a_harmless_tie_is_not_decisive():
    (tie,) = counted(SKIP, 1000, TABLE[:3] + [("F", 1, 70)]).ties
    assert (tie.numbers, tie.decisive) == (("F", "C"), False)


def test_a_decisive_tie_left_to_the_lot_waits_until_the_order_is_recorded():
    table = [("A", 80, 9), ("B", 80, 9)]
    assert counted(SKIP, 100, table).waits
    decided = counted(SKIP, 100, table, Decisions(ties=(TieDecision(("B", "A"), "protokół 1"),)))
    assert (decided.winners, decided.waits, decided.ties[0].settled_by, decided.ties[0].reference) == (
        ("B",),
        False,
        ("decision",),
        "protokół 1",
    )


def test_the_lot_follows_the_published_seed():
    table = [("A", 80, 9), ("B", 80, 9)]
    winners = {counted(SKIP, 100, table, Decisions(seed=f"{seed}")).winners for seed in range(20)}
    assert winners == {("A",), ("B",)}


def test_a_lone_cheapest_of_three_is_settled_by_cost_and_only_the_rest_waits():
    (tie,) = counted(SKIP, 100, [("A", 60, 9), ("B", 60, 9), ("C", 10, 9)]).ties
    assert (tie.numbers[0], tie.settled_by, tie.waits) == ("C", ("cheaper", "lot"), True)


def test_the_higher_of_two_that_exclude_one_another_stays():
    exclusion = Exclusion(frozenset("AC"), reference="§ 46 ust. 5")
    outcome = counted(SKIP, 100, TABLE, Decisions(exclusions=(exclusion,)))
    assert (outcome["C"].reason, outcome["C"].excluded_by, outcome["C"].reference) == (Reason.EXCLUDED, "A", "§ 46 ust. 5")
    assert outcome.winners == ("A", "D", "E")


def test_one_that_did_not_fit_excludes_nobody():
    assert counted(SKIP, 50, TABLE, Decisions(exclusions=(Exclusion(frozenset("AB")),))).winners == ("B",)


def test_a_decision_names_the_survivor():
    exclusion = Exclusion(frozenset("AC"), "decision", "C", "decyzja 7")
    outcome = counted(SKIP, 100, TABLE, Decisions(exclusions=(exclusion,)))
    assert reasons(outcome) == {"A": "excluded", "B": "funded", "C": "funded", "D": "funded", "E": "funded"}


def test_caps_of_lublin_one_large_and_two_small_a_district():
    rules = replace(SKIP, winners_caps=(WinnersCap("area", 1, "large"), WinnersCap("area", 2, "small")))
    table = [
        ("A", 9, 9, "x", "large"),
        ("B", 9, 8, "x", "large"),
        ("C", 1, 7, "x", "small"),
        ("D", 1, 6, "x", "small"),
        ("E", 1, 5, "x", "small"),
        ("F", 1, 4, "y", "large"),
    ]
    outcome = counted(rules, 100, table)
    assert reasons(outcome) == {"A": "funded", "B": "capped", "C": "funded", "D": "funded", "E": "capped", "F": "funded"}
    assert (outcome["E"].cap, outcome["E"].limit) == ("x", 2)


def test_an_area_without_winner_is_guaranteed_one_project():
    rules = replace(SKIP, guarantee=15_00)
    table = [("A", 60, 9, "x"), ("B", 40, 8, "x"), ("C", 20, 7, "y"), ("D", 15, 6, "y")]
    outcome = counted(rules, 100, table)
    assert reasons(outcome) == {"A": "funded", "B": "no_money", "C": "funded", "D": "funded"}
    assert outcome["C"].left_before == 25_00 and outcome["D"].guaranteed


def test_cost_limits_come_before_the_count():
    rules = replace(SKIP, cost=CostLimits(floor=6_00, cap_percent=Fraction(50)))
    outcome = counted(rules, 100, TABLE)
    assert reasons(outcome) == {"B": "funded", "C": "funded", "D": "funded", "A": "ineligible", "E": "ineligible"}
    assert (outcome["A"].limit, outcome["E"].limit) == (50_00, 6_00)


def test_the_reserve_funds_further_projects_by_decision():
    rules = replace(SKIP, selection="stop_topup", reserve_next=True)
    outcome = counted(rules, 60, TABLE, Decisions(reserve=("B",), reserve_funds=50_00, references={"B": "uchwała 3"}))
    assert (outcome["B"].reason, outcome["B"].from_reserve, outcome["B"].reference) == (Reason.RESERVE, 50_00, "uchwała 3")
    assert (outcome.spent, outcome.left) == (60_00, 0)
    with pytest.raises(ValueError, match="the reserve holds"):
        counted(rules, 60, TABLE, Decisions(reserve=("B",), reserve_funds=49_00))


def test_percent_threshold_is_rounded_up():
    rules = replace(SKIP, threshold=Threshold("percent", Fraction(10)))
    outcome = counted(rules, 100, [("A", 1, 39), ("B", 1, 38)], cast=388)
    assert reasons(outcome) == {"A": "funded", "B": "below_threshold"}


def test_cost_share_threshold_is_exact():
    rules = replace(SKIP, threshold=Threshold("cost_share", Fraction(3)))
    outcome = counted(rules, 300, [("A", 90, 10), ("B", 91, 10)], cast=100)
    assert reasons(outcome) == {"A": "funded", "B": "below_threshold"}


def test_decisions_about_unknown_projects_are_refused():
    with pytest.raises(ValueError, match="unknown projects: X"):
        counted(SKIP, 100, TABLE, Decisions(withdrawn=frozenset("X")))


def test_katowice_district_by_its_preset():
    outcome = counted(
        preset("katowice").rules.level("district").rules, 100, [("A", 61, 90), ("B", 60, 80), ("C", 40, 50), ("D", 1, 49)]
    )
    assert reasons(outcome) == {"A": "ineligible", "B": "funded", "C": "funded", "D": "below_threshold"}


tables = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 6)), min_size=1, max_size=8).map(
    lambda rows: [(f"P{index}", cost, voters) for index, (cost, voters) in enumerate(rows)]
)
some_rules = st.builds(
    Rules,
    selection=st.sampled_from(["skip", "stop", "stop_topup"]),
    threshold=st.builds(Threshold, st.just("votes"), st.integers(0, 3).map(Fraction)),
    tie_chain=st.sampled_from([("cheaper", "lot"), ("dearer", "earlier_number"), ("lot",)]),
)


@given(some_rules, st.integers(0, 120), tables)
@settings(max_examples=100, deadline=None)
def test_the_pool_is_never_exceeded_and_every_project_has_its_reason(rules, budget, table):
    outcome = counted(rules, budget, table)
    assert 0 <= outcome.spent <= outcome.budget and outcome.left == outcome.budget - outcome.spent
    assert sorted(project.number for project in outcome.projects) == sorted(row[0] for row in table)
    for project in outcome.projects:
        if project.reason is Reason.NO_MONEY:
            assert project.cost > project.left_before
        if project.reason is Reason.BELOW_THRESHOLD:
            assert project.voters < project.threshold
        if project.reason is Reason.FUNDED:
            assert project.left_before - project.cost == project.left_after >= 0


@given(st.integers(0, 120), tables)
@settings(max_examples=60, deadline=None)
def test_skip_funds_all_that_stop_funds(budget, table):
    skip, stop = (set(counted(replace(SKIP, selection=selection), budget, table).winners) for selection in ("skip", "stop"))
    assert stop <= skip
    everything = {row[0] for row in table}
    if sum(row[1] for row in table) <= budget:
        assert skip == stop == everything


@given(some_rules, st.integers(0, 120), tables, st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_a_cheaper_winner_with_the_same_support_still_wins(rules, budget, table, chosen):
    # Not true of ties by `dearer`, where a lower cost is a lower place, nor of a top-up that the higher cost alone called for.
    rules = replace(rules, tie_chain=("earlier_number",), selection="stop" if rules.selection == "stop" else "skip")
    row = table[chosen % len(table)]
    if row[0] in counted(rules, budget, table).winners and row[1] > 1:
        cheaper = [(number, cost - 1 if number == row[0] else cost, voters) for number, cost, voters in table]
        assert row[0] in counted(rules, budget, cheaper).winners


@given(st.integers(0, 120), tables, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_list_does_not_matter(budget, table, random):
    shuffled = random.sample(table, len(table))
    assert counted(SKIP, budget, shuffled).projects == counted(SKIP, budget, table).projects


@given(st.integers(1, 60), st.lists(st.integers(1, 30), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_tie_is_decisive_exactly_when_some_order_gives_other_winners(budget, costs):
    table = [(f"P{index}", cost, 5) for index, cost in enumerate(costs)]
    outcome = counted(SKIP, budget, table)
    winners = set()
    for order in permutations([row[0] for row in table]):
        decided = counted(replace(SKIP, tie_chain=("manual",)), budget, table, Decisions(ties=(TieDecision(order),)))
        winners.add(frozenset(decided.winners))
    assert outcome.ties[0].decisive == (len(winners) > 1)
