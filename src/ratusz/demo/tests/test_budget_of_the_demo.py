"""The demo's participatory budget: public facts, and ballots that lead to exactly what was published."""

from collections import Counter, defaultdict

import pytest

from ratusz.demo import budget, building
from ratusz.demo.made_up_ballots import make_up_ballots
from ratusz.demo.territory import load as load_districts
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.budget.models import Ballot, Edition, Pool, PoolResult, ProjectResult, Recount
from ratusz.participation.projects.models import Delivery, DeliveryStep
from ratusz.publishing.following.models import ThingNews

pytestmark = pytest.mark.slow


def quiet(words: str) -> None:
    """Nobody watches a test."""


def facts_by_pool():
    projects = defaultdict(list)
    for row in budget.rows("budget_projects"):
        projects[row["edition"], row["pool"]].append((int(row["points"]), int(row["voters"])))
    return [(row, projects[row["edition"], row["pool"]]) for row in budget.rows("budget_pools")]


@pytest.mark.slow
def test_made_up_ballots_add_up_to_the_published_points_voters_and_ballots_in_all_92_pools():
    pools = facts_by_pool()
    assert (len(pools), sum(len(projects) for _, projects in pools)) == (92, 1071)
    for row, projects in pools:
        wanted_points, wanted_voters = (list(column) for column in zip(*projects, strict=True))
        made = make_up_ballots(wanted_points, wanted_voters, int(row["ballots"]), seed=1)
        points, voters = [0] * len(projects), [0] * len(projects)
        for choices, given in zip(made.choices, made.points, strict=True):
            assert 1 <= sum(given) <= 3 and len(set(choices)) == len(choices)
            for project, number in zip(choices, given, strict=True):
                points[project] += number
                voters[project] += 1
        assert (points, voters, len(made.choices)) == (wanted_points, wanted_voters, int(row["ballots"])), row


@pytest.mark.django_db
def test_results_are_loaded_once_with_the_published_outcome():
    load_districts(quiet)
    UnitFactory(short_name=building.ELSE)
    budget.load_results(quiet)
    budget.load_results(quiet)
    assert [(e.roman, e.pools.count(), e.projects.count(), e.state, e.ballots_are_made_up) for e in Edition.objects.all()] == [
        ("X", 23, 236, "published", True),
        ("IX", 23, 259, "published", True),
        ("VIII", 23, 257, "published", True),
        ("VII", 23, 319, "published", True),
    ]
    assert (PoolResult.objects.count(), ProjectResult.objects.filter(outcome="funded").count()) == (92, 515)
    _built()
    spent = {(row["edition"], row["pool"]): int(row["spent_zl"]) * 100 for row in budget.rows("budget_pools")}
    assert {(p.edition.roman, p.code): p.result.spent_grosze for p in Pool.objects.select_related("edition", "result")} == spent


def _built() -> None:
    """Every winner has made-up facts of its building that say so; loading again changes nothing."""
    building.load(quiet)
    assert Delivery.objects.filter(is_made_up=True, unit__isnull=False).count() == Delivery.objects.count() == 515
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states["done"] > 350 and states["open"] > 30 and states["dropped"] > 5
    reasons = Delivery.objects.filter(state="dropped").values_list("drop_reason", flat=True)
    assert all("zmyślony" in reason for reason in reasons) and not ThingNews.objects.filter(told_at=None).exists()
    steps = DeliveryStep.objects.count()
    building.load(quiet)
    assert DeliveryStep.objects.count() == steps


@pytest.mark.django_db
def test_the_terms_of_every_pool_of_2021_add_up_to_its_money():
    load_districts(quiet)
    budget.load_results(quiet)
    for pool in Pool.objects.filter(edition__year=2021):
        terms = list(pool.terms.all())
        assert sum(term.grosze for term in terms) == pool.budget_grosze
        assert all(abs(term.grosze) < 400 for term in terms if term.kind == "correction")


@pytest.mark.django_db
def test_the_count_from_the_made_up_ballots_of_a_pool_agrees_with_the_published_result():
    load_districts(quiet)
    budget.load_results(quiet)
    pool = Pool.objects.select_related("edition", "result").get(edition__number=9, code="L12")
    budget.load_ballots_of(pool)
    assert Ballot.objects.filter(pool=pool).count() == 1229
    assert [(r.result.pool_id, r.is_identical, r.ballots) for r in Recount.objects.all()] == [(pool.pk, True, 1229)]


@pytest.mark.django_db
def test_ballots_are_made_up_for_the_public_facts_and_not_for_editions_that_show_a_stage():
    load_districts(quiet)
    budget.load_results(quiet)
    shown = Edition.objects.create(city="Katowice", number=24, year=2026, slug="pokaz", ballots_are_made_up=True, demonstrates="x")
    Pool.objects.create(edition=shown, code="M", name="M", slug="m", position=0, place="city", budget_grosze=1, most_points=3)
    found = budget.pools_without_ballots()
    assert (len(found), {pool.edition.year for pool in found}) == (92, {2020, 2021, 2022, 2023})
    assert all(pool.result for pool in found)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_count_from_the_made_up_ballots_agrees_in_all_92_pools():
    load_districts(quiet)
    budget.load_results(quiet)
    budget.load_ballots(quiet)
    budget.load_ballots(quiet)
    assert (Recount.objects.filter(is_identical=True).count(), Ballot.objects.count()) == (92, 313_205)
