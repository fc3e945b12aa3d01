"""A city's tile map follows from its points: a cell for each district, west to east, north to south."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.territory.tile_layout import as_drawing, lay_out, short_name
from ratusz.foundation.territory.tiles import PACKS

DISTRICTS = tomllib.loads((PACKS / "katowice_districts.toml").read_text(encoding="utf-8"))["district"]
KATOWICE = {each["number"]: (each["longitude"], each["latitude"]) for each in DISTRICTS}
POINTS = st.lists(
    st.tuples(st.floats(18.5, 19.5, allow_nan=False), st.floats(49.9, 50.4, allow_nan=False)), min_size=1, max_size=14, unique=True
)


def _in_order(cells, points) -> bool:
    rows, columns = defaultdict(list), defaultdict(list)
    for number, (column, row) in cells.items():
        rows[row].append((column, points[number][0]))
        columns[column].append((row, -points[number][1]))
    lines = [[place for _cell, place in sorted(line)] for line in [*rows.values(), *columns.values()]]
    return all(line == sorted(line) for line in lines)


@settings(max_examples=40, deadline=None)
@given(POINTS, st.none() | st.integers(1, 8))
def test_each_district_has_a_cell_of_its_own_in_the_order_of_the_ground(places, columns):
    points = dict(enumerate(places, start=1))

    cells = lay_out(points, columns)

    assert set(cells) == set(points)
    assert len(set(cells.values())) == len(points)
    assert _in_order(cells, points)


def test_katowice_from_its_points_looks_like_katowice():
    cells = lay_out(KATOWICE, 6)

    assert _in_order(cells, KATOWICE)
    assert max(row for _column, row in cells.values()) == 5
    (west, centre, east, south) = (cells[number] for number in (9, 1, 15, 21))
    assert west[0] < centre[0] < east[0] and centre[1] < south[1]


def test_the_command_prints_a_pack_that_can_be_read(tmp_path):
    file = tmp_path / "punkty.geojson"
    features = [
        {"properties": {"no": number, "name": f"Osiedle {number}"}, "geometry": {"type": "Point", "coordinates": point}}
        for number, point in KATOWICE.items()
    ]
    file.write_text(json.dumps({"features": features}), encoding="utf-8")
    printed, drawn = StringIO(), StringIO()

    call_command("lay_out_tiles", str(file), columns=6, city="Miasto", stdout=printed, stderr=drawn)

    pack = tomllib.loads(printed.getvalue())
    assert pack["city"] == "Miasto"
    assert {int(number): (tile["column"], tile["row"]) for number, tile in pack["tiles"].items()} == lay_out(KATOWICE, 6)
    assert drawn.getvalue() == as_drawing(lay_out(KATOWICE, 6))


def test_a_file_that_is_no_map_is_named(tmp_path):
    (tmp_path / "x.geojson").write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="not a GeoJSON of points"):
        call_command("lay_out_tiles", str(tmp_path / "x.geojson"))


@pytest.mark.parametrize(
    ("name", "short"),
    [("Osiedle Witosa", "Witosa"), ("Szopienice-Burowiec", "Szopienice"), ("Brynów część wschodnia-Osiedle", "Brynów")],
)
def test_a_first_short_name_is_proposed(name, short):
    assert short_name(name) == short
