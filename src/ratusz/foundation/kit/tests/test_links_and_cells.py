"""Signed links, safe addresses, and cells that are no formulas."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.kit.links import LinkExpired, LinkRefused, is_safe_url, read_link, sign_link
from ratusz.foundation.kit.spreadsheets import csv_lines, neutral_cell

NOON = datetime(2026, 9, 15, 12, tzinfo=UTC)


def test_a_link_is_good_for_its_purpose_until_it_expires():
    token = sign_link("preferences", {"contact": 7}, NOON)
    assert read_link("preferences", token, NOON - timedelta(seconds=1)) == {"contact": 7}
    with pytest.raises(LinkExpired):
        read_link("preferences", token, NOON)
    with pytest.raises(LinkRefused):
        read_link("unsubscribe", token, NOON - timedelta(days=1))


@given(st.text(), st.integers(min_value=0))
def test_a_changed_link_is_refused(noise, position):
    token = sign_link("preferences", [1], NOON)
    place = position % len(token)
    changed = token[:place] + noise + token[place + 1 :]
    if changed != token:
        with pytest.raises(LinkRefused):
            read_link("preferences", changed, NOON - timedelta(days=1))


def test_a_link_can_stand_in_an_address():
    assert set(sign_link("x", "ąę", NOON)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.")


@pytest.mark.parametrize(
    "url",
    [
        "https://katowice.eu/", "http://katowice.eu", "mailto:biuro@katowice.eu", "tel:+48322593333", "/dzielnice/ligota/",
        "#tresc", "?a=1", "HTTPS://katowice.eu", "https://katowice.eu/żółw?q=a|b",
    ],
)  # fmt: skip
def test_safe_addresses(url):
    assert is_safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:///path", "https://",
        "javascript\u200b:alert(1)", "file:///etc/passwd", "mailto:", "mailto://x", "http://[", "ｊavascript:alert(1)",
        "katowice.eu", "ja\nvascript:x", "https:evil.example",
    ],
)  # fmt: skip
def test_unsafe_addresses(url):
    assert not is_safe_url(url)


@settings(max_examples=10_000, deadline=None)
@given(st.text())
@pytest.mark.slow
def test_no_cell_begins_like_a_formula_whatever_is_typed(text):
    _assert_neutral(text)


@settings(max_examples=300)
@given(st.text(alphabet="=+-@\t\r\n |%＝＋－＠\u00a0a1\"';,", max_size=6))
def test_no_cell_begins_like_a_formula(text):
    _assert_neutral(text)


def _assert_neutral(text):
    [cell] = next(csv.reader(io.StringIO("".join(csv_lines([[text]])).removeprefix("\ufeff"), newline=""), delimiter=";"), [""])
    assert cell == neutral_cell(text)
    assert not cell.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert cell.removeprefix("'") == text.replace("\x00", "").removeprefix("'") or cell == text.replace("\x00", "")


def test_numbers_stay_numbers_and_the_file_opens_in_polish_spreadsheets():
    assert "".join(csv_lines([["nazwa", "kwota"], ["=SUMA(A1)", -5], ["Ala; kot", 12]])) == (
        '\ufeffnazwa;kwota\r\n\'=SUMA(A1);-5\r\n"Ala; kot";12\r\n'
    )
