"""Several places in one question, drawn without a script; the result by district on a map with the same numbers in a table."""

import json

import pytest
from django.urls import reverse
from shapely.geometry import mapping, shape

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.surveys import links
from ratusz.participation.surveys.factories import answer, content_of, make_survey, question
from ratusz.participation.surveys.models import Answer, Draft, Survey
from ratusz.participation.surveys.results import reading
from ratusz.participation.surveys.results.presentation import shown_groups
from ratusz.participation.surveys.tests.test_pages_of_answering import _opened, _start

pytestmark = pytest.mark.django_db
PLACES = content_of(question("p1", "map", shape="any", most=3), question("p2", "short_text"))
HERE, THERE = "50.2600, 19.0200", "50.2700, 19.0300"


@pytest.fixture
def districts():
    """Two squares beside each other; their border is at 19.025."""
    for number, west in ((1, 19.0), (2, 19.025)):
        square = {
            "type": "Polygon",
            "coordinates": [[[west, 50.2], [west + 0.025, 50.2], [west + 0.025, 50.3], [west, 50.3], [west, 50.2]]],
        }
        DistrictFactory(number=number, name=f"Dzielnica {number}", shape=square, outline=square)


def _add(client, survey, sent):
    page = client.post(_start(survey), sent | {"deed": "place:p1"})
    form = page.context["form"]
    return page, {"p1-more": form["p1-more"].value() or "", "p1": "", "p2": form["p2"].value()}


def test_places_are_added_one_by_one_taken_out_and_sent_as_one_answer(client, districts):
    survey = make_survey(PLACES)
    begun = _opened(client, survey) | {"p2": "cień", "p1": HERE, "p1_kind": "point"}
    page, carried = _add(client, survey, begun)
    text = page.content.decode()
    assert page.status_code == 200 and "Miejsce 1: Dzielnica 1" in text and 'value="cień"' in text
    assert "errors__title" not in text and not Answer.objects.exists()
    line = begun | carried | {"p1": f"{HERE}\n{THERE}", "p1_kind": "line"}
    page, carried = _add(client, survey, line)
    assert "Miejsce 2" in page.content.decode() and len(json.loads(carried["p1-more"])) == 2
    page, _same = _add(client, survey, begun | carried | {"p1": "1, 1", "p1_kind": "point"})
    assert "poza miastem" in page.content.decode().lower() or "errors__title" in page.content.decode()
    came = client.post(_start(survey), begun | carried | {"p1": THERE, "p1-drop": ["0"]})
    assert came.status_code == 302
    assert [each["type"] for each in Answer.objects.get().content["p1"]["features"]] == ["LineString", "Point"]


def test_places_that_were_forged_or_too_many_are_refused_and_nothing_is_kept(client):
    survey = make_survey(PLACES)
    point = {"type": "Point", "coordinates": [19.02, 50.26]}
    for more in ("[", "7", json.dumps(["x"]), json.dumps([{"type": "Point", "coordinates": [0, 0]}]), "[" * 3000):
        assert client.post(_start(survey), _opened(client, survey) | {"p1-more": more, "p2": "x"}).status_code == 400
    too_many = client.post(
        _start(survey), _opened(client, survey) | {"p1-more": json.dumps([point] * 3), "p1": HERE, "p1_kind": "point"}
    )
    assert too_many.status_code == 400 and "najwyżej 3" in too_many.content.decode()
    assert not Answer.objects.exists()


def test_a_draft_shows_every_place_again(client, districts):
    survey = make_survey(PLACES)
    point = {"type": "Point", "coordinates": [19.02, 50.26]}
    sent = _opened(client, survey) | {"p1-more": json.dumps([point]), "p1": THERE, "p1_kind": "point", "deed": "save"}
    back = client.post(_start(survey), sent)["Location"]
    assert len(Draft.objects.get().content["p1"]["features"]) == 2
    page = client.get(back + "1/").content.decode()
    assert "Miejsce 1: Dzielnica 1" in page and "Miejsce 2: Dzielnica 2" in page
    again = client.post(back + "1/", {"p1-more": json.dumps([point]), "p1": THERE, "p1_kind": "point", "deed": "place:p1"})
    assert again.status_code == 200 and "Miejsce 2: Dzielnica 2" in again.content.decode()


def test_the_result_is_a_map_by_district_with_the_same_numbers_in_a_table_and_small_ones_hidden(client, districts):
    survey = make_survey(PLACES)
    west, east, far = ([19.01, 50.25], [19.04, 50.25], [19.3, 50.25])
    rows = [
        *[[{"type": "Point", "coordinates": west}] * 2] * 8,
        *[[{"type": "LineString", "coordinates": [west, east]}]] * 6,
        *[[{"type": "Point", "coordinates": far}]] * 2,
    ]
    version = survey.versions.get()
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel="online", content={"p1": {"features": each, "place": ""}})
        for each in rows
    )
    Answer.objects.bulk_create(
        Answer(survey=survey, questionnaire=version, channel="online", content={"p1": {"features": [], "place": "róg Rynku"}})
        for _each in range(9)
    )
    (found,) = reading.results(survey)
    table = found.tables[0]
    assert (table.base, [(line.label, line.counts[0], line.district) for line in table.lines]) == (
        25, [("Dzielnica 1", 14, 1), ("Dzielnica 2", None, 2), ("poza dzielnicami", None, 0), ("opisane słowami", 9, 0)],
    )  # fmt: skip
    (group,) = shown_groups([found])
    assert [(tile.number, tile.label, tile.level) for tile in group["tables"][0]["tiles"]] == [(1, "14", 4), (2, "•", 0)]
    Survey.objects.filter(pk=survey.pk).update(closed_at=database_now(), close_reason="Wystarczy.")
    page = client.get(reverse("surveys:results", args=[survey.slug])).content.decode()
    assert "tiles__frame" in page and "19.01" not in page and "Liczymy osoby" in page
    data = b"".join(client.get(reverse("surveys:open-data", args=[survey.slug])).streaming_content).decode()
    assert "Dzielnica 1;14;25" in data and "50.25" not in data


def test_before_the_city_gives_its_borders_places_are_counted_by_the_nearest_district_and_that_is_said():
    DistrictFactory(number=1, name="Dzielnica 1", longitude=19.0, latitude=50.26)
    DistrictFactory(number=2, name="Dzielnica 2", longitude=19.04, latitude=50.26)
    survey = make_survey(PLACES)
    for place in ([19.001, 50.26], [19.002, 50.261], [19.041, 50.26]) * 5:
        answer(survey, {"p1": {"features": [{"type": "Point", "coordinates": place}], "place": ""}})
    table = reading.results(survey)[0].tables[0]
    assert [(line.label, line.counts[0], line.district) for line in table.lines] == [("Dzielnica 1", 10, 1), ("Dzielnica 2", 5, 2)]
    assert "przybliżone" in table.notes[-1]


def test_a_place_answered_by_the_action_is_bounded_too():
    survey = make_survey(PLACES)
    square = mapping(shape({"type": "Polygon", "coordinates": [[[19.0, 50.2], [19.01, 50.2], [19.01, 50.21], [19.0, 50.2]]]}))
    area = json.loads(json.dumps(square))
    assert answer(survey, {"p1": {"features": [area] * 3, "place": ""}}).submission
    with pytest.raises(Exception, match="mend|popraw"):
        answer(survey, {"p1": {"features": [area] * 4, "place": ""}}, key=links.new_key())
