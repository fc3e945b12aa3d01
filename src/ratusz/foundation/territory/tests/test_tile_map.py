"""Every district has one tile of its own, and neighbours keep their sides."""

import tomllib

from ratusz.foundation.territory.tiles import PACKS, tile_places


def test_every_district_has_its_own_tile():
    places = tile_places()
    districts = tomllib.loads((PACKS / "katowice_districts.toml").read_text(encoding="utf-8"))["district"]
    assert sorted(places) == sorted(district["number"] for district in districts) == list(range(1, 23))
    assert len({(place.column, place.row) for place in places.values()}) == 22


def test_tiles_in_a_row_stand_from_west_to_east():
    districts = tomllib.loads((PACKS / "katowice_districts.toml").read_text(encoding="utf-8"))["district"]
    longitude = {district["number"]: district["longitude"] for district in districts}
    rows: dict[int, list[tuple[int, float]]] = {}
    for number, place in tile_places().items():
        rows.setdefault(place.row, []).append((place.column, longitude[number]))
    for row in rows.values():
        west_to_east = [east for _column, east in sorted(row)]
        assert west_to_east == sorted(west_to_east)
