"""Packs of rules: what is written wrong is refused by name, a rule holds in its period, a clock can read back what it kept."""

from __future__ import annotations

from datetime import date

import pytest

from ratusz.casework.deadlines import registries
from ratusz.casework.deadlines.rulebook import NoSuchRule, RuleRefused, all_rules, read_rules, refuse_overlaps, rule_from, rule_of

GOOD = """
[[rule]]
code = "x.answer"
name = "Odpowiedź"
start = "wpływ"
length = 14
unit = "cal_day"
stops = ["answered"]
basis = "ustawa"
certainty = "firm"
valid_from = 2020-01-01
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("code = ", "cod = "), "missing code"),
        (("length = 14", "length = 14\nlengths = 2"), "unknown lengths"),
        (('"cal_day"', '"fortnight"'), "unit is one of"),
        (('"firm"', '"sure"'), "certainty is one of"),
        (("length = 14", "length = 0"), "above 0"),
        (('length = 14\nunit = "cal_day"', 'length = 5\nunit = "hour"\nroll = true'), "roll"),
        (("length = 14", 'length = 14\nat_most = "7 cal_day"'), "at_most"),
        (("length = 14", 'length = 14\nwarn = ["soon"]'), "is no length"),
        (("length = 14", 'length = 14\nextension = { length = 2, unit = "month", from = "notice" }'), "start or due"),
        (("length = 14", 'length = 14\nextension = { length = 2, unit = "month", until = "x" }'), "not until"),
        (("length = 14", "length = 14\nextension = { length = 2 }"), "unit"),
        (("2020-01-01", '"2020-01-01"'), "are days"),
        (("valid_from = 2020-01-01", "valid_from = 2020-01-01\nvalid_to = 2020-01-01"), "not after"),
        (("[[rule]]", "[[rule"), "no valid TOML"),
        (('stops = ["answered"]', "stops = []"), "missing stops"),
    ],
)
def test_a_rule_written_wrong_is_refused_and_the_refusal_says_what_to_mend(change, words):
    with pytest.raises(RuleRefused, match=words):
        read_rules(GOOD.replace(*change), "x.toml")


def test_a_rule_holds_in_its_period_and_two_never_on_one_day():
    old, new = (
        read_rules(GOOD.replace("valid_from = 2020-01-01", period), "x.toml")[0]
        for period in ("valid_from = 2020-01-01\nvalid_to = 2026-07-01", "valid_from = 2026-07-01")
    )
    refuse_overlaps([new, old])
    assert [rule.holds_on(date(2026, 7, 1)) for rule in (old, new)] == [False, True]
    assert old.version != new.version
    with pytest.raises(RuleRefused, match="overlaps"):
        refuse_overlaps([old, read_rules(GOOD, "x.toml")[0]])


def test_a_pack_of_a_module_is_found_by_day(monkeypatch, tmp_path):
    pack = tmp_path / "clocks.toml"
    pack.write_text(GOOD)
    monkeypatch.setitem(registries.clock_packs._entries, "test", pack)
    assert rule_of("x.answer", date(2026, 1, 1)).name == "Odpowiedź"
    with pytest.raises(NoSuchRule, match="x.answer"):
        rule_of("x.answer", date(2019, 12, 31))


def test_every_rule_of_ours_reads_back_from_what_a_clock_keeps():
    ours = all_rules()
    assert [rule_from(rule.content) for rule in ours] == list(ours)
    limited = read_rules(GOOD.replace('length = 14\nunit = "cal_day"', 'unit = "issue"\nat_most = "7 cal_day"'), "x")[0]
    assert rule_from(limited.content) == limited
