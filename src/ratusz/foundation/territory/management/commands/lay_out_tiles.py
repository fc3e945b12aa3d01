"""`ratusz manage lay_out_tiles [points.geojson] [--columns 6]`: proposes the tile map of a city from its districts' points."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.tile_layout import Point, as_drawing, as_pack, lay_out


class Command(BaseCommand):
    help = "Prints a packs/<city>_tiles.toml: from the districts in the database, or from a GeoJSON of points with `no` and `name`."

    def add_arguments(self, parser):
        parser.add_argument("points", nargs="?", type=Path, help="GeoJSON of points; without it, the districts of this portal")
        parser.add_argument("--columns", type=int, help="how many columns; without it, after the shape of the city")
        parser.add_argument("--city", default="Katowice")

    def handle(self, *args, points, columns, city, **options):
        found, names = _of_file(points) if points else _of_database()
        if not found:
            raise CommandError("No district has a point: give a GeoJSON file, or load the districts first.")
        cells = lay_out(found, columns)
        self.stdout.write(as_pack(city, names, cells), ending="")
        self.stderr.write(as_drawing(cells), ending="")


def _of_database() -> tuple[dict[int, Point], dict[int, str]]:
    with_point = [district for district in District.objects.all() if district.point]
    return {each.number: each.point for each in with_point}, {each.number: each.name for each in with_point}


def _of_file(path: Path) -> tuple[dict[int, Point], dict[int, str]]:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        points = {int(each["properties"]["no"]): tuple(each["geometry"]["coordinates"][:2]) for each in features}
        return points, {int(each["properties"]["no"]): each["properties"]["name"] for each in features}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path}: not a GeoJSON of points with the properties `no` and `name` ({error}).") from error
