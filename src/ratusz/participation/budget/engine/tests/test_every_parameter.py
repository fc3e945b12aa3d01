"""Each parameter of the contract whose value no other test turns: one small contest a value, the whole result compared."""

import hashlib
from dataclasses import replace
from fractions import Fraction

import pytest

from ratusz.participation.budget.engine import (
    BallotRule,
    Ballots,
    CostLimits,
    Decisions,
    EqualShares,
    Exclusion,
    Fault,
    Leftover,
    Level,
    Project,
    Rounding,
    Rules,
    RulesError,
    Threshold,
    TieDecision,
    WinnersCap,
    count,
    count_edition,
    count_tallied,
    faults,
    limits,
    local_pools,
    preset,
    valid,
)
from ratusz.participation.budget.engine.pool_formula import invariant
from ratusz.participation.budget.engine.tests.test_editions_and_pools import POOLS, edition
from ratusz.participation.budget.engine.tests.test_walk import SKIP, TABLE, counted, reasons

TIED = [("A/10", 50, 9), ("A/9", 50, 9), ("B/1", 40, 9), ("B/2", 60, 9)]
VOTERS = [5, 5, 7, 3]
"""By voters A/10 and A/9 tie further, by cost too: only the number, the lot or people separate them."""


def order_by(chain, decisions=None):
    """Numbers in the order of counting where all four have nine points each but other numbers of voters."""
    projects = [Project(number, cost * 100) for number, cost, _ in TIED]
    rules = Rules(rank_key="points", tie_chain=chain)
    outcome = count_tallied(rules, 1000_00, projects, [9] * 4, VOTERS, 20, decisions)
    return [project.number for project in outcome.projects], outcome.ties[0].settled_by


@pytest.mark.parametrize(
    "chain, order, settled_by",
    [
        (("cheaper", "earlier_number"), ["B/1", "A/9", "A/10", "B/2"], ("cheaper", "earlier_number")),
        (("dearer", "earlier_number"), ["B/2", "A/9", "A/10", "B/1"], ("dearer", "earlier_number")),
        (("more_voters", "earlier_number"), ["B/1", "A/9", "A/10", "B/2"], ("more_voters", "earlier_number")),
        (("earlier_number",), ["A/9", "A/10", "B/1", "B/2"], ("earlier_number",)),
        (("cheaper",), ["B/1", "A/9", "A/10", "B/2"], ("cheaper", "earlier_number")),
    ],
)
def test_each_link_of_the_tie_chain(chain, order, settled_by):
    assert order_by(chain) == (order, settled_by)


@pytest.mark.parametrize("seed", ["", "ziarno 2026-09-30"])
def test_the_lot_is_the_order_of_sha256_of_seed_and_number(seed):
    drawn = sorted((row[0] for row in TIED), key=lambda number: hashlib.sha256(f"{seed}{number}".encode()).digest())
    assert order_by(("lot",), Decisions(seed=seed)) == (drawn, ("lot",))


def test_a_manual_tie_takes_the_order_of_the_minutes_and_waits_without_them():
    minutes = TieDecision(("B/2", "A/10", "B/1", "A/9"), "protokół 4")
    assert order_by(("manual",), Decisions(ties=(minutes,))) == (list(minutes.order), ("decision",))
    waiting = counted(replace(SKIP, tie_chain=("manual",)), 50, TIED)
    assert (waiting.waits, waiting.ties[0].settled_by) == (True, ("manual",))


@pytest.mark.parametrize("key, winner", [("points", "A"), ("voters", "B")])
def test_the_rank_key_is_points_or_voters(key, winner):
    projects = [Project("A", 60), Project("B", 60)]
    outcome = count_tallied(replace(SKIP, rank_key=key), 100, projects, [30, 20], [10, 15], 25)
    assert outcome.winners == (winner,)


@pytest.mark.parametrize("kind, below", [("points", ["B"]), ("votes", ["A"]), ("percent", ["A"]), ("none", [])])
def test_a_threshold_counts_points_or_ballots(kind, below):
    """25 points, 12 ballots, 48 % of 25 ballots (exactly 12): the test is at least, never more than."""
    value = {"points": 30, "votes": 12, "percent": 48, "none": 0}[kind]
    projects = [Project("A", 1), Project("B", 1)]
    rules = replace(SKIP, rank_key="points", threshold=Threshold(kind, Fraction(value)))
    outcome = count_tallied(rules, 100, projects, [30, 24], [11, 12], 25)
    assert [project.number for project in outcome.projects if project.reason == "below_threshold"] == below


def test_a_cost_share_of_an_empty_pool_asks_for_nothing():
    rules = replace(SKIP, threshold=Threshold("cost_share", Fraction(3)))
    assert reasons(counted(rules, 0, [("A", 1, 1)])) == {"A": "no_money"}


@pytest.mark.parametrize("percent, budget, reason", [(60, 90, "top_up"), (60, 89, "no_money"), (Fraction(401, 10), 80, "no_money")])
def test_the_top_up_takes_any_percent_exactly(percent, budget, reason):
    rules = replace(SKIP, selection="stop_topup", topup=Fraction(percent))
    assert counted(rules, budget, TABLE)["B"].reason.value == reason


