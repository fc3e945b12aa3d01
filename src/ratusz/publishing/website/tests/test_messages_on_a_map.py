"""Where a message is about, on its page and in the list: drawn here, said in words, given to machines in their own fields."""

from __future__ import annotations

import json
import math
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.actions import import_shapes, load_districts
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.website.models import WireItem
from ratusz.ui import assets

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
POINT = {"longitude": 19.0216, "latitude": 50.259}


@pytest.fixture
def people():
    load_districts()
    return make_author(), make_author()


@pytest.fixture
def publish(people, django_capture_on_commit_callbacks):
    def published(**facts):
        now = database_now()
        made = make_message(
            people[0], places=["www"], **{"starts": now - timedelta(hours=1), "ends": now + timedelta(days=1)} | facts
        )
        with django_capture_on_commit_callbacks(execute=True):
            let_everything_out(made, people[1])
        made.refresh_from_db()
        return made

    return published


def address(message):
    return f"/komunikaty/{message.year}/{message.number}-{message.slug}/"


def load_shapes():
    """22 districts with ragged edges, 400 points each: as heavy as a city's own file."""
    features = []
    for number in range(1, 23):
        middle = 18.95 + 0.03 * (number % 5), 50.16 + 0.027 * (number // 5)
        turns = [2 * math.pi * step / 400 for step in range(400)]
        ring = [[middle[0] + (0.013 + 0.0007 * math.sin(9 * t)) * math.cos(t), middle[1] + 0.012 * math.sin(t)] for t in turns]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        features.append({"type": "Feature", "properties": {"number": number}, "geometry": geometry})
    import_shapes(content=json.dumps({"type": "FeatureCollection", "features": features}).encode())


def test_the_page_draws_the_districts_and_the_point_and_says_the_same(client, publish):
    load_shapes()
    answer = client.get(address(publish(district_numbers=[1], **POINT)))
    page = answer.content.decode()
    drawn = page[page.index('<svg class="plan__svg"') :]
    drawn = drawn[: drawn.index("</svg>")]
    shapes = (drawn.count("plan__outline"), drawn.count("plan__outline--marked"), drawn.count("plan__mark"))
    assert (*shapes, ">Śródmieście<" in drawn, 'aria-hidden="true"' in drawn) == (23, 1, 1, True, True)
    words = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", page, re.DOTALL)[1]
    assert words == ("Dzielnice: Śródmieście. Punkt: ul. Mikołowska 10–44, szerokość i długość geograficzna 50.25900, 19.02160.")
    assert ("<script" in drawn, " style=" in drawn, "http" in drawn) == (False, False, False)
    assert len(answer.content) + len(assets.asset("ratusz.css").packed) < 50_000


def test_without_shapes_the_border_and_rough_dots_are_drawn_and_said_to_be(client, publish):
    page = client.get(address(publish(district_numbers=[1]))).content.decode()
    assert (page.count("plan__dot--marked"), "Kropki stoją tam, gdzie mniej więcej leżą dzielnice." in page) == (1, True)
    assert "plan__mark" not in page


def test_the_whole_city_without_a_point_and_a_withdrawn_message_have_no_map(client, publish, people):
    message = publish()
    assert "plan__svg" not in client.get(address(message)).content.decode()
    message = publish(district_numbers=[1], **POINT)
    actions.withdraw_message(message=message, person=people[1], because="Awarii nie było.")
    assert "plan__svg" not in client.get(address(message)).content.decode()
    assert "plan__svg" not in client.get("/komunikaty/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_has_a_map_with_its_numbers_for_one_query_more(client, publish, rows, django_assert_num_queries):
    publish(title="Bez punktu")
    for number in range(rows):
        publish(title=f"Z punktem {number}", longitude=19.0 + number / 100, latitude=50.25)
    client.get("/komunikaty/")
    with django_assert_num_queries(8):
        page = client.get("/komunikaty/").content.decode()
    part = page[page.index('id="mapa"') :]
    listed, drawn = part[: part.index("<svg")], part[part.index("<svg") : part.index("</svg>")]
    assert re.findall(r">(Z punktem \d|Bez punktu)<", listed) == [f"Z punktem {number}" for number in reversed(range(rows))]
    assert re.findall(r">(\d)</text>", drawn) == [str(number) for number in range(rows, 0, -1)]
    assert "plan__svg" not in client.get("/komunikaty/?stan=archiwum").content.decode()


@pytest.mark.parametrize("districts", [[1], [1, 2, 3]])
def test_a_page_costs_the_same_with_one_district_and_three(client, publish, districts, django_assert_num_queries):
    message = publish(district_numbers=districts, **POINT)
    client.get(address(message))
    with django_assert_num_queries(7):
        client.get(address(message))


def test_machines_get_the_point_in_the_fields_of_their_formats(client, publish):
    message = publish(kind="event", title="Piknik w parku", **POINT)
    feed = ElementTree.fromstring(client.get("/kanaly/rodzaje/komunikaty.atom").content)
    assert [point.text for point in feed.iter("{http://www.georss.org/georss}point")] == ["50.25900 19.02160"]
    (item,) = client.get("/kanaly/rodzaje/komunikaty.json").json()["items"]
    told = client.get(f"/komunikaty/api/{message.year}/{message.number}.json").json()
    assert item["_ratusz"]["point"] == told["facts"]["point"] == POINT
    calendar = client.get(f"/komunikaty/{message.year}/{message.number}/wydarzenie.ics").content.decode()
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert ("GEO:50.25900;19.02160" in lines, "LOCATION:ul. Mikołowska 10–44" in lines) == (True, True)


def test_a_corrected_point_reaches_the_wire(client, publish, people, django_capture_on_commit_callbacks):
    message = publish(**POINT)
    words = {"was_wrong": "Zły punkt na mapie.", "is_right": "Punkt jest przy ul. Warszawskiej."}
    actions.change_facts(message=message, person=people[0], expected=1, facts={"longitude": 19.03}, correction=words)
    assert "50.25900, 19.02160" in client.get(address(message)).content.decode(), "until a second person publishes"
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_correction(correction=message.corrections.get(), person=people[1])
    assert "50.25900, 19.03000" in client.get(address(message)).content.decode()
    item = WireItem.objects.get(source="messages")
    assert (item.longitude, item.version) == (19.03, 2)
