"""Whatever is taken out of a register is named by the gate with the number of its remark, and nothing else is (property 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.consultations.registries import Count
from ratusz.participation.reports import checks
from ratusz.participation.reports.register import Row

DAY = date(2026, 9, 15)
REASONS = "Drzewa posadzimy po północnej stronie alejki, bo po południowej biegnie ciepłociąg."
WHOLE = Row(
    number=1, day=DAY, channel="online", category="resident", state="accepted", content="Więcej drzew.", verdict="accepted",
    position_state="approved", reasons=REASONS, unit="Wydział Kształtowania Środowiska", receipt="T1",
)  # fmt: skip
SPOILED = {
    "day": {"day": None}, "channel": {"channel": ""}, "category": {"category": ""}, "content": {"content": ""},
    "unsettled": {"state": "registered"}, "unit": {"unit": ""}, "position": {"verdict": ""}, "approval": {"position_state": "draft"},
    "reasons": {"reasons": ""}, "analysis_day": {"verdict": "further_analysis", "due_on": DAY}, "short_reasons": {"reasons": "j.w."},
}  # fmt: skip


def look(rows):
    return checks.look_at(rows, least_signs=40, day=DAY)


@given(st.lists(st.sampled_from([*SPOILED, ""]), max_size=30))
def test_every_spoiled_remark_is_named_and_no_other(spoiled):
    rows = [
        replace(WHOLE, number=number, reasons=f"{REASONS} {number}") if not code
        else replace(replace(WHOLE, number=number, reasons=f"{REASONS} {number}"), **SPOILED[code])
        for number, code in enumerate(spoiled, 1)
    ]  # fmt: skip
    expected: dict[str, list[int]] = {}
    for number, code in enumerate(spoiled, 1):
        if code:
            expected.setdefault(code, []).append(number)
    found = look(rows)
    assert {code: sorted(numbers) for code, numbers in found.lacking.items()} == expected
    gaps = checks.gaps_of_rows(found)
    assert {gap.code.removeprefix("remarks.") for gap in gaps} - {"same_reasons"} == set(expected)
    for gap in gaps:
        assert gap.words.endswith(checks.ranges(expected.get(gap.code.removeprefix("remarks."), []))) or "same" in gap.code


@given(st.sets(st.integers(1, 500), min_size=1))
def test_ranges_name_every_number_and_no_other(numbers):
    told = checks.ranges(sorted(numbers)).partition(" (")[0]
    named: set[int] = set()
    for part in told.split(", "):
        low, _dash, high = part.partition("–")
        named |= set(range(int(low), int(high or low) + 1))
    assert named == numbers


def test_a_withdrawn_remark_needs_nothing_and_a_late_one_what_its_mode_says():
    withdrawn = replace(WHOLE, state="withdrawn", verdict="", reasons="", unit="", position_state="")
    late = replace(withdrawn, state="late", number=2)
    assert look([withdrawn]).lacking == {}
    assert look([late]).lacking == {"unit": [2], "position": [2], "reasons": [2]}
    assert checks.look_at([late], least_signs=40, day=DAY, late_unconsidered=True).lacking == {}


def test_the_same_reasons_are_warned_of_outside_a_cluster_alone():
    rows = [replace(WHOLE, number=number, cluster=cluster) for number, cluster in enumerate(["", "", "Drzewa", "Drzewa"], 1)]
    assert [(gap.code, gap.is_warning) for gap in checks.gaps_of_rows(look(rows))] == [("remarks.same_reasons", True)]
    assert "1–2 (2 uwagi)" in checks.gaps_of_rows(look(rows))[0].words


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(-3, 3))
def test_numbers_that_do_not_add_up_are_named(valid, invalid, wrong, error):
    count = Count("urna", valid + invalid + wrong + error, valid, {"N01": invalid}, wrong)
    assert [gap.code for gap in checks.reconcile([("Urna w bibliotece", count)])] == ([] if error == 0 else ["counts"])


@given(st.lists(st.tuples(st.sampled_from(["", "3"]), st.integers(1, 6)), max_size=8))
def test_annexes_that_do_not_follow_each_other_are_named(given):
    for place in ("", "3"):
        numbers = sorted(number for where, number in given if where == place)
        assert (place in checks.broken_numbers(given)) == (numbers != list(range(1, len(numbers) + 1)))
