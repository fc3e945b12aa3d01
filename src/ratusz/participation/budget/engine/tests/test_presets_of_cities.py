"""The table of presets in the contract, line by line: what a level's rules say beyond the defaults."""

import pytest

from ratusz.participation.budget.engine import preset, presets, to_plain

POINTS, VOTES = "points", "votes"


def cumulative(points, most=None):
    return {"type": "cumulative", "points": points, "points_per_project": points} | ({"max": most} if most else {})


def ranked():
    return {"type": "ranked", "max": 3, "exact": True, "allow_unused": False, "scores": [3, 2, 1]}


def approval(most=None, least=None):
    return ({"min": least} if least else {}) | ({"max": most} if most else {})


CHOOSE1 = {"type": "choose1", "max": 1}
KNAPSACK = {"type": "knapsack"}
BY_POINTS = {"rank_key": POINTS}
STOP = {"selection": "stop"}
TOPUP = {"selection": "stop_topup", "reserve_next": True}
GDYNIA = STOP | {"reserve_next": True, "tie_chain": ["dearer", "earlier_number", "lot"]}
SHARES = {"selection": "mes", "tie_chain": ["cheaper", "more_voters", "lot"]}
KATOWICE = BY_POINTS | {"tie_chain": ["cheaper", "lot"]}
KRAKOW = BY_POINTS | {"rounding": {"unit": 1}}
KATOWICE_LEFTOVER = [{"kind": "bonus", "percent": 10, "split": [50, 30, 20]}, {"kind": "keep"}]


def at_least(kind, value):
    return {"threshold": {"kind": kind, "value": value}}


def with_lot_order(ballot):
    return ballot | {"order": "lot"}


TABLE = {
    "katowice": (
        {
            "district": ("one", cumulative(3, 3), KATOWICE | at_least(POINTS, 50) | {"cost": {"cap_percent": 60}}),
            "city": ("any", cumulative(3, 3), KATOWICE | at_least(POINTS, 200) | {"cost": {"cap_percent": 100}}),
        },
        {"leftover": KATOWICE_LEFTOVER},
    ),
    "warszawa_2026": (
        {
            "local": ("one", approval(5), at_least(VOTES, 30) | {"cost": {"cap_percent": 80}}),
            "district": ("one", approval(5), at_least(VOTES, 150) | {"cost": {"cap_percent": 50}}),
            "city": ("any", approval(5), at_least(VOTES, 3000) | {"cost": {"cap_percent": 20}}),
        },
        {},
    ),
    "warszawa_2020_25": (
        {"district": ("one", approval(15), at_least(VOTES, 50)), "city": ("any", approval(10), at_least(VOTES, 100))}, {},
    ),
    "warszawa_2017_19": ({"area": ("any", KNAPSACK, {}), "district": ("any", KNAPSACK, {})}, {}),
    "warszawa_2018": (
        {"area": ("any", KNAPSACK, at_least("percent", 10)), "district": ("any", KNAPSACK, at_least("percent", 10))}, {},
    ),
    "krakow": (
        {
            "district": ("one", ranked(), KRAKOW | {"cost": {"floor": 2_500_00}}),
            "city": ("any", ranked(), KRAKOW | {"cost": {"floor": 25_000_00, "cap": 2_000_000_00}}),
        },
        {},
    ),
    "lodz": (
        {"local": ("any", approval(5), at_least(VOTES, 50)), "city": ("any", approval(5), at_least(VOTES, 50))},
        {"double_vote": "all_void", "leftover": [{"kind": "to_city"}]},
    ),
    "lodz_2019_24": (
        {"local": ("any", approval(5), at_least(VOTES, 50)), "city": ("any", approval(5), at_least(VOTES, 100))},
        {"double_vote": "all_void", "leftover": [{"kind": "to_city"}]},
    ),
    "gdynia": (
        {
            "small": ("one", approval(3), GDYNIA | at_least(VOTES, 50)),
            "large": ("one", approval(3), GDYNIA | at_least(VOTES, 50)),
            "city": ("any", approval(3), GDYNIA | at_least(VOTES, 1000)),
        },
        {},
    ),
    "wroclaw": ({"local": ("any", CHOOSE1, STOP), "city": ("any", CHOOSE1, STOP)}, {}),
    "poznan_2023": ({"district": ("one", approval(5), TOPUP), "city": ("any", CHOOSE1, TOPUP)}, {}),
    "poznan_2026": (
        {"category_1": ("one", CHOOSE1, TOPUP), "category_2": ("one", CHOOSE1, TOPUP), "city": ("any", CHOOSE1, TOPUP)}, {},
    ),
    "czestochowa": (
        {
            "district": ("one", cumulative(10), BY_POINTS | at_least(POINTS, 300)),
            "city": ("any", cumulative(10), BY_POINTS | at_least(POINTS, 1000)),
        },
        {"leftover": [{"kind": "to_best_turnout"}]},
    ),
    "czestochowa_2020_24": (
        {"district": ("one", cumulative(10), BY_POINTS), "city": ("any", cumulative(10), BY_POINTS)},
        {"leftover": [{"kind": "to_best_turnout"}]},
    ),
    "gdansk_2017_21": (
        {
            "district": ("any", with_lot_order(cumulative(5)), BY_POINTS),
            "green_district": ("any", with_lot_order(CHOOSE1), BY_POINTS),
            "green_city": ("any", with_lot_order(CHOOSE1), BY_POINTS),
            "city": ("any", with_lot_order(CHOOSE1), BY_POINTS),
        },
        {},
    ),
    "swiecie_2023": (
        {"city": ("any", approval(least=3), SHARES | at_least("cost_share", 3) | {"mes": {"comparison": True}})}, {},
    ),
    "wieliczka_2023": (
        {"city": ("any", {}, SHARES | {"mes": {"completion": "add1_until_exceed", "comparison": True}})}, {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", TABLE)
def test_a_preset_says_what_its_line_of_the_table_says(code):
    levels, edition = TABLE[code]
    found = to_plain(preset(code).rules)
    said = {level["code"]: dict(level["rules"]) for level in found.pop("levels")}
    access = {level.code: level.access for level in preset(code).rules.levels}
    expected = {name: rules | ({"ballot": ballot} if ballot else {}) for name, (_, ballot, rules) in levels.items()}
    assert said == expected
    assert access == {name: level[0] for name, level in levels.items()}
    assert found == edition


def test_no_preset_is_left_out_of_the_table():
    assert set(TABLE) == set(presets())


@pytest.mark.parametrize(
    "code, place, pool, level",
    [
        ("gdynia", "local", "Oksywie | small", "small"),
        ("gdynia", "local", "Oksywie | large", "large"),
        ("gdansk_2017_21", "city", "Gdańsk green", "green_city"),
        ("gdansk_2017_21", "district", "Oliwa green", "green_district"),
        ("poznan_2026", "district", "Jeżyce 2", "category_2"),
        ("poznan_2026", "district", "Jeżyce 1", "category_1"),
        ("poznan_2026", "city", "Poznań", "city"),
        ("swiecie_2023", "city", "Świecie", "city"),
    ],
)
def test_the_level_of_a_pool(code, place, pool, level):
    assert preset(code).level_of(place, pool) == level


def test_a_pool_that_no_level_holds():
    with pytest.raises(KeyError, match="katowice: local"):
        preset("katowice").level_of("local", "Park")