def test_the_reserve_funds_in_the_order_of_counting_and_only_what_the_walk_left():
    rules = replace(SKIP, selection="stop_topup", reserve_next=True)
    outcome = counted(rules, 60, TABLE, Decisions(reserve=("B", "C"), reserve_funds=80_00))
    assert [(project.number, project.from_reserve) for project in outcome.projects if project.reason == "reserve"] == [
        ("B", 50_00), ("C", 30_00),
    ]  # fmt: skip
    for reserve, message in ((("C", "B"), "order of counting"), (("A",), "could still fund"), (("B", "B"), "could still fund")):
        with pytest.raises(ValueError, match=message):
            counted(rules, 60, TABLE, Decisions(reserve=reserve))
    with pytest.raises(ValueError, match="no funding from the reserve"):
        counted(SKIP, 60, TABLE, Decisions(reserve=("B",)))


def test_an_exclusion_by_decision_bars_the_others_even_when_its_survivor_does_not_fit():
    exclusion = Exclusion(frozenset("BC"), "decision", "B", "decyzja 7")
    outcome = counted(SKIP, 100, TABLE, Decisions(exclusions=(exclusion,)))
    assert reasons(outcome) == {"A": "funded", "B": "no_money", "C": "excluded", "D": "funded", "E": "funded"}
    assert outcome["C"].reference == "decyzja 7"


def test_a_tie_of_two_that_exclude_one_another_is_decisive():
    decisions = Decisions(exclusions=(Exclusion(frozenset("AB")),))
    (tie,) = counted(replace(SKIP, tie_chain=("dearer",)), 1000, [("A", 10, 5), ("B", 20, 5)], decisions).ties
    assert (tie.numbers, tie.decisive, tie.waits) == (("B", "A"), True, False)


@pytest.mark.parametrize("wrong", [{"mode": "lower_stays"}, {"mode": "decision", "survivor": "X"}])
def test_an_exclusion_that_says_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="exclusion"):
        Exclusion(frozenset("AB"), **wrong)


def test_a_cap_by_category_and_one_that_is_full_never_stops_the_walk():
    rules = replace(SKIP, selection="stop", winners_caps=(WinnersCap("category", 1),))
    table = [("A", 10, 9, "", "sport"), ("B", 10, 8, "", "sport"), ("C", 10, 7, "", "zieleń")]
    outcome = counted(rules, 100, table)
    assert reasons(outcome) == {"A": "funded", "B": "capped", "C": "funded"}
    assert (outcome["B"].cap, outcome["B"].limit) == ("sport", 1)


@pytest.mark.parametrize(
    "cost, expected",
    [
        (CostLimits(), (None, None)),
        (CostLimits(floor=5_00, floor_percent=Fraction(10), cap=70_00, cap_percent=Fraction(60)), (10_00, 60_00)),
        (CostLimits(floor=20_00, floor_percent=Fraction(10), cap=50_00, cap_percent=Fraction(60)), (20_00, 50_00)),
        (CostLimits(cap_percent=Fraction(1, 3)), (None, 33)),
    ],
)
def test_of_two_floors_the_higher_holds_and_of_two_caps_the_lower(cost, expected):
    assert limits(cost, 100_00, Rounding(1, "down")) == expected


def test_a_project_withdrawn_in_the_list_counts_like_one_withdrawn_by_decision():
    projects = [Project("A", 60, withdrawn=True), Project("B", 50)]
    outcome = count_tallied(SKIP, 100, projects, [9, 8], [9, 8], 17)
    assert [(project.number, project.reason.value, project.rank) for project in outcome.projects] == [
        ("B", "funded", 1), ("A", "withdrawn", None),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="below 0"):
        Project("A", -1)


def test_two_projects_with_one_number_are_refused():
    with pytest.raises(ValueError, match="same number"):
        counted(SKIP, 100, [("A", 1, 1), ("A", 2, 1)])


def test_leftover_steps_run_in_their_order():
    """Half to the city, then what the districts still have to the best turnout, the city's rest kept."""
    steps = (Leftover("to_city", Fraction(50)), Leftover("to_best_turnout"), Leftover("keep"))
    outcome = count_edition(edition(*steps), POOLS)
    first, second = outcome.transfers[:2], outcome.transfers[2:]
    assert [(t.kind, t.source, t.target, t.amount) for t in first] == [
        ("to_city", "L1", "M", 28_00), ("to_city", "L2", "M", 30_00),
    ]  # fmt: skip
    # The city has 108 zł, its one project costs 120 zł: all of it goes on to the best turnout as well.
    assert [(t.kind, t.source, t.target, t.amount) for t in second] == [
        ("to_best_turnout", "L1", "L2", 27_00), ("to_best_turnout", "M", "L2", 108_00),
    ]  # fmt: skip
    # L2 is counted with its 100 zł, less the 30 zł it gave, and the 135 zł it got: no money comes from nowhere.
    assert (outcome.outcomes["L2"].budget, outcome.outcomes["L2"].left) == (205_00, 35_00)
    assert (outcome.carried, outcome.unassigned) == ({"L1": 0, "L2": 35_00, "M": 0}, 0)


