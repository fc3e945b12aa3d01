"""The budget in the portal's search, under "Sprawdź po numerze", on district pages, among dates and moves."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from ratusz.foundation.people.models import Role
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget import numbers, registers
from ratusz.participation.budget.actions import count_pool, publish_result
from ratusz.participation.budget.actions.editions import edition_slug
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.numbers import find_receipt

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def pool():
    edition = EditionFactory(number=10, year=2023, slug="2023", voting_starts=date(2023, 9, 11), voting_ends=date(2023, 9, 24))
    pool = PoolFactory(edition=edition, district=DistrictFactory(number=12), code="L12", name="Koszutka", slug="koszutka")
    ProjectFactory(pool=pool, number="L12/01/X", name="Żółw w parku")
    BallotFactory.create_batch(20, pool=pool)
    pool.ballots_are_complete = True
    pool.save()
    return pool


@pytest.fixture
def published(pool):
    publish_result(result=count_pool(pool=pool))
    return pool


def test_a_project_is_found_by_its_number(published):
    receipt = numbers.find_receipt("L12/01/X", AT)
    assert (receipt.title, receipt.status, receipt.url) == (
        "L12/01/X Żółw w parku", "sfinansowany", "/budzet-obywatelski/2023/projekty/L12-01-X/",
    )  # fmt: skip
    assert numbers.find_receipt("L1201X", AT) == receipt
    assert numbers.find_receipt("L12/99/X", AT) is None


def test_the_search_knows_each_edition_pool_and_project_by_its_key(published):
    entries = list(registers.search_entries())
    assert [entry.key for entry in entries] == ["edition:2023", "pool:2023/koszutka", "project:2023/L12-01-X"]
    assert [registers.search_entry(entry.key) for entry in entries] == entries
    assert list(registers.entries_of(published)) == [entry.key for entry in entries]
    assert [registers.search_entry(f"{what}:1999/x") for what in ("edition", "pool", "project")] == [None, None, None]


def test_nothing_is_found_before_publication(pool):
    count_pool(pool=pool)
    assert list(registers.search_entries()) == []
    assert numbers.find_receipt("L12/01/X", AT) is None
    assert registers.district_part(pool.district, AT) is None
    assert registers.home_part(AT) is None


def test_the_district_page_shows_its_results(published, client):
    part = registers.district_part(published.district, AT)
    assert part.context["rows"][0]["edition"].url == "/budzet-obywatelski/2023/koszutka/"
    assert registers.home_part(AT).context["funded"] == "1"


def test_the_voting_is_a_dated_thing(pool):
    (thing,) = registers.dated_things(datetime(2023, 9, 20, tzinfo=UTC), datetime(2023, 10, 1, tzinfo=UTC))
    assert (thing.title, thing.starts, thing.ends) == (
        "Głosowanie w budżecie obywatelskim 2023",
        date(2023, 9, 11),
        date(2023, 9, 24),
    )
    assert list(registers.dated_things(datetime(2023, 10, 20, tzinfo=UTC), datetime(2023, 11, 1, tzinfo=UTC))) == []


def test_the_coordinator_sees_what_waits_for_publication(pool):
    person = AppointmentFactory(role=Role.objects.get(code="budget_coordinator")).person
    assert list(registers.moves(person, datetime.now(UTC))) == []
    count_pool(pool=pool)
    assert [move.what for move in registers.moves(person, datetime.now(UTC))] == ["Sprawdź i opublikuj wynik: Koszutka, 2023"]


def test_the_home_page_tells_of_the_newest_edition_whatever_came_first(published):
    EditionFactory(number=7, year=2020, slug="2020", state=Edition.State.PUBLISHED, published_at=AT)
    assert registers.home_part(AT).context["edition"].year == 2023
    EditionFactory(number=11, year=2024, slug="2024", state=Edition.State.PUBLISHED, published_at=AT)
    assert registers.home_part(AT).context["edition"].year == 2024


def test_other_cities_stand_at_the_end_of_the_budgets_page_and_nowhere_else(published, client):
    foreign = PoolFactory(edition=EditionFactory(city="Świecie", number=None, year=2024, slug="swiecie-2024"), code="Świecie")
    ProjectFactory(pool=foreign, number="c1")
    BallotFactory.create_batch(60, pool=foreign)
    Pool.objects.filter(pk=foreign.pk).update(ballots_are_complete=True)
    publish_result(result=count_pool(pool=foreign))
    page = client.get(reverse("budget:editions")).text
    assert page.index("X edycja") < page.index("Inne miasta, policzone dla porównania") < page.index("Świecie, 2024")
    assert registers.home_part(AT).context["edition"].city == "Katowice"
    assert [entry.key for entry in registers.search_entries()] == ["edition:2023", "pool:2023/koszutka", "project:2023/L12-01-X"]
    keys = list(registers.entries_of(foreign))
    assert [registers.search_entry(key) for key in keys] == [None] * len(keys)
    assert find_receipt("c1", AT) is None
    assert edition_slug("Katowice", 2026, Edition.WITH_A_VOTE) == "2026"
