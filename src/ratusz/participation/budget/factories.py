"""Example editions, pools, projects and ballots for tests and the demo."""

from __future__ import annotations

import factory

from ratusz.foundation.kit.words import polish_sort_key, search_key, slug
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.models import Ballot, Edition, Pool, Project


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition
        skip_postgeneration_save = True

    city = "Katowice"
    number = factory.Sequence(lambda n: n % 2900 + 100)  # below 100 are the numbers that tests give themselves
    year = factory.LazyAttribute(lambda edition: 2013 + edition.number)
    slug = factory.LazyAttribute(lambda edition: str(edition.year))
    rules_preset = "katowice"


class PoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pool

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n % 30_000)
    code = factory.LazyAttribute(lambda pool: f"L{pool.position}")
    name = factory.LazyAttribute(lambda pool: f"Pula {pool.position}")
    slug = factory.LazyAttribute(lambda pool: slug(pool.name))
    sort_key = factory.LazyAttribute(lambda pool: polish_sort_key(pool.name))
    budget_grosze = 500_000_00
    threshold = 50
    most_points = 3
    rules = factory.LazyFunction(lambda: to_plain(preset("katowice").rules.level("district").rules))


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    pool = factory.SubFactory(PoolFactory)
    edition = factory.SelfAttribute("pool.edition")
    position = 0
    number = factory.LazyAttribute(lambda project: f"L1/{project.position + 1:02}/{project.pool.edition.roman}")
    slug = factory.LazyAttribute(lambda project: project.number.replace("/", "-"))
    name = factory.LazyAttribute(lambda project: f"Projekt {project.position + 1}")
    sort_key = factory.LazyAttribute(lambda project: polish_sort_key(project.name))
    search_key = factory.LazyAttribute(lambda project: search_key(f"{project.number} {project.name}"))
    cost_grosze = 100_000_00


class BallotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ballot

    pool = factory.SubFactory(PoolFactory)
    choices = [0]
    points = [3]
    age = "30-44"
