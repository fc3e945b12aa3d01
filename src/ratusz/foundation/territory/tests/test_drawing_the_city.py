"""The city drawn from its districts' outlines or its border; a point typed by hand; the border that a point must not leave."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.territory.actions import import_shapes, load_districts
from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.plan import WIDTH, city_plan, outlines_of
from ratusz.foundation.territory.queries import lies_in_city, plan_districts
from ratusz.foundation.territory.rules import read_point

RYNEK = (19.0216, 50.2590)


def strip(number, west, east):
    """A part of the city between two longitudes, with many points on its straight edges."""
    edge, other = ([[longitude, 50.15 + 0.15 * step / 50] for step in range(51)] for longitude in (east, west))
    ring = [*edge, *reversed(other), edge[0]]
    return {
        "type": "Feature", "properties": {"number": number}, "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


@pytest.fixture
def shapes(db):
    load_districts()
    features = [strip(1, 18.95, 19.02), strip(3, 19.02, 19.08)]
    import_shapes(content=json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.mark.parametrize(
    "typed",
    [
        "50.2590, 19.0216", "50,2590, 19,0216", "50,2590 19,0216", "50,2590;19,0216", "50.2590,19.0216", " 50.259  19.0216 ",
        "N 50.2590 E 19.0216", "19.0216E 50.2590N", "(50.2590, 19.0216)", "50°15'32,4\"N 19°01'17,76\"E", "50° 15,54′ N, 19° 1,296′ E",
    ],
)  # fmt: skip
def test_a_point_is_read_as_people_copy_it(typed):
    longitude, latitude = read_point(typed)
    assert (round(longitude, 5), round(latitude, 5)) == RYNEK


@pytest.mark.parametrize(
    "typed", ["", "Rynek", "50.259", "50.2N 50.3N", "91, 19", "50, 181", "50.25 19.02 3", "1" * 400, "50.25, <b>"]
)
def test_what_is_no_point_is_none(typed):
    assert read_point(typed) is None


def test_south_and_west_are_below_zero():
    assert read_point("20.5 W, 10.25 S") == (-20.5, -10.25)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_written_with_dots_is_read_back(latitude, longitude):
    assert read_point(f"{latitude:.6f}, {longitude:.6f}") == (pytest.approx(longitude, abs=1e-6), pytest.approx(latitude, abs=1e-6))


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_point_on_earth_or_none(text):
    point = read_point(text)
    assert point is None or (abs(point[0]) <= 180 and abs(point[1]) <= 90)


def test_the_border_tells_the_city_from_elsewhere():
    cracow, swapped = (19.9372, 50.0614), RYNEK[::-1]
    assert [lies_in_city(point) for point in (RYNEK, cracow, swapped, (19.02, 50.29))] == [True, False, False, True]


def test_outlines_are_made_light_once_and_neighbours_keep_their_edge(shapes):
    first, third = (District.objects.get(number=number) for number in (1, 3))
    assert (len(first.shape["coordinates"][0]), len(first.outline["coordinates"][0])) == (103, 5)
    edges = [{tuple(point) for point in each.outline["coordinates"][0]} for each in (first, third)]
    assert (19.02, 50.15) in edges[0] & edges[1]
    assert outlines_of({}) == {}


def test_a_marked_district_lies_above_the_rest_and_says_its_short_name(shapes):
    plan = city_plan(plan_districts(), [1], [(*RYNEK, "")])
    assert [outline.is_marked for outline in plan.outlines] == [False, True]
    assert (plan.is_rough, [name.text for name in plan.names], len(plan.marks)) == (False, ["Śródmieście"], 1)
    (mark,) = plan.marks
    assert abs(int(plan.names[0].y) - int(mark.y)) >= 34, "a name and a mark do not lie on one another"
    assert 0 < int(mark.x) < WIDTH and 0 < int(mark.y) < int(plan.height)


@pytest.mark.django_db
def test_without_shapes_the_border_is_drawn_with_dots(django_assert_num_queries):
    load_districts()
    with django_assert_num_queries(1):
        plan = city_plan(plan_districts(), [1, 2])
    assert (plan.is_rough, len(plan.outlines), len(plan.names)) == (True, 1, 2)
    assert len(city_plan(plan_districts()).dots) == 22
    name = next(name for name in plan.names if name.text == "Śródmieście")
    under = [dot for dot in plan.dots if abs(int(dot.x) - int(name.x)) < 80 and abs(int(dot.y) - int(name.y) + 10) < 20]
    assert [dot for dot in under if not dot.is_marked] == [], "no dot looks like an accent of a letter"
    assert len(plan.dots) < 22
    edges = [District(number=90 + east, name="Daleko", longitude=18.91 + 0.1 * east, latitude=50.2) for east in range(3)]
    names = city_plan(edges, [90, 91, 92]).names
    assert [name.anchor for name in names] == ["start", "middle", "end"], "no name runs out of the drawing"
    assert names[0].text == "Daleko", "a district without a tile says its whole name"
    assert [dot.is_marked for dot in plan.dots].count(True) == 2
    assert city_plan([]).dots == []


def test_north_is_up_and_east_is_right():
    west, east, north = city_plan([], (), [(18.95, 50.2, "1"), (19.05, 50.2, "2"), (18.95, 50.25, "3")]).marks
    assert int(west.x) < int(east.x) and west.y == east.y and int(north.y) < int(west.y)
