"""What must never be false stands in the database: limits of ballots, final results, sums that add up."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import Error, connection, transaction

from ratusz.participation.budget.actions import count_pool, publish_result, record_change
from ratusz.participation.budget.factories import BallotFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, Pool, PoolResult, Recount

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 30, 12, tzinfo=UTC)


@contextmanager
def refused(name: str):
    """The block fails with the database's error that names the constraint (deferred ones are checked at once)."""
    with pytest.raises(Error, match=name) as caught, transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert caught


@pytest.fixture
def pool():
    pool = PoolFactory()
    ProjectFactory(pool=pool, position=0)
    ProjectFactory(pool=pool, position=1)
    return pool


def complete(pool):
    BallotFactory.create_batch(30, pool=pool)
    pool.ballots_are_complete = True
    pool.save()


@pytest.fixture
def published(pool):
    complete(pool)
    return publish_result(result=count_pool(pool=pool))


@pytest.mark.parametrize(
    ("ballot", "constraint"),
    [
        ({"points": [4]}, "points than one voter"),
        ({"choices": [0, 1], "points": [2, 2]}, "points than one voter"),
        ({"points": [-1]}, "below zero"),
        ({"choices": [0, 0], "points": [1, 1]}, "project twice"),
        ({"choices": [2]}, "not in its pool"),
        ({"choices": [-1]}, "not in its pool"),
        ({"choices": [0, 1], "points": [3]}, "ballot_points_run_parallel_to_choices"),
    ],
)
def test_a_ballot_over_the_limits(pool, ballot, constraint):
    with refused(constraint):
        BallotFactory(pool=pool, **ballot)


def test_a_ballot_with_a_label_twice(pool):
    BallotFactory(pool=pool, label="a")
    with refused("one_ballot_per_pool_and_label"):
        BallotFactory(pool=pool, label="a")


def test_ballots_of_a_complete_pool_stay_as_they_are(pool):
    complete(pool)
    with refused("already has all its ballots"):
        BallotFactory(pool=pool)
    with refused("neither changed nor removed"):
        pool.ballots.update(points=[2])
    with refused("neither changed nor removed"):
        pool.ballots.first().delete()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"cost_grosze": -1}, "project_cost_is_not_below_zero"),
        ({"number": "L1/01 X"}, "project_number_is_one_word"),
        ({"number": "L1/01/X;"}, "project_number_is_one_word"),
        ({"longitude": 200, "latitude": 0}, "project_point_is_on_earth"),
        ({"longitude": 19}, "project_point_is_on_earth"),
        ({"position": 1, "number": "L1/99/X", "slug": "other"}, "one_project_per_pool_and_position"),
    ],
)
def test_an_impossible_project(pool, wrong, constraint):
    with refused(constraint):
        ProjectFactory(**{"pool": pool, "position": 7} | wrong)


def test_a_number_is_never_used_twice_in_a_pool(pool):
    with refused("one_project_per_pool_and_number"):
        ProjectFactory(pool=pool, number=pool.projects.first().number, slug="other", position=7)


def test_a_pool_below_zero():
    with refused("pool_money_is_not_below_zero"):
        PoolFactory(budget_grosze=-1)


def test_an_edition_published_without_its_moment(pool):
    with refused("a_published_edition_has_its_moment"):
        Edition.objects.update(state=Edition.State.PUBLISHED)


def test_a_published_result_is_final(published):
    with refused("final"):
        PoolResult.objects.update(left_grosze=0)
    with refused("final"):
        published.projects.update(points=1)
    with refused("final"):
        published.projects.all().delete()
    with refused("final"):
        end = published.projects.first()
        end.pk, end.position = None, 9
        end.save()


def test_a_counted_project_keeps_its_cost_and_number(published):
    with refused("stay"):
        published.pool.projects.update(cost_grosze=1)
    published.pool.projects.update(name="Poprawiona literówka")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"ballots_are_complete": False}, "not opened again"),
        ({"result": None}, "not taken back"),
        ({"budget_grosze": 1}, "stay"),
        ({"rules": {}}, "stay"),
    ],
)
def test_what_a_published_result_stands_on(published, change, name):
    with refused(name):
        Pool.objects.filter(pk=published.pool_id).update(**change)


def test_a_published_edition_does_not_go_back(published):
    with refused("does not go back"):
        Edition.objects.update(state=Edition.State.DRAFT)


def test_a_result_that_spends_more_than_the_pool(pool):
    complete(pool)
    result = count_pool(pool=pool)
    with refused("a_result_spends_no_more_than_the_pool"):
        PoolResult.objects.filter(pk=result.pk).update(spent_grosze=600_000_00, left_grosze=-100_000_00)
    with refused("does not add up"):
        PoolResult.objects.filter(pk=result.pk).update(spent_grosze=400_000_00, left_grosze=100_000_00)
    with refused("spent_and_left_make_the_pool"):
        PoolResult.objects.filter(pk=result.pk).update(left_grosze=0)
    with refused("does not add up"):
        PoolResult.objects.filter(pk=result.pk).update(funded_count=0)


def test_a_second_published_result_needs_a_change(published):
    with refused("a_later_result_needs_a_recorded_change"):
        PoolResult.objects.create(pool=published.pool, version=2, source="ballots", counted_at=AT, **SUMS)
    with refused("one_published_result_per_pool_and_version"):
        PoolResult.objects.create(pool=published.pool, version=1, source="ballots", counted_at=AT, published_at=AT, **SUMS)


SUMS = {"ballots": 0, "points": 0, "budget_grosze": 0, "spent_grosze": 0, "left_grosze": 0, "projects_count": 0, "funded_count": 0}


def test_changes_and_recounts_are_only_added(published):
    change = record_change(pool=published.pool, kind="corrected", ground="Decyzja nr 1", day=date(2026, 10, 1))
    recount = Recount.objects.create(result=published, at=AT, ballots=30, is_identical=True)
    for row in (change, recount):
        with refused("append-only"):
            row.delete()
        with refused("append-only"):
            row.save(force_update=True)
