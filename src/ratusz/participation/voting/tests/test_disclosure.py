"""P4: whatever a pool's ballots are, what is published beside them makes no class smaller than five or of one opinion."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.voting.disclosure import BANDS, LEAST, OpenBallot, by_band, level_for, shown_at

ballots = st.lists(
    st.builds(OpenBallot, choices=st.integers(0, 3), age_band=st.sampled_from((*BANDS, "")), sex=st.sampled_from("MF")),
    max_size=120,
)


@given(ballots)
def test_no_published_class_is_small_or_of_one_opinion(found):
    level = level_for(found)
    if level == "nothing":
        assert {shown_at(level, ballot) for ballot in found} <= {("", "")}
        return
    classes = defaultdict(list)
    for ballot in found:
        classes[shown_at(level, ballot)].append(ballot.choices)
    assert all(len(each) >= LEAST and len(set(each)) >= 2 for each in classes.values())


def many(band: str, sex: str, count: int, opinions: int = 2) -> list[OpenBallot]:
    return [OpenBallot(number % opinions, band, sex) for number in range(count)]


def test_the_finest_safe_level_is_taken():
    assert level_for(many("18-29", "F", 5) + many("18-29", "M", 5)) == "age and sex"
    assert level_for(many("18-29", "F", 9) + many("18-29", "M", 1)) == "age"
    assert level_for(many("18-29", "F", 9) + many("30-44", "F", 1)) == "merged age"
    assert level_for(many("18-29", "F", 9) + many("75+", "F", 4)) == "nothing"
    assert level_for(many("18-29", "F", 9, opinions=1)) == "nothing"
    assert level_for([]) == "age and sex"


@given(ballots)
def test_statistics_by_band_add_up_and_show_no_small_number(found):
    shown = by_band(found)
    known = sum(1 for ballot in found if ballot.age_band)
    assert all(count >= LEAST for count in shown.values())
    assert sum(shown.values()) == (known if shown else 0) and (shown or known < LEAST)
