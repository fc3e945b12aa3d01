"""Conditions, checks and edits of a questionnaire, by examples and by properties."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.surveys import terms
from ratusz.participation.surveys.factories import EVERY_KIND, choices, content_of, question
from ratusz.participation.surveys.forms.choice_lines import lines_of, parts_from, rows_from_geojson
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions import editing
from ratusz.participation.surveys.questions.checks import problems_of
from ratusz.participation.surveys.questions.conditions import holds
from ratusz.participation.surveys.questions.judging import judge
from ratusz.participation.surveys.questions.values import as_number

YES = {"question": "p1", "op": "is", "value": "yes"}
NO = {"question": "p1", "op": "is", "value": "no"}
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.sampled_from(["r1", "na", "features", "place"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.parametrize(
    "condition, answers, expected",
    [
        (None, {}, True), (YES, {"p1": "yes"}, True), (YES, {}, False), ({**YES, "op": "is_not"}, {}, False),
        ({"join": "and", "tests": [YES, {"question": "p2", "op": "gt", "value": "3"}]}, {"p1": "yes", "p2": 4}, True),
        ({"join": "or", "tests": [YES, NO]}, {"p1": "no"}, True),
        ({"question": "p5.r1", "op": "is", "value": "a"}, {"p5": {"r1": "a"}}, True),
        ({"question": "p2", "op": "has", "value": "b"}, {"p2": ["a", "b"]}, True),
        ({"question": "p8", "op": "le", "value": "2026-05-01"}, {"p8": "2026-04-30"}, True),
        ({"question": "p9", "op": "lt", "value": "5"}, {"p9": "dużo"}, False),
        ({"question": "p2", "op": "not_answered"}, {"p2": []}, True),
    ],
)  # fmt: skip
def test_conditions_hold_as_they_are_written(condition, answers, expected):
    assert holds(condition, answers) is expected


@pytest.mark.parametrize(
    "items, words",
    [
        ([question("p1"), question("p2", show_if={"join": "and", "tests": [YES, NO]})], "nikt nie dojdzie"),
        ([question("p1"), question("p2", show_if=YES), question("p3", show_if={"join": "and", "tests": [NO, {"question": "p2", "op": "answered"}]})], "nikt nie dojdzie"),
        ([question("p1", "number", lowest=0, highest=10), question("p2", show_if={"question": "p1", "op": "gt", "value": "10"})], "nikt nie dojdzie"),
        ([question("p1"), question("p2", show_if={"question": "p1", "op": "is", "value": "zz"})], "nikt nie może dać"),
        ([question("p1", show_if=YES)], "zapętla"),
        ([question("p1", show_if={"question": "p9", "op": "answered"})], "już nie ma"),
        ([question("p1", "short_text", pattern="(a+)+b")], "wzorca"),
        ([question("p1", "date", lowest="2026-05-02", highest="2026-05-01")], "nikt nie odpowie"),
        ([question("p1"), question("p1")], "ten kod"),
        ([], "żadnego pytania"),
    ],
)  # fmt: skip
def test_what_nobody_could_answer_is_found(items, words):
    assert any(words in each.words for each in problems_of(content_of(*items), ["pl"]))


def test_a_questionnaire_of_all_kinds_and_the_library_have_no_problem():
    assert problems_of(EVERY_KIND, ["pl"]) == []
    for ready in terms.library().values():
        assert [each for each in problems_of(ready.content, ["pl"]) if not each.is_warning] == []
    assert problems_of(terms.library()["metryczka"].content, ["pl", "en", "uk"]) == []


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from([item["code"] for item in c.items_of(EVERY_KIND)]) | st.text(max_size=4), ANY, max_size=8))
def test_whatever_is_sent_is_kept_right_or_refused_and_judging_again_changes_nothing(sent):
    judged = judge(EVERY_KIND, sent, asks_all=False)
    assert not set(judged.content) & set(judged.errors)
    again = judge(EVERY_KIND, judged.content, asks_all=False)
    assert (again.content, again.errors, again.dropped) == (judged.content, {}, ())


@given(st.lists(st.tuples(st.sampled_from(["up", "down", "duplicate", "delete", "page", "add"]), st.integers(0, 30)), max_size=15))
def test_no_edit_loses_a_question_changes_the_old_one_or_gives_a_code_again(deeds):
    content, given_out = editing.joined(editing.empty(), EVERY_KIND), set()
    for deed, number in deeds:
        before, codes = copy.deepcopy(content), [item["code"] for item in c.items_of(content)]
        given_out |= set(codes)
        code = codes[number % len(codes)] if codes else ""
        if deed == "page":
            made = editing.with_page(content, {}) if len(content["pages"]) < editing.MOST_PAGES else content
        elif deed == "add":
            made, new = editing.with_item(content, content["pages"][0]["code"], question(""))
            assert new not in given_out
        elif not code:
            continue
        elif deed == "delete":
            made = editing.without_item(content, code)
        elif deed == "duplicate":
            made, new = editing.duplicated(content, code)
            assert new not in given_out
        else:
            made = editing.moved(content, code, -1 if deed == "up" else 1)
            assert sorted(item["code"] for item in c.items_of(made)) == sorted(codes)
        assert content == before
        content = made


def test_choices_are_typed_as_lines_and_keep_their_codes():
    old = choices("pieszo", "rowerem")
    typed = {"pl": "b = na rowerze\na = pieszo\ninaczej [własne słowa]", "en": "a = on foot\nb = by bike"}
    made = parts_from(typed, old)
    assert [(each["code"], each["text"]) for each in made] == [
        ("b", {"pl": "na rowerze", "en": "by bike"}), ("a", {"pl": "pieszo", "en": "on foot"}), ("c", {"pl": "inaczej"}),
    ]  # fmt: skip
    assert made[2]["other"] and parts_from({"pl": lines_of(made, "pl")}, made)[2]["other"]


def test_42_sectors_come_from_one_file():
    import json

    square = [[[19.0, 50.2], [19.1, 50.2], [19.1, 50.3], [19.0, 50.2]]]
    features = [{"properties": {"name": f"Odcinek {n}"}, "geometry": {"type": "Polygon", "coordinates": square}} for n in range(42)]
    rows = rows_from_geojson(json.dumps({"type": "FeatureCollection", "features": features}))
    item = question("p1", "sectors", rows=rows, required=True)
    full = {row["code"]: "yes" for row in rows}
    assert judge(content_of(item), {"p1": full}).errors == {}
    assert "brakuje" in judge(content_of(item), {"p1": dict(list(full.items())[:40])}).errors["p1"].lower()
    for broken in ("null", '{"type": "Polygon", "coordinates": [[["x"]]]}', '{"type": "Polygon", "coordinates": []}'):
        with pytest.raises(ValueError):
            rows_from_geojson('{"features": [{"properties": {"name": "a"}, "geometry": ' + broken + "}]}")


@pytest.mark.parametrize(
    "typed, number", [("1 200,5", 1200.5), ("41", 41), ("-3", -3), ("1e9", None), ("٣", None), ("", None), ("nan", None)]
)
def test_numbers_are_read_as_people_write_them(typed, number):
    assert as_number(typed) == number
