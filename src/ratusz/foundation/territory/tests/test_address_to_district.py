"""From an address as people type it, or a point, to a district."""

import pytest

from ratusz.foundation.territory.actions import import_shapes, import_streets, load_districts
from ratusz.foundation.territory.queries import find_district
from ratusz.foundation.territory.rules import house_key, parse_address

pytestmark = pytest.mark.django_db

STREETS = """ulica;dzielnica;od;do;strona
ul. Mariacka;1;;;
ul. Warszawska;L1;1;30;
ul. Warszawska;Zawodzie;31;99b;
ul. Jana III Sobieskiego;Śródmieście;1;99;nieparzyste
ul. Jana III Sobieskiego;Koszutka;2;98;parzyste
al. Korfantego;Koszutka;;;obie
os. Tysiąclecia;osiedle tysiąclecia;;;
ul. Żółkiewskiego;13;5a;15;
"""


@pytest.fixture
def streets():
    load_districts()
    import_streets(content=STREETS.encode())


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("ul. Mariacka 12a/5, 40-014 Katowice", 1),
        ("MARIACKA", 1),
        ("Warszawska 30", 1),
        ("Warszawska 30c", 1),
        ("ulica warszawska 31", 3),
        ("Warszawska 99b m. 4", 3),
        ("Warszawska 99c", None),
        ("Warszawska", None),
        ("Sobieskiego 7", 1),
        ("ul. Jana III Sobieskiego 8 lok. 2", 12),
        ("aleja Korfantego 51", 12),
        ("al.Korfantego 51", 12),
        ("osiedle Tysiaclecia 3", 9),
        ("zolkiewskiego 5", None),
        ("Żółkiewskiego 5b", 13),
        ("Nieznana 1", None),
        ("", None),
    ],
)
def test_an_address_leads_to_its_district(streets, address, number):
    district = find_district(address=address)
    assert (district and district.number) == number


def test_house_numbers_with_letters_stand_in_order():
    assert house_key(12) < house_key(12, "a") < house_key(12, "B") < house_key(12, is_last=True) < house_key(13)
    assert parse_address("ul. Św. Jana 3") == ("sw jana", 300)


def square(west, south):
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]],
    }


def test_a_point_leads_to_the_district_whose_shape_holds_it():
    load_districts()
    features = ",".join(
        f'{{"type": "Feature", "properties": {{"number": {number}}}, "geometry": {str(square(*corner)).replace(chr(39), chr(34))}}}'
        for number, corner in ((1, (19, 50)), (3, (20, 50)))
    )
    import_shapes(content=f'{{"type": "FeatureCollection", "features": [{features}]}}'.encode())
    found = [find_district(point=point) for point in ((19.5, 50.5), (20.5, 50.5), (25, 50))]
    assert [district and district.number for district in found] == [1, 3, None]
