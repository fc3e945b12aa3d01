"""An edition whose submission is open, with a pool of the city and one of a district."""

from __future__ import annotations

import pytest

from ratusz.participation.budget.factories import EditionFactory, PoolFactory
from ratusz.participation.budget.models import Pool


@pytest.fixture
def edition(db, monkeypatch):
    from ratusz.participation.projects import calendar

    monkeypatch.setattr(calendar, "is_open", lambda edition, code, at: True)
    return EditionFactory(number=14, year=2027)


@pytest.fixture
def pool(edition):
    return PoolFactory(edition=edition, code="L12", name="Koszutka", budget_grosze=400_000_00, position=12)


@pytest.fixture
def city_pool(edition):
    return PoolFactory(
        edition=edition, code="M", name="Ogólnomiejska", place=Pool.Place.CITY, budget_grosze=3_000_000_00, position=0
    )
