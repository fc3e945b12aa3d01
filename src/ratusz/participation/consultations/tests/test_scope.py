"""The scope of a consultation: which districts and streets it reaches, who lies inside, how staff set it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.actions import import_shapes, import_streets, load_districts
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.applications.factories import make_worker
from ratusz.participation.consultations.factories import AreaFactory, ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Area
from ratusz.participation.consultations.scope import actions, parts, rules
from ratusz.participation.consultations.scope.queries import is_in_area, numbers_in_words, reach_of

pytestmark = pytest.mark.django_db

STREETS = """ulica;dzielnica;od;do;strona
ul. Katowicka;Koszutka;;;
ul. Sokolska;Koszutka;31;99;nieparzyste
ul. Sokolska;Śródmieście;1;30;
ul. Panewnicka;Ligota-Panewniki;;;
"""
KOSZUTKA = [[19.010, 50.266], [19.030, 50.266], [19.030, 50.276], [19.010, 50.276], [19.010, 50.266]]
DOM, LIGOTA = (19.020, 50.270), (18.975, 50.227)


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(number, geometry):
    return {"type": "Feature", "properties": {"number": number}, "geometry": geometry}


@pytest.fixture
def city(db):
    load_districts()
    import_streets(content=STREETS.encode())


@pytest.fixture
def shapes(city):
    features = [
        feature(12, square(19.010, 50.266, 19.030, 50.276)), feature(1, square(19.010, 50.250, 19.030, 50.266)),
        feature(6, square(18.960, 50.210, 18.990, 50.240)),
    ]  # fmt: skip
    import_shapes(content=json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.fixture
def drawn(db):
    consultation = ConsultationFactory()
    shape = {"type": "Polygon", "coordinates": [KOSZUTKA]}
    AreaFactory(consultation=consultation, kind=Area.Kind.DRAWN, name="Koszutka od Spodka", shape=shape)
    return consultation


def test_a_polygon_over_koszutka_lists_its_streets_and_leaves_ligota_out(shapes, drawn, django_assert_num_queries):
    areas = list(drawn.areas.all())
    with django_assert_num_queries(2):
        reach = reach_of(areas)
    assert [(each.district.name, each.is_whole, each.is_approximate) for each in reach.districts] == [("Koszutka", True, False)]
    assert [(each.name, each.numbers, each.is_certain) for each in reach.streets] == [
        ("ul. Katowicka", "cała", True), ("ul. Sokolska", "31–99, numery nieparzyste", True),
    ]  # fmt: skip
    assert is_in_area(drawn, address="ul. Katowicka 5") is True
    assert is_in_area(drawn, address="Panewnicka 12") is False
    assert is_in_area(drawn, address="ul. Nieznana 1") is None
    assert is_in_area(drawn, point=DOM) is True and is_in_area(drawn, point=LIGOTA) is False
    assert is_in_area(drawn, places=[square(19.029, 50.270, 19.040, 50.271)]) is True


def test_a_district_reached_in_part_is_not_certain(shapes):
    consultation = ConsultationFactory()
    half = square(19.010, 50.260, 19.030, 50.276)
    AreaFactory(consultation=consultation, kind=Area.Kind.DRAWN, name="Oba brzegi", shape=half)
    reach = reach_of(consultation.areas.all())
    assert [(each.district.number, each.is_whole) for each in reach.districts] == [(12, True), (1, False)] and reach.has_partial
    assert [(each.name, each.is_certain) for each in reach.streets] == [("ul. Katowicka", True), ("ul. Sokolska", False)]
    assert is_in_area(consultation, district=District.objects.get(number=1)) is None


def test_without_shapes_the_answer_is_approximate_and_far_places_are_out(city, drawn):
    reach = reach_of(drawn.areas.all())
    assert reach.is_approximate and "Koszutka" in [each.district.name for each in reach.districts]
    assert is_in_area(drawn, address="Panewnicka 12") is False
    assert is_in_area(drawn, point=LIGOTA) is False


def test_the_city_and_districts_answer_by_district(city):
    consultation = ConsultationFactory()
    AreaFactory(consultation=consultation)
    assert is_in_area(consultation, address="Panewnicka 12") is True
    assert is_in_area(consultation, address="Nieznana 1") is None
    assert is_in_area(consultation, point=(21.0, 52.2)) is False
    assert reach_of(consultation.areas.all()).is_city_wide
    of_one = ConsultationFactory()
    area = AreaFactory(consultation=of_one, of_district=True, district=District.objects.get(number=6))
    assert [is_in_area(of_one, address=each) for each in ("Panewnicka 1", "Katowicka 2", "?")] == [True, False, None]
    assert is_in_area(consultation, address="Katowicka 2", area=area) is False
    assert is_in_area(ConsultationFactory(), address="Katowicka 2") is None


@pytest.mark.slow
def test_staff_draw_the_scope_and_the_page_says_whom_it_concerns(shapes, staff_client):
    client, consultation = staff_client("editor", unit=make_worker("head").appointments.get().unit), ConsultationFactory()
    AreaFactory(consultation=consultation)
    page = reverse("consultation_scope", args=[consultation.pk])
    assert "całego miasta" in client.get(page).content.decode()
    corners = "\n".join(f"{latitude}, {longitude}" for longitude, latitude in KOSZUTKA[:-1])
    wrong = client.post(page, {"deed": "add", "add-name": "Koszutka", "add-area": "nie wiem"})
    assert "Wiersza 1 nie da się odczytać" in wrong.content.decode()
    assert client.post(page, {"deed": "add", "add-name": "Koszutka", "add-area": corners}).status_code == 302
    area = consultation.areas.get()
    assert (area.kind, area.name) == (Area.Kind.DRAWN, "Koszutka")
    html = client.get(page).content.decode()
    assert "ul. Sokolska" in html and "Rada Dzielnicy nr 12 Koszutka" in html
    assert client.get(reverse("consultation_scope_streets", args=[consultation.pk])).content[:2] == b"PK"
    client.post(page, {"deed": "whole", "whole-scope": "district", "whole-districts": ["6", "12"]})
    assert sorted(each.district.number for each in consultation.areas.all()) == [6, 12]
    first = consultation.areas.first()
    FormFactory(consultation=consultation, area=first)
    refused = client.post(page, {"deed": "remove", "row": first.pk}, follow=True)
    assert "Najpierw zmień formę" in refused.content.decode() and consultation.areas.count() == 2
    part = parts.public_part(consultation, database_now())
    assert [each.district.number for each in part.context["reach"].districts] == [12, 6]


def test_an_announced_scope_stays(city):
    head, consultation = make_worker("head"), ConsultationFactory(running=True)
    AreaFactory(consultation=consultation)
    with pytest.raises(rules.ScopeRefused, match="ogłoszone"):
        actions.set_scope(consultation=consultation, areas=[], person=head)
    with pytest.raises(rules.NotYours):
        actions.set_scope(consultation=consultation, areas=[], person=make_worker("moderator"))


def test_house_numbers_are_said_as_people_say_them(city):
    from ratusz.foundation.territory.models import AddressRange

    assert numbers_in_words(AddressRange(first=1200, last=999_999_99)) == "od nr. 12"
    assert numbers_in_words(AddressRange(first=1201, last=1599, side="even")) == "12a–15, numery parzyste"
