"""Made-up ballots give exactly the sums that were published, and every ballot is one a person could have cast."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.demo.made_up_ballots import NoSuchBallots, make_up_ballots

PATTERNS = {(3,), (2, 1), (1, 1, 1), (2,), (1, 1), (1,)}


def sums(ballots, projects):
    points, voters = [0] * projects, [0] * projects
    for choices, given_points in zip(ballots.choices, ballots.points, strict=True):
        for project, number in zip(choices, given_points, strict=True):
            points[project] += number
            voters[project] += 1
    return points, voters


def check(points, voters, count, seed=1):
    made = make_up_ballots(points, voters, count, seed)
    assert sums(made, len(points)) == (list(points), list(voters))
    assert len(made.choices) == count
    assert all(len(set(choices)) == len(choices) for choices in made.choices)
    patterns = Counter(tuple(sorted(given_points, reverse=True)) for given_points in made.points)
    assert patterns.keys() <= PATTERNS
    return made, patterns


@st.composite
def real_ballots(draw):
    """Sums that some ballots surely have: of ballots drawn one by one."""
    projects = draw(st.integers(3, 6))
    drawn = draw(
        st.lists(st.tuples(st.sampled_from(sorted(PATTERNS)), st.permutations(range(projects))), min_size=30, max_size=120)
    )
    points, voters = [0] * projects, [0] * projects
    for pattern, order in drawn:
        for project, number in zip(order, pattern, strict=False):
            points[project] += number
            voters[project] += 1
    return points, voters, len(drawn)


@settings(max_examples=60, deadline=None)
@given(real_ballots())
@pytest.mark.slow
def test_sums_of_any_real_ballots_can_be_made_up(case):
    check(*case)


def test_one_project_takes_nearly_all():
    check([90, 12, 9], [35, 10, 8], 40)


def test_the_same_seed_makes_the_same_ballots_and_another_seed_others():
    first, second, third = (make_up_ballots([90, 60, 40], [40, 30, 25], 65, seed) for seed in (1, 1, 2))
    assert first == second != third


def test_impossible_sums_are_refused():
    with pytest.raises(NoSuchBallots):
        make_up_ballots([10], [3], 3, 1)
    with pytest.raises(NoSuchBallots):
        make_up_ballots([3, 3], [1, 1], 1, 1)
