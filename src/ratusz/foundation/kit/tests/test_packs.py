"""Dated rules: what holds on a day, and which files are refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit import packs
from ratusz.foundation.kit.packs import NotInForce, PackChanged, PackError, load_pack, read_pack

HEAD = 'name = "bo"\nabout = "Katowice"\n'


def value(name="min_age", number="16", valid_from="2020-01-01", valid_to="", certainty="confirmed", **others):
    lines = {
        "name": f'"{name}"', "value": number, "unit": '"years"', "legal_basis": '"§ 3 uchwały XIV/286/19"', "valid_from": valid_from,
        "certainty": f'"{certainty}"', **({"valid_to": valid_to} if valid_to else {}), **others,
    }  # fmt: skip
    return "[[value]]\n" + "".join(f"{key} = {written}\n" for key, written in lines.items() if written is not None)


TWO = HEAD + value(valid_to="2024-01-01") + value(number="0", valid_from="2024-01-01", certainty="verify") + value("share", "0.5")


def test_a_day_has_the_values_in_force():
    pack = read_pack(TWO, "bo.toml")
    assert dict(pack.at(date(2023, 12, 31))) == {"min_age": 16, "share": Decimal("0.5")}
    assert dict(pack.at(date(2024, 1, 1))) == {"min_age": 0, "share": Decimal("0.5")}
    entry = pack.at(date(2024, 1, 1)).entry("min_age")
    assert (entry.unit, entry.legal_basis, entry.is_confirmed) == ("years", "§ 3 uchwały XIV/286/19", False)
    assert pack.to_verify() == (entry,)


def test_before_its_first_day_a_value_is_not_in_force():
    with pytest.raises(NotInForce, match="min_age"):
        read_pack(TWO, "bo.toml").at(date(2019, 12, 31))["min_age"]


def test_a_moment_is_not_a_day():
    with pytest.raises(TypeError):
        read_pack(TWO, "bo.toml").at(datetime(2024, 1, 1, tzinfo=UTC))


def test_a_process_keeps_the_rules_of_its_launch_day():
    launch_day = date(2023, 5, 1)
    before = read_pack(TWO, "bo.toml")
    version = before.at(launch_day).version
    later_added = read_pack(
        TWO.replace('valid_from = 2024-01-01\ncertainty = "verify"', 'valid_from = 2024-01-01\ncertainty = "confirmed"'), "bo"
    )
    assert later_added.kept(launch_day, version) == before.at(launch_day)
    with pytest.raises(PackChanged, match="2023-05-01"):
        read_pack(TWO.replace("16", "13"), "bo.toml").kept(launch_day, version)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD + value(valid_to="2024-01-01") + value(valid_from="2024-01-02"), "nothing holds from 2024-01-01"),
        (HEAD + value() + value(valid_from="2024-01-01"), "write valid_to = 2024-01-01"),
        (HEAD + value(valid_to="2024-01-02") + value(valid_from="2024-01-01"), "overlaps"),
        (HEAD + value(valid_to="2020-01-01"), "not after"),
        (HEAD + value(certainty="sure"), "certainty"),
        (HEAD + value(valid_from='"2020-01-01"'), "is a day"),
        (HEAD + value(valid_from="2020-01-01T10:00:00"), "is a day"),
        (HEAD + value(unit=None), "missing unit"),
        (HEAD + value(legal_basis='" "'), "legal basis is empty"),
        (HEAD + value(colour='"red"'), "unknown colour"),
        (HEAD, "at least one"),
        (HEAD + "colour = 1\n" + value(), "unknown keys"),
        ("name = ", "no valid TOML"),
    ],
)
def test_a_pack_written_wrong_is_refused_with_the_place(text, complaint):
    with pytest.raises(PackError, match=complaint) as refusal:
        read_pack(text, "bo.toml")
    assert str(refusal.value).startswith("bo.toml")


@given(st.lists(st.integers(min_value=1, max_value=900), min_size=1, max_size=6), st.integers(min_value=0, max_value=5000))
def test_exactly_one_value_holds_on_every_day_from_the_first(lengths, offset):
    starts = [date(2020, 1, 1) + timedelta(days=sum(lengths[:index])) for index in range(len(lengths) + 1)]
    periods = [
        value(number=str(index), valid_from=str(starts[index]), valid_to=str(starts[index + 1])) for index in range(len(lengths))
    ]
    pack = read_pack(HEAD + "".join(periods) + value(number="99", valid_from=str(starts[-1])), "bo.toml")
    day = date(2020, 1, 1) + timedelta(days=offset)
    expected = next((index for index in range(len(lengths)) if starts[index] <= day < starts[index + 1]), 99)
    assert pack.at(day)["min_age"] == expected


def test_packs_of_a_module_are_found_by_name(tmp_path, monkeypatch):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/one.toml").write_text(TWO)
    monkeypatch.setattr(packs, "files", lambda package: tmp_path)
    packs.packs_of.cache_clear()
    assert packs.packs_of("some.module") == {"bo": load_pack(tmp_path / "packs/one.toml")}
    (tmp_path / "packs/two.toml").write_text(TWO)
    packs.packs_of.cache_clear()
    with pytest.raises(PackError, match="also called 'bo'"):
        packs.packs_of("some.module")
    packs.packs_of.cache_clear()


def test_a_module_without_packs_has_none():
    assert packs.packs_of("ratusz.foundation.kit") == {}
