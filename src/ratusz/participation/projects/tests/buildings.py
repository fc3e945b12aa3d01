"""A published result with two winners, the units that build them, a photo: what tests of building stand on."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.budget.actions import count_pool, publish_result
from ratusz.participation.budget.factories import BallotFactory, EditionFactory, PoolFactory, ProjectFactory
from ratusz.participation.budget.models import Ballot
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.models import Delivery


def photo_file(colour: str = "green") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    file.name = "lawka.jpg"
    file.seek(0)
    return file


def photo(**facts):
    return {"upload": photo_file(), "alt": "Nowa ławka pod lipą", "taken_on": None, "nobody": True} | facts


@pytest.fixture
def today():
    return local_day(database_now())


@pytest.fixture
def pool(db):
    """Three projects: 300,000, 150,000 and 100,000 zl in a pool of 500,000: the first two win, then the third waits."""
    edition = EditionFactory(number=10, year=2023, slug="2023")
    pool = PoolFactory(edition=edition, code="L12", position=12, name="Koszutka", slug="koszutka", budget_grosze=500_000_00)
    for position, (cost, voters) in enumerate(((300_000, 19), (150_000, 18), (100_000, 17))):
        ProjectFactory(
            pool=pool, position=position, number=f"L12/{position + 1:02}/X", cost_grosze=cost * 100, name=f"Ławki {position + 1}"
        )
        Ballot.objects.bulk_create(BallotFactory.build_batch(voters, pool=pool, choices=[position]))
    pool.ballots_are_complete = True
    pool.save()
    publish_result(result=count_pool(pool=pool))
    return pool


@pytest.fixture
def delivery(pool):
    return Delivery.objects.get(project__number="L12/01/X")


@pytest.fixture
def department(db):
    return UnitFactory(is_department=True)


def person_of(role: str, unit):
    return AppointmentFactory(role_code=role, unit=unit).person


@pytest.fixture
def coordinator(department):
    return person_of("budget_coordinator", department)


@pytest.fixture
def greens(db):
    return UnitFactory(name="Wydział Zieleni", short_name="ZIE")


@pytest.fixture
def gardener(greens):
    return person_of("unit_editor", greens)


@pytest.fixture
def building(delivery, coordinator, greens):
    """With its unit."""
    return actions.assign_unit(delivery=delivery, unit=greens, person=coordinator)


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.with_days().get(pk=delivery.pk)
