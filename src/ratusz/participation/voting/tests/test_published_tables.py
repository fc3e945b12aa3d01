"""Tables that are published: sums stay, nothing small stands alone, and no two tables together tell a small class."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.voting.disclosure import BANDS, LEAST, Row, bands_of_places, in_order, together
from ratusz.participation.voting.statistics import fit, turnout

counts = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 12))


@given(counts)
def test_classes_in_order_join_their_neighbours(found):
    shown = in_order(found)
    assert all(row.count >= LEAST for row in shown)
    assert sum(row.count for row in shown) == (sum(found.values()) if shown else 0)
    if shown:
        assert [name for row in shown for name in row.names] == list(found)


@given(counts)
def test_small_classes_without_order_stand_together_and_never_alone(found):
    shown, small = together(found), {name for name, count in found.items() if 0 < count < LEAST}
    assert all(row.count >= LEAST for row in shown)
    assert sum(row.count for row in shown) == (sum(found.values()) if shown else 0)
    assert all(len(row.names) > 1 for row in shown if small & set(row.names))


def test_a_small_district_takes_the_next_smallest_with_it():
    assert together({"L1": 300, "L2": 2, "L3": 40}) == [Row(("L1",), 300), Row(("L2", "L3"), 42)]
    assert (together({"L1": 3}), together({}), in_order({})) == ([], [], [])


@given(st.dictionaries(st.tuples(st.sampled_from(["L1", "L2", "L3"]), st.sampled_from([*BANDS, ""])), st.integers(0, 30)))
def test_every_place_has_the_same_bands_and_none_is_small(cells):
    level, table = bands_of_places(cells)
    assert all(count >= LEAST for _row, bands in table for count in bands.values())
    if level != "nothing":
        assert all(sum(bands.values()) == row.count for row, bands in table)


def test_the_reconciliation_is_published_in_the_groups_of_the_other_tables_and_never_way_by_district():
    rows = [["paper", "L1", 1, 1, 1], ["paper", "L2", 2, 2, 0], ["web", "L1", 7, 7, 0], ["web", "L9", 1, 1, 1]]
    tables = {
        "sums": {"totals": {"roll": 11}, "rows": rows, "people": {"L1": 30, "L2": 20, "L7": 50}},
        "channel": {"rows": [[["web", "paper"], 9]]}, "district": {"rows": [[["L1"], 7], [["L2", ""], 2]]},
    }  # fmt: skip
    assert fit(tables)["sums"] == {
        "totals": {"roll": 11}, "channel": [[["web", "paper"], 11, 11]],
        "district": [[["L1"], 8, 8], [["L2", "", "L9", "L7"], 3, 3]],
        "people": {"all": 100, "district": [[["L1"], 30], [["L2", "", "L9", "L7"], 70]]},
    }  # fmt: skip
    assert turnout(tables) == (100, 11, [(["L1"], 30, 8), (["L2", "", "L9", "L7"], 70, 3)])
    few = {"sums": {"totals": {}, "rows": rows}, "channel": {"rows": []}, "district": {"rows": []}}
    assert fit(few)["sums"] == {"totals": {}, "channel": [], "district": []} and turnout(few) is None and fit({}) == {}
