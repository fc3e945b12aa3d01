"""From ballots to a published result: counted, final, recounted, changed only by an event with its ground."""

from datetime import date

import pytest

from ratusz.foundation.audit.models import Entry
from ratusz.participation.budget.actions import count_pool, publish_result, record_change, recount_pool
from ratusz.participation.budget.factories import BallotFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, PoolResult, Project
from ratusz.participation.budget.rules import NotPossible

pytestmark = pytest.mark.django_db


def make_pool(costs, supporters, budget=500_000_00):
    """A pool whose project i costs `costs[i]` zł and gets 3 points from each of `supporters[i]` voters."""
    pool = PoolFactory(budget_grosze=budget)
    for position, (cost, voters) in enumerate(zip(costs, supporters, strict=True)):
        ProjectFactory(pool=pool, position=position, cost_grosze=cost * 100)
        BallotFactory.create_batch(voters, pool=pool, choices=[position])
    pool.ballots_are_complete = True
    pool.save()
    return pool


def ends(result: PoolResult):
    return [
        (end.place, end.project.position, end.points, end.voters, end.outcome, end.left_before_grosze, end.numbers)
        for end in result.projects.select_related("project")
    ]


def test_a_pool_is_counted_with_the_reason_of_each_project():
    pool = make_pool([300_000, 250_000, 100_000, 20_000], [40, 30, 20, 10])
    result = count_pool(pool=pool)
    assert ends(result) == [
        (1, 0, 120, 40, "funded", 500_000_00, {"left_after": 200_000_00, "threshold": 50}),
        (2, 1, 90, 30, "no_money", 200_000_00, {"threshold": 50}),
        (3, 2, 60, 20, "funded", 200_000_00, {"left_after": 100_000_00, "threshold": 50}),
        (4, 3, 30, 10, "below_threshold", None, {"threshold": 50}),
    ]
    assert (result.spent_grosze, result.left_grosze, result.ballots, result.points) == (400_000_00, 100_000_00, 100, 300)
    assert Edition.objects.get().state == Edition.State.COUNTED


def test_counting_again_before_publication_replaces_the_draft():
    pool = make_pool([100], [20])
    first, second = count_pool(pool=pool), count_pool(pool=pool)
    assert list(PoolResult.objects.values_list("pk", flat=True)) == [second.pk] != [first.pk]


def test_the_edition_is_published_with_its_last_pool():
    pool = make_pool([100], [20])
    other = PoolFactory(edition=pool.edition, ballots_are_complete=True)
    publish_result(result=count_pool(pool=pool))
    assert Edition.objects.get().state == Edition.State.COUNTED
    publish_result(result=count_pool(pool=other))
    edition = Edition.objects.get()
    assert edition.state == Edition.State.PUBLISHED and edition.published_at
    assert [entry.deed for entry in Entry.objects.order_by("pk")] == [
        "budget.count_pool", "projects.open_deliveries", "budget.publish_result", "budget.count_pool", "budget.publish_result",
    ]  # fmt: skip


def test_a_pool_without_all_ballots_is_not_counted():
    with pytest.raises(NotPossible):
        count_pool(pool=PoolFactory())


def test_a_published_result_is_not_counted_over_nor_published_twice():
    pool = make_pool([100], [20])
    result = publish_result(result=count_pool(pool=pool))
    with pytest.raises(NotPossible):
        count_pool(pool=pool)
    with pytest.raises(NotPossible):
        publish_result(result=result)


def test_a_recount_agrees_with_the_published_result():
    pool = make_pool([300_000, 250_000, 100_000], [40, 30, 20])
    publish_result(result=count_pool(pool=pool))
    pool.refresh_from_db()
    recount = recount_pool(pool=pool)
    assert (recount.is_identical, recount.differences, recount.ballots) == (True, [], 90)


def test_a_withdrawn_project_leads_to_a_second_version_beside_the_first():
    pool = make_pool([300_000, 250_000], [40, 30])
    first = publish_result(result=count_pool(pool=pool))
    pool.refresh_from_db()
    change = record_change(
        pool=pool, kind="withdrawn", ground="Rezygnacja autora z 5 października 2026 r.", day=date(2026, 10, 5),
        project=Project.objects.get(position=0),
    )  # fmt: skip
    second = publish_result(result=count_pool(pool=pool))
    pool.refresh_from_db()
    assert [(end.project.position, end.outcome) for end in first.projects.all()] == [(0, "funded"), (1, "no_money")]
    assert [(end.project.position, end.outcome) for end in second.projects.all()] == [(1, "funded"), (0, "withdrawn")]
    assert (pool.result, second.version, second.change) == (second, 2, change)


def test_a_decisive_tie_settled_by_lot_waits_for_a_recorded_decision():
    pool = make_pool([300_000, 300_000], [20, 20])
    result = count_pool(pool=pool)
    assert result.waits
    with pytest.raises(NotPossible):
        publish_result(result=result)
    numbers = [project.number for project in pool.projects.all()]
    record_change(pool=pool, kind="decided", ground="Protokół nr 3", day=date(2026, 9, 28), order=(numbers[1], numbers[0]))
    result = publish_result(result=count_pool(pool=pool))
    assert [(end.project.position, end.outcome) for end in result.projects.all()] == [(1, "funded"), (0, "no_money")]


def test_a_change_needs_a_ground_and_a_project_of_the_pool():
    pool = make_pool([100], [20])
    with pytest.raises(NotPossible):
        record_change(pool=pool, kind="corrected", ground=" ", day=date(2026, 9, 28))
    with pytest.raises(NotPossible):
        record_change(pool=pool, kind="withdrawn", ground="x", day=date(2026, 9, 28), project=ProjectFactory())
