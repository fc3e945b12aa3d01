"""Remarks with a place stand on a map: each once, near ones together, marks apart; the same remarks below it as a list."""

import json

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.territory.plan import WIDTH, Frame
from ratusz.participation.remarks import mapping
from ratusz.participation.remarks.actions import showing
from ratusz.participation.remarks.models import Remark
from ratusz.participation.remarks.tests.written import a_consultation, write

WHOLE = Frame.around([(18.89, 50.13), (19.13, 50.3)])
PARK = {"type": "Polygon", "coordinates": [[[19.0, 50.25], [19.01, 50.25], [19.01, 50.26], [19.0, 50.26], [19.0, 50.25]]]}
PATH = {"type": "LineString", "coordinates": [[19.02, 50.26], [19.03, 50.27]]}
degrees = st.tuples(st.floats(18.9, 19.12), st.floats(50.14, 50.29))


def point(longitude, latitude):
    return {"type": "Point", "coordinates": [longitude, latitude]}


@settings(max_examples=60)
@given(st.lists(degrees, max_size=40), st.integers(0, mapping.NEAREST), degrees)
def test_every_remark_of_a_view_stands_in_one_mark_and_no_mark_upon_another(places, steps, middle):
    frame = mapping.frame_of(WHOLE, mapping.View(steps, *(middle if steps else mapping.middle_of(WHOLE))))
    shown = mapping.seen(frame, mapping.spots_of((number, point(*place)) for number, place in enumerate(places, 1)))
    inside = [number for number, place in enumerate(places, 1) if frame.holds(*frame.spot(*place))]
    assert sorted(number for mark in shown.marks for number in mark.numbers) == inside == shown.numbers
    assert steps or len(inside) == len(places)
    for place, one in enumerate(shown.marks):
        assert all(abs(one.x - other.x) >= 48 or abs(one.y - other.y) >= 48 for other in shown.marks[:place])


@settings(max_examples=30)
@given(degrees, st.integers(1, mapping.NEAREST))
def test_a_view_has_its_middle_in_the_middle_and_is_twice_as_near_each_time(middle, steps):
    frame = mapping.frame_of(WHOLE, mapping.View(steps, *middle))
    assert frame.spot(*middle) == pytest.approx((WIDTH / 2, frame.height / 2))
    assert mapping.middle_of(frame) == pytest.approx(middle)
    assert frame.scale == WHOLE.scale * 2**steps
    back = mapping.moved(frame, mapping.moved(frame, mapping.View(steps, *middle), 0.5, -0.5), -0.5, 0.5)
    assert (back.longitude, back.latitude) == pytest.approx(middle)


def test_lines_and_areas_are_drawn_in_view_and_what_is_too_much_is_told(monkeypatch):
    frame = mapping.frame_of(WHOLE, mapping.View(0, *mapping.middle_of(WHOLE)))
    spots = list(mapping.spots_of([(1, PARK), (2, PATH), (3, point(19.0, 50.2))]))
    shown = mapping.seen(frame, spots)
    assert [(number, path[0], is_area) for number, path, is_area in shown.paths] == [(1, "M", True), (2, "M", False)]
    assert (shown.numbers, shown.left_out) == ([1, 2, 3], 0)
    away = mapping.frame_of(WHOLE, mapping.View(5, 18.9, 50.14))
    assert (mapping.seen(away, spots).paths, mapping.seen(away, spots).numbers) == ([], [])
    monkeypatch.setattr(mapping, "MOST_DRAWN", 30)
    assert mapping.seen(frame, spots).left_out == 1


@pytest.fixture
def placed(db):
    """Thirty remarks at one crossing, one in the south, one without a place, one that nobody sees."""
    consultation = a_consultation()
    made = write(consultation, *(f"Ławka numer {number}." for number in range(1, 34)))
    for number, remark in enumerate(made, 1):
        remark.place = None if number == 32 else point(19.02 + number / 1e6, 50.26) if number < 31 else point(19.0, 50.16)
        remark.save(update_fields=["place"])
        if number != 33:
            showing.show_remark(remark=remark, person=None)
    return consultation


@pytest.mark.slow
def test_a_mark_leads_nearer_until_the_remark_and_the_list_below_says_the_same(
    client, placed, staff_client, django_assert_num_queries
):
    address = reverse("remarks:map", args=[placed.slug])
    assert address in client.get(reverse("remarks:list", args=[placed.slug])).text
    with django_assert_num_queries(9):
        page = client.get(address).text
    assert "W tym widoku jest 31 uwag z miejscem" in page and ">30</text>" in page
    assert 'href="../31/" aria-label="uwaga nr 31"' in page and page.count("<article") == 25 and "po=25" in page
    assert client.get(address + "?po=25").text.count("<article") == 6
    near = client.get(address + "?zoom=6&miejsce=50.26,19.02").text
    assert "jest 30 uwag z miejscem" in near and "Na północ" in near and "../31/" not in near
    assert "jest 1 uwaga z miejscem" in client.get(address + "?q=31").text
    for odd in ("?zoom=99&miejsce=x", "?zoom=-1", "?zoom=3&miejsce=89,179", "?zoom=7&miejsce=50.26,19.02&po=x"):
        assert client.get(address + odd).status_code == 200
    features = json.loads(b"".join(client.get(reverse("remarks:download", args=[placed.slug, "geojson"])).streaming_content))
    assert [each["properties"]["number"] for each in features["features"]] == list(range(1, 32))
    assert features["features"][30]["geometry"] == point(19.0, 50.16)
    last = Remark.objects.get(consultation=placed, number=31)
    assert "Miejsce uwagi na mapie" in client.get(last.get_absolute_url()).text
    assert "Miejsce uwagi na mapie" in staff_client("head").get(reverse("remarks_remark", args=[last.pk])).text
