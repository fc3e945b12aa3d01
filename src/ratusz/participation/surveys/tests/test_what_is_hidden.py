"""What a table hides follows from nothing that stands beside it: sums, other groups, other tables of the same question."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import RegisteredCount
from ratusz.participation.surveys.factories import content_of, make_survey, question
from ratusz.participation.surveys.research.content import questions_of
from ratusz.participation.surveys.results import heard, reading
from ratusz.participation.surveys.results.gate import hidden_across
from ratusz.participation.surveys.results.tables import table_of
from ratusz.participation.surveys.results.tally import Tally
from ratusz.participation.surveys.tests.test_results import _many

FEW = settings(max_examples=20, deadline=None)


@FEW
@given(st.lists(st.lists(st.sampled_from([0, 2, 4, 6, 9, 30]), min_size=3, max_size=3), min_size=2, max_size=4), st.booleans())
def test_a_hidden_group_of_an_agency_does_not_follow_from_everybody_and_the_other_groups(groups, is_multiple):
    def cut(name, counts):
        return {
            "name": name,
            "base": max(sum(counts), 1),
            "answers": [[f"o{place}", count, None] for place, count in enumerate(counts)],
        }

    everybody = [sum(column) for column in zip(*groups, strict=True)]
    cuts = [cut("", everybody), *(cut(f"g{number}", counts) for number, counts in enumerate(groups))]
    (found,) = questions_of({"questions": [{"key": "P", "text": "A?", "multiple": is_multiple, "cuts": cuts}]}, 5)
    for place, together in enumerate(everybody):
        cells = [(counts[place], each.answers[place].is_hidden) for counts, each in zip(groups, found.cuts[1:], strict=True)]
        hidden = [count for count, is_hidden in cells if is_hidden and count]
        if hidden and not found.whole.answers[place].is_hidden and len([count for count, _hidden in cells if count]) > 1:
            assert len(hidden) > 1 and sum(hidden) >= min(5, together)
        for count, is_hidden in cells:
            assert is_hidden or found.whole.answers[place].is_hidden or not 0 < together - count < 5, "everybody else is too few"


def _follows(table, shown):
    """Hidden cells of one value alone, the sums of all rows and columns being known."""
    places = [(row, column) for row, cells in enumerate(shown) for column, cell in enumerate(cells) if cell is None]
    lines = [("row", each) for each in range(len(table))] + [("column", each) for each in range(len(table[0]))]
    known = np.array([[float(place[kind == "column"] == number) for place in places] for kind, number in lines])
    rank = np.linalg.matrix_rank(known) if places else 0
    return [
        place
        for number, place in enumerate(places)
        if np.linalg.matrix_rank(np.vstack([known, np.eye(len(places))[number]])) == rank
    ]


@FEW
@given(st.lists(st.lists(st.sampled_from([0, 1, 3, 7, 12, 30]), min_size=4, max_size=4), min_size=2, max_size=5))
def test_no_hidden_cell_follows_from_all_rows_and_columns_together(table):
    shown = hidden_across(table, 5)
    for row, column in _follows(table, shown):
        beside = [
            *zip(table[row], shown[row], strict=True),
            *((each[column], cells[column]) for each, cells in zip(table, shown, strict=True)),
        ]
        assert not [count for count, cell in beside if cell is not None and count], "something more could have been hidden"


def test_a_place_in_a_ranking_does_not_follow_from_the_places_of_the_others():
    item = {
        "code": "r",
        "kind": "ranking",
        "text": {"pl": "Co najpierw?"},
        "choices": [{"code": each, "text": {"pl": each}} for each in "abc"],
    }
    counts = {("a", "1"): 2, ("a", "2"): 8, ("a", "3"): 40, ("b", "1"): 20, ("b", "2"): 24, ("b", "3"): 6, ("c", "1"): 28, ("c", "2"): 18,
              ("c", "3"): 4}  # fmt: skip
    made = table_of(Tally(item, 50, Counter(counts)), 1, 5, {})
    for place in range(3):
        hidden = [line.counts[place] for line in made.lines if line.counts[place] is None]
        assert len(hidden) != 1


@pytest.mark.django_db
def test_what_the_table_of_an_answer_hides_is_not_told_by_the_comparison_with_the_people():
    for number, name in enumerate("ABC", 1):
        district = DistrictFactory(number=number, name=name)
        RegisteredCount.objects.create(district=district, people=100, day=date(2026, 1, 1), source="ewidencja")
    survey = make_survey(content_of(question("d", "district", measures="district")))
    _many(survey, *[{"d": 1}] * 3, *[{"d": 2}] * 8, *[{"d": 3}] * 50, *[{"d": {"na": True}}] * 4)
    (group,) = reading.results(survey)
    (found,) = heard.comparisons(survey, database_now())
    told = {line.label: line.counts[0] for line in group.tables[0].lines}
    assert {row.label: row.answers for row in found.rows} == {name: told[name] for name in "ABC"}
    hidden = [row for row in found.rows if row.answers is None]
    assert all(row.share is None for row in hidden) and found.rows[-1].share == 50 / 65, (
        "the base is everybody, so that 3 does not follow"
    )
