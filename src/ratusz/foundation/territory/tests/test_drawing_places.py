"""A place is drawn, typed or chosen; what cannot be used is refused in words, and what is kept comes back as it was."""

import json

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from ratusz.foundation.territory.drawing import DrawingRefused, lines_of, read_drawing
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.territory.forms import DrawingField, Place
from ratusz.ui import assets

SQUARE = "50.2600, 19.0200\n50.2600, 19.0300\n50.2650, 19.0300\n50.2650, 19.0200"


class WhereForm(forms.Form):
    place = DrawingField(label="Gdzie?", by_name=True, known=lambda: [("Skwer", read_drawing(SQUARE, "area").geometry)])


def test_lines_become_a_point_a_line_or_an_area():
    assert read_drawing("50,2649; 19,0238", "point").geometry == {"type": "Point", "coordinates": [19.0238, 50.2649]}
    assert read_drawing("50.26, 19.02\n\n50.27, 19.03", "line").geometry["type"] == "LineString"
    assert shape(read_drawing(SQUARE, "area").geometry).area == pytest.approx(0.01 * 0.005)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("dom pod lipą", "point", "Wiersza 1 nie da się odczytać"),
        ("50.26, 19.02\n50.27, 19.03", "point", "Punkt to jedno miejsce"),
        ("50.26, 19.02\n50.26, 19.02", "line", "co najmniej dwa miejsca"),
        ("50.26, 19.02\n50.27, 19.03", "area", "co najmniej trzy miejsca"),
        ("50.26, 19.02\n50.27, 19.03\n50.27, 19.02\n50.26, 19.03", "area", "przecina sam siebie"),
        ("52.23, 21.01", "point", "poza miastem"),
        ("50.26, 19.02\n50.27, 19.03\n" * 251, "line", "więcej niż 500 punktów"),
        ("5" * 60_001, "point", "za duży"),
        ('{"type": "Point"}', "point", "GeoJSON"),
        ('{"type": "Point", "coordinates": [NaN, 50]}', "point", "(GeoJSON|pusty)"),
        ("{" * 5000, "point", "GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "point", "GeoJSON"),
        ('{"type": "Polygon", "coordinates": []}', "area", "pusty"),
        ('{"type": "MultiPoint", "coordinates": [[19.02, 50.26]]}', "point", "przyjmuje: punkt, linię, obszar"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(text, kind, words):
    with pytest.raises(DrawingRefused, match=words):
        read_drawing(text, kind)


def test_only_the_kinds_that_are_asked_for_are_taken():
    with pytest.raises(DrawingRefused, match="obszar"):
        read_drawing('{"type": "Point", "coordinates": [19.02, 50.26]}', "area", allowed=["area"])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 4000)), min_size=2, max_size=30, unique=True))
def test_a_drawing_typed_anew_is_the_same_drawing(points):
    text = "\n".join(f"{50.22 + north / 100_000:.6f}, {18.98 + east / 100_000:.6f}" for north, east in points)
    for kind in ("line", "area"):
        try:
            drawn = read_drawing(text, kind)
        except DrawingRefused:
            continue
        again = read_drawing(lines_of(drawn.geometry), kind)
        assert shape(again.geometry).equals(shape(drawn.geometry))


def test_a_feature_with_holes_stays_a_geojson():
    ring = [[19.02, 50.26], [19.03, 50.26], [19.03, 50.27], [19.02, 50.27], [19.02, 50.26]]
    hole = [[19.024, 50.264], [19.026, 50.264], [19.026, 50.266], [19.024, 50.266], [19.024, 50.264]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring, hole]}}
    drawn = read_drawing(json.dumps({"type": "FeatureCollection", "features": [feature]}), "point")
    assert drawn.kind == "area"
    assert json.loads(lines_of(drawn.geometry)) == drawn.geometry


@pytest.mark.django_db
def test_the_field_takes_a_drawing_a_district_or_a_street_and_keeps_what_was_typed():
    district = DistrictFactory(name="Koszutka", number=12)
    drawn = WhereForm({"place": SQUARE, "place_kind": "area"})
    assert drawn.is_valid() and drawn.cleaned_data["place"].geometry["type"] == "Polygon"
    chosen = WhereForm({"place": "", "place_district": "12", "place_street": "Katowicka"})
    assert chosen.is_valid() and chosen.cleaned_data["place"] == Place(None, district, "Katowicka")
    assert chosen.cleaned_data["place"].words == "Katowicka, Koszutka"
    assert WhereForm({}).errors["place"] == ["Pokaż miejsce: narysuj je, wpisz albo wybierz z listy."]
    assert WhereForm({"place_district": "99"}).errors["place"] == ["Wybierz dzielnicę z listy."]
    wrong = WhereForm({"place": "50.26, tam", "place_kind": "area"})
    assert "Wiersza 1 nie da się odczytać" in wrong.errors["place"][0]
    html = str(wrong["place"])
    assert "50.26, tam" in html and 'value="area" checked' in html and "Skwer" in html and "Koszutka" in html


@pytest.mark.django_db
def test_a_place_that_is_kept_comes_back_into_the_form(django_assert_num_queries):
    kept = read_drawing(SQUARE, "area").geometry
    form = WhereForm(initial={"place": kept})
    with django_assert_num_queries(2):
        html = str(form["place"])
    assert "50.265000, 19.030000" in html and 'value="area" checked' in html


def test_the_script_weighs_a_few_kilobytes():
    assert len(assets.asset("drawing.js").packed) < 3_000