def test_no_turnout_no_best_pool():
    cities = [pool for pool in POOLS if pool.level == "city"]
    assert count_edition(edition(Leftover("to_best_turnout")), cities).transfers == ()


def test_the_turnout_bonuses_of_edition_nine_as_the_press_gave_them(shared_data):
    import csv

    rows = csv.DictReader((shared_data / "katowice" / "pools_2020_2023.csv").read_text(encoding="utf-8").splitlines())
    left = {row["pool_code"]: int(row["left_pln"]) * 100 for row in rows if row["year"] == "2021" and row["pool_code"] != "M"}
    people = dict.fromkeys(left, 1)
    terms = local_pools(preset("katowice").pool_formula, people, left, ["L22", "L7", "L18"])
    assert {part.code: round(part.bonus / 100) for part in terms if part.bonus} == {"L22": 21_934, "L7": 13_161, "L18": 8_774}
    assert invariant([100, 200], [30, 20]) == 250


def test_the_rewarded_pools_must_fit_the_split():
    with pytest.raises(ValueError, match="rewarded pools"):
        local_pools(preset("katowice").pool_formula, {"a": 1, "b": 1}, {}, ["a", "b"])


@pytest.mark.parametrize("wrong", [{"access": "up_to_n"}, {"access": "some"}])
def test_access_that_says_nothing_is_refused(wrong):
    with pytest.raises(RulesError, match="access"):
        Level("local", Rules(), **wrong)


def test_a_ballot_may_use_any_set_that_the_pool_could_pay():
    ballots = Ballots.of("ABC", ["AB", "ABC", ""])
    rule = BallotRule("knapsack", min=0)
    assert faults(rule, ballots, [40, 60, 1], 100).tolist() == [Fault.NONE, Fault.OVER_THE_POOL, Fault.NONE]
    assert len(valid(rule, ballots, [40, 60, 1], 100)) == 2


MES = Rules(selection="mes", tie_chain=("cheaper", "more_voters", "lot"), mes=EqualShares("none"))


def shares(rules, budget, costs, votes, points=None, decisions=None):
    projects = [Project(number, cost * 100) for number, cost in costs.items()]
    return count(rules, budget * 100, projects, Ballots.of(list(costs), votes, points), decisions)


def test_equal_shares_ignore_what_costs_nothing_or_nobody_supports():
    outcome = shares(MES, 100, {"A": 0, "B": 10, "C": 10}, ["AB", "B"])
    assert outcome.shares.purchases == ("B",)
    assert reasons(outcome) == {"B": "funded", "A": "no_money", "C": "no_money"}


def test_equal_effective_votes_and_costs_go_to_the_one_with_more_ballots():
    """A: two pay 10 zł each. B: three of which one has 0 zł left would pay 20 zł: e is cost / λ in both, ballots differ."""
    rules = replace(MES, ballot=BallotRule("cumulative"))
    # B's two supporters give 2 and 1 points, A's three give one each: both have 3 points, so e = 3 for equal costs.
    outcome = shares(rules, 100, {"B": 6, "A": 6}, ["B", "B", "A", "A", "A"], [[2], [1], [1], [1], [1]])
    assert outcome.shares.purchases == ("A", "B")
    assert [(tie.numbers, tie.settled_by) for tie in outcome.ties] == [(("A", "B"), ("more_voters",))]


def test_ranked_ballots_weigh_by_their_score_vector():
    rules = replace(MES, ballot=BallotRule("ranked", max=3, scores=(3, 2, 1)))
    outcome = shares(rules, 40, {"A": 20, "B": 20}, ["AB", "BA"])
    assert outcome.shares.purchases == tuple(project.number for project in outcome.projects)[:2]
    assert {project.number: project.points for project in outcome.projects} == {"A": 5, "B": 5}


def test_one_lot_order_holds_for_the_whole_run():
    """Two ties of two pairs in different steps: the same seed orders both as one lot over all four would."""
    seeds = [str(seed) for seed in range(12)]
    votes = ["AB"] * 3 + ["CD"] * 2
    for seed in seeds:
        outcome = shares(MES, 100, dict.fromkeys("ABCD", 5), votes, decisions=Decisions(seed=seed))
        lot = sorted("ABCD", key=lambda number: hashlib.sha256(f"{seed}{number}".encode()).digest())
        assert list(outcome.shares.purchases) == sorted("AB", key=lot.index) + sorted("CD", key=lot.index)


def test_equal_shares_without_ballots_fund_nothing_and_say_so():
    outcome = shares(replace(MES, mes=EqualShares(greedy_fill=False)), 100, {"A": 1}, [])
    assert (outcome.winners, outcome.shares.share, outcome.shares.runs) == ((), 0, 0)
    with pytest.raises(ValueError, match="from the ballots"):
        count_tallied(MES, 100, [Project("A", 1)], [1], [1], 1)
