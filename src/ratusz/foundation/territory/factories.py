"""Example districts for tests and the demo."""

from __future__ import annotations

import factory

from ratusz.foundation.territory.models import District


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ("number",)

    number = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda district: f"Dzielnica {district.number}")
    slug = factory.LazyAttribute(lambda district: f"dzielnica-{district.number}")
    sort_key = factory.LazyAttribute(lambda district: f"{district.number:03}")
