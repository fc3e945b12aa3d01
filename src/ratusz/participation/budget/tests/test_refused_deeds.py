"""What the budget's actions refuse and why; and results known from sums alone."""

from datetime import UTC, datetime

import pytest

from ratusz.foundation.people.factories import UserFactory
from ratusz.participation.budget import rules
from ratusz.participation.budget.actions import (
    ImportChoice,
    check_import,
    count_pool,
    import_contest,
    publish_known_results,
    publish_result,
    recount_pool,
    remove_pool,
)
from ratusz.participation.budget.actions.files import make_published_files
from ratusz.participation.budget.engine import count_tallied
from ratusz.participation.budget.factories import EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, Pool, ProjectResult
from ratusz.participation.budget.pabulib import read_bytes
from ratusz.participation.budget.queries import engine_projects, rules_of
from ratusz.participation.budget.rules import NotAllowed, NotPossible
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL
from ratusz.participation.budget.tests.test_the_coordinators_way import made_pool

pytestmark = pytest.mark.django_db


def contest(*changes):
    text = SMALL
    for old, new in changes:
        text = text.replace(old, new)
    return read_bytes(text.encode())


def test_nobody_may_by_being_signed_in():
    person, at = UserFactory(), datetime.now(UTC)
    assert not rules.may(person, "count_pool", None, at) and not rules.may(person, "sing", None, at)
    with pytest.raises(NotAllowed, match="koordynator"):
        count_pool(pool=made_pool(), actor=person)


def test_a_draft_that_gave_way_is_not_published_and_an_unpublished_result_not_compared():
    pool = made_pool()
    gone = count_pool(pool=pool)
    count_pool(pool=pool)
    with pytest.raises(NotPossible, match="policzył tę pulę jeszcze raz"):
        publish_result(result=gone)
    with pytest.raises(NotPossible, match="do porównania"):
        recount_pool(pool=pool)


def test_files_of_a_pool_that_is_gone_are_no_error():
    make_published_files.func(0)


def test_a_preset_that_is_not_there_or_knows_no_such_pool_is_refused():
    with pytest.raises(NotPossible, match="Nie ma zestawu zasad"):
        import_contest(contest=contest(), choice=ImportChoice("nie_ma"))
    with pytest.raises(NotPossible, match="katowice"):
        import_contest(contest=contest(("subunit;Dąb", "subunit;Park Dębowy")))


def test_an_opened_edition_keeps_its_pools_and_takes_no_other():
    edition = EditionFactory(number=10, year=2023, state="open", opened_at=datetime.now(UTC), rules_hash="0" * 64)
    pool = made_pool(edition)
    with pytest.raises(NotPossible, match="jej pule"):
        remove_pool(pool=pool)
    for refusing in (check_import, import_contest):
        with pytest.raises(NotPossible, match="z jej własnego głosowania"):
            refusing(contest=contest())
    assert list(edition.pools.all()) == [pool] and pool.ballots.count() == 50


def test_the_city_wide_pool_and_pools_of_other_cities():
    city = import_contest(contest=contest(("district;Dąb\nsubunit;Dąb\n", ""), ("L10/", "M/")))
    assert (city.code, city.slug, city.position, city.district) == ("M", "ogolnomiejska", 0, None)
    other = import_contest(
        contest=contest(("unit;Katowice", "unit;Gdynia"), ("L10/0", "G"), ("/X", "")), choice=ImportChoice("gdynia")
    )
    assert (other.code, other.position, other.edition.slug) == ("Dąb", 100, "gdynia-2023")


def test_what_only_the_database_refuses_is_said_with_the_name_of_its_rule(monkeypatch):
    monkeypatch.setattr("ratusz.participation.budget.actions.importing.check_fits", lambda *arguments: None)
    with pytest.raises(NotPossible, match=r"nie mieści się w tabelach programu \(22001\)"):
        import_contest(contest=contest(("Żółw", "ż" * 700)))
    with pytest.raises(NotPossible, match=r"ballot_keeps_to_its_points"):
        import_contest(
            contest=contest(("max_sum_points;3", "max_sum_points;9"), ("2,1;18-29", "8,1;18-29"), ("1000;2;4", "1000;2;10"))
        )
    assert not Pool.objects.exists() and not Edition.objects.exists()


def test_a_result_known_from_sums_is_published_without_ballots():
    pool = PoolFactory()
    for position in (0, 1):
        ProjectFactory(pool=pool, position=position)
    outcome = count_tallied(rules_of(pool), pool.budget_grosze, engine_projects(pool), [60, 40], [30, 20], 50)
    assert publish_known_results(edition=pool.edition, outcomes={pool.pk: outcome}) == 1
    pool.refresh_from_db()
    assert (pool.result.source, pool.edition.state, pool.result.ballots) == ("sums", "published", 50)
    assert list(pool.result.projects.values_list("outcome", flat=True)) == ["funded", "below_threshold"]


def test_a_project_in_one_of_two_counts_is_a_difference():
    project = ProjectFactory()
    end = ProjectResult(project=project, outcome="funded", points=3, voters=1, paid_grosze=5)
    after = {"outcome": "funded", "points": 3, "voters": 1, "paid_grosze": 5}
    assert rules.differences([], [end]) == [{"number": project.number, "before": None, "after": after}]


@pytest.mark.parametrize("number", ["A;B", "A,B", "A B", "x" * 61])
def test_a_number_of_a_project_is_one_word(number):
    assert "powinien być jednym słowem" in rules.fault_of_number("gdynia", number)
