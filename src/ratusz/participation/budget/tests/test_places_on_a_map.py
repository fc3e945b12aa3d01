"""Where a pool's projects are: the list and the drawing carry the same numbers; north is up, east is right."""

import re

import pytest
from django.urls import reverse

from ratusz.foundation.territory.models import District
from ratusz.participation.budget.factories import EditionFactory
from ratusz.participation.budget.models import Project
from ratusz.participation.budget.places import WIDTH, drawn_map, places_of
from ratusz.participation.budget.tests.test_results_pages import make_pool
from ratusz.publishing.website.actions import bump_content_version

pytestmark = pytest.mark.django_db
POINTS = [(50.27, 19.00), (50.28, 19.02), (50.26, 19.01)]


@pytest.fixture
def pool():
    """Three projects with a point, one without; the second of them does not fit in the pool."""
    pool = make_pool(EditionFactory(number=10, year=2023, slug="2023"), 12, [300_000, 250_000, 100_000, 20_000], [40, 30, 20, 10])
    for project, (latitude, longitude) in zip(Project.objects.order_by("position"), POINTS, strict=False):
        Project.objects.filter(pk=project.pk).update(latitude=latitude, longitude=longitude)
    outline = [[18.99, 50.25], [19.03, 50.25], [19.03, 50.29], [18.99, 50.29], [18.99, 50.25]]
    beside = {"longitude": 19.01, "latitude": 50.27, "name": "Dąb & spółka", "slug": "dab", "sort_key": "dab"}
    District.objects.create(number=10, shape={"type": "Polygon", "coordinates": [outline]}, **beside)
    bump_content_version()
    return pool


def test_the_list_and_the_map_carry_the_same_numbers(client, pool):
    page = client.get(reverse("budget:pool", args=["2023", "dzielnica-12"])).text
    listed = page[page.index("places__list") : page.index("places__svg")]
    assert re.findall(r"L12/0\d/X", listed) == ["L12/01/X", "L12/03/X", "L12/02/X"], "those that got the money first"
    drawing = page[page.index("places__svg") : page.index("</svg>", page.index("places__svg"))]
    assert "Dzielnica 12" not in drawing, "its own name stands at the top of the page"
    assert re.findall(r">(\d)</text>", drawing) == ["3", "2", "1"], "drawn from the last, so that winners lie on top"
    assert (
        drawing.count("places__mark--funded") == 2
        and "Dąb &amp; spółka" in drawing
        and "200\u00a0m</text>" in drawing
        and "places__outline" in drawing
    )
    assert page.index("Projekty w kolejności liczenia") < page.index("places__list")


def test_the_edition_shows_what_was_funded_and_what_was_not(client, pool):
    page = client.get(pool.edition.get_absolute_url()).text
    drawing = page[page.index("places__svg") : page.index("</svg>", page.index("places__svg"))]
    assert (drawing.count("places__dot--funded"), drawing.count("<circle")) == (2, 3) and "<text" in drawing
    assert "Mapa wyników" in page and "Pełna kropka" in page


def test_north_is_up_and_east_is_right(pool):
    places = places_of([End(latitude, longitude) for latitude, longitude in POINTS])
    spots = [(mark.x, mark.y) for mark in drawn_map(places, []).marks]
    third, second, first = [(int(x), int(y)) for x, y in spots]
    assert second[0] > third[0] > first[0] and second[1] < first[1] < third[1]
    assert all(0 < x < WIDTH for x, _ in (first, second, third))
    several = {"type": "MultiPolygon", "coordinates": [[[[19, 50.2], [19.1, 50.2], [19, 50.3]]]] * 2}
    assert len(drawn_map(places, [District(shape=several)]).outlines) == 2
    assert drawn_map(places, [District(name="Daleko", longitude=25, latitude=50)]).names == []


def test_one_place_alone_and_no_place(client, pool):
    assert drawn_map([], []) is None
    (spot,) = drawn_map(places_of([End(50.27, 19.0)]), []).marks
    assert int(spot.x) == WIDTH // 2
    Project.objects.update(latitude=None, longitude=None)
    bump_content_version()
    assert "places__" not in client.get(reverse("budget:pool", args=["2023", "dzielnica-12"])).text


class End:
    """What the map needs of a project's end."""

    outcome = "funded"
    rules = {}

    def __init__(self, latitude, longitude, is_funded=True):
        self.latitude, self.longitude, self.is_funded = latitude, longitude, is_funded
