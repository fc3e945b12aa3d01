"""The districts of the pack: 22, in Polish order, loaded again without change."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.models import District, RegisteredCount

pytestmark = pytest.mark.django_db


def test_the_pack_of_katowice_has_22_districts_sorted_as_polish_sorts_them():
    load_districts()
    assert [(district.number, district.name) for district in District.objects.by_name()] == [
        (13, "Bogucice"),
        (5, "Brynów część wschodnia-Osiedle Zgrzebnioka"),
        (10, "Dąb"),
        (14, "Dąbrówka Mała"),
        (17, "Giszowiec"),
        (16, "Janów-Nikiszowiec"),
        (21, "Kostuchna"),
        (12, "Koszutka"),
        (6, "Ligota-Panewniki"),
        (18, "Murcki"),
        (4, "Osiedle Paderewskiego-Muchowiec"),
        (9, "Osiedle Tysiąclecia"),
        (8, "Osiedle Witosa"),
        (19, "Piotrowice-Ochojec"),
        (22, "Podlesie"),
        (15, "Szopienice-Burowiec"),
        (1, "Śródmieście"),
        (11, "Wełnowiec-Józefowiec"),
        (2, "Załęska Hałda-Brynów część zachodnia"),
        (7, "Załęże"),
        (20, "Zarzecze"),
        (3, "Zawodzie"),
    ]


def test_loading_twice_changes_nothing():
    load_districts()
    before = list(District.objects.values()), list(RegisteredCount.objects.values())
    load_districts()
    assert (list(District.objects.values()), list(RegisteredCount.objects.values())) == before


def test_a_count_of_registered_people_carries_its_day_and_source():
    load_districts()
    counts = RegisteredCount.objects.filter(district__number=1)
    assert [(count.day, count.people, count.source) for count in counts] == [
        (date(2020, 12, 31), 25320, "Wikipedia (dane miasta)"),
        (date(2013, 12, 31), 30367, "Wikipedia"),
    ]


@pytest.mark.parametrize("wrong", [{"number": 0}, {"area_km2": 0}, {"longitude": 200, "latitude": 50}, {"longitude": 19}])
def test_the_database_refuses_an_impossible_district(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        DistrictFactory(**wrong)
