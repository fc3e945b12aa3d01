"""A whole edition: leftovers moved, carried, shared; the sums of the pools, with the published ones of 2021."""

import csv
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.participation.budget.engine import (
    Ballots,
    EditionRules,
    Leftover,
    Level,
    PoolContest,
    Project,
    Rounding,
    Rules,
    city_pool,
    count_edition,
    local_pools,
    preset,
)

PLAIN = Rules(tie_chain=("cheaper",))


def edition(*leftover):
    return EditionRules((Level("district", PLAIN), Level("city", PLAIN, "any")), leftover=leftover)


def pool(code, budget, costs, voters, registered=100, level="district"):
    """Costs by number in złoty; every voter names all projects."""
    projects = [Project(number, cost * 100) for number, cost in costs.items()]
    ballots = Ballots.of(list(costs), [list(costs)] * voters)
    return PoolContest(code, level, budget * 100, projects, ballots, registered=registered)


POOLS = [
    pool("L1", 100, {"L1/01/X": 70, "L1/02/X": 45}, 10),
    pool("L2", 100, {"L2/01/X": 40, "L2/02/X": 130}, 30),
    pool("M", 50, {"M/01/X": 120}, 5, level="city"),
]


def test_leftovers_go_to_the_city_before_it_is_counted():
    outcome = count_edition(edition(Leftover("to_city")), POOLS)
    assert [(t.source, t.target, t.amount) for t in outcome.transfers] == [("L1", "M", 55_00), ("L2", "M", 60_00)]
    assert outcome.outcomes["M"].winners == ("M/01/X",) and outcome.outcomes["M"].left == 45_00
    assert outcome.unassigned == 45_00


def test_leftovers_go_to_the_best_turnout_which_is_recounted():
    outcome = count_edition(edition(Leftover("to_best_turnout")), POOLS)
    assert outcome.turnout_order == ("L2", "L1")
    assert outcome.outcomes["L2"].budget == 205_00 and set(outcome.outcomes["L2"].winners) == {"L2/01/X", "L2/02/X"}
    assert outcome.unassigned == 35_00
    confirmed = count_edition(edition(Leftover("to_best_turnout")), POOLS, turnout_order=["L1", "L2"])
    assert confirmed.outcomes["L1"].left == 100_00 + 60_00 + 50_00 - 115_00


def test_bonus_and_keep_as_in_katowice():
    rules = edition(Leftover("bonus", Fraction(10), (Fraction(60),)), Leftover("keep"))
    outcome = count_edition(rules, POOLS)
    assert outcome.bonuses == {"L2": 3_00}
    assert outcome.carried == {"L1": 50_00, "L2": 60_00, "M": 50_00}
    assert not outcome.transfers


def test_part_of_a_leftover_may_be_kept_and_the_rest_goes_back():
    outcome = count_edition(edition(Leftover("keep", Fraction(50))), POOLS)
    assert outcome.carried == {"L1": 28_00, "L2": 30_00, "M": 25_00}
    assert outcome.unassigned == 82_00


def table(shared_data, name):
    return list(csv.DictReader((shared_data / "katowice" / name).read_text(encoding="utf-8").splitlines()))


def formula_rows(shared_data):
    return table(shared_data, "pool_formula_2021.csv")


def computed_2021(rows, **options):
    people = {row["bo_code"]: int(row["registered_2020"]) for row in rows}
    leftovers = {row["bo_code"]: int(row["left_from_2020"]) * 100 for row in rows}
    return {
        terms.code: terms
        for terms in local_pools(preset("katowice").pool_formula, people, leftovers, ["L22", "L14", "L21"], 272_531, **options)
    }


def test_the_pools_of_2021_within_a_zloty_and_podlesie_within_three(shared_data):
    rows = formula_rows(shared_data)
    terms = computed_2021(rows)
    differences = {row["bo_code"]: abs(terms[row["bo_code"]].exact - int(row["published_pool"]) * 100) for row in rows}
    assert len(rows) == 22
    assert max(difference for code, difference in differences.items() if code != "L22") < 100
    assert differences["L22"] < 300


def test_the_worked_example(shared_data):
    terms = computed_2021(formula_rows(shared_data))
    assert {code: round(terms[code].bonus) for code in ("L22", "L14", "L21")} == {
        "L22": 3_168_885,
        "L14": 1_901_331,
        "L21": 1_267_554,
    }
    first = terms["L1"]
    assert [round(part) for part in (first.equal_part, first.people_part, first.carried, first.bonus)] == [
        21_818_182,
        66_892_941,
        11_609_280,
        0,
    ]
    assert (round(first.exact), first.total, round(terms["L14"].exact)) == (100_320_402, 100_320_400, 36_184_355)
    assert city_pool(preset("katowice").pool_formula, 3_437_00) == 3_003_437_00


def test_the_base_is_shared_out_whole(shared_data):
    rows = formula_rows(shared_data)
    people = {row["bo_code"]: int(row["registered_2020"]) for row in rows}
    formula = preset("katowice").pool_formula
    leftovers = {row["bo_code"]: int(row["left_from_2020"]) * 100 for row in rows}
    terms = local_pools(formula, people, leftovers, ["L22", "L14", "L21"])
    assert sum(part.exact for part in terms) - sum(leftovers.values()) == formula.base


def test_published_pools_keep_the_invariant(shared_data):
    pools = table(shared_data, "pools_2020_2023.csv")
    budget, left, city = {}, {}, {}
    for row in pools:
        year = int(row["year"])
        if row["pool_code"] == "M":
            city[year] = (int(row["pool_budget_pln"]), int(row["left_pln"]))
        else:
            budget[year] = budget.get(year, 0) + int(row["pool_budget_pln"])
            left[year] = left.get(year, 0) + int(row["left_pln"])
    assert {year: budget[year] - left[year - 1] for year in (2021, 2022, 2023)} == {
        2021: 12_000_051,
        2022: 12_024_999,
        2023: 12_000_000,
    }
    assert all(abs(city[year][0] - 3_000_000 - city[year - 1][1]) <= 1 for year in (2021, 2022, 2023))


def test_a_correction_by_hand_needs_its_reason():
    formula = preset("katowice").pool_formula
    corrected = local_pools(formula, {"a": 1, "b": 1, "c": 1}, {}, ["a", "b", "c"], by_hand={"a": (2_500_000, "droga w Giszowcu")})
    assert (corrected[0].correction, corrected[0].total - corrected[1].total) == (2_500_000, 2_500_000)
    with pytest.raises(ValueError, match="reason"):
        local_pools(formula, {"a": 1, "b": 1, "c": 1}, {}, ["a", "b", "c"], by_hand={"a": (1, " ")})


STEPS = st.lists(
    st.builds(
        Leftover,
        st.sampled_from(["keep", "to_city", "to_best_turnout", "bonus"]),
        st.integers(0, 100).map(Fraction),
        st.just((Fraction(60), Fraction(40))),
    ),
    max_size=4,
)


@given(STEPS)
@settings(max_examples=80, deadline=None)
def test_no_step_makes_money_out_of_nothing(steps):
    outcome = count_edition(edition(*steps), POOLS, rounding=Rounding(1, "down"))
    assert 0 <= outcome.unassigned <= outcome.money == 250_00
    assert all(result.left >= 0 for result in outcome.outcomes.values())
