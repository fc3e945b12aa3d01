"""Files of shapes and streets read and checked: what they hold, or every fault with its row. Writes nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from shapely import is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape

from ratusz.foundation.kit.words import search_key
from ratusz.foundation.territory.models import District
from ratusz.foundation.territory.rules import house_key, street_key

MOST_BYTES = 20 << 20
COLUMNS = ("ulica", "dzielnica", "od", "do", "strona")
SIDES = {"": "both", "obie": "both", "wszystkie": "both", "nieparzyste": "odd", "parzyste": "even"}
NUMBER = re.compile(r"(\d{1,5})\s*([a-zA-Z]?)")


@dataclass(frozen=True)
class Fault:
    """What is wrong, at which row of the file (a line of CSV, a feature of GeoJSON; both from 1; 0 = the file itself)."""

    row: int
    reason: str


@dataclass
class Checked:
    """A checked file. With faults nothing of it may be written."""

    shapes: dict[int, dict[str, Any]] = field(default_factory=dict)
    """District number to GeoJSON geometry."""
    ranges: list[StreetPart] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class StreetPart:
    """House numbers of one street in one district, as a row of the file says."""

    row: int
    street: str
    district: District
    first: int
    last: int
    side: str

    def meets(self, other: StreetPart) -> bool:
        """Whether some house number would lie in both."""
        same_side = "both" in (self.side, other.side) or self.side == other.side
        return same_side and self.first <= other.last and other.first <= self.last


def check_shapes(content: bytes) -> Checked:
    """Reads a GeoJSON FeatureCollection: each feature has `number` (no, numer) or `name` (nazwa) and a valid (Multi)Polygon."""
    checked = Checked()
    try:
        features = json.loads(content)["features"]
        rows = list(enumerate(features, 1))
    except (ValueError, KeyError, TypeError):
        checked.faults.append(Fault(0, _("This is not a GeoJSON file with a list of features (FeatureCollection).")))
        return checked
    known = _Districts()
    for row, feature in rows:
        try:
            number, geometry = _feature(feature, known)
            if number in checked.shapes:
                raise ValueError(_("This district is in the file a second time."))
            checked.shapes[number] = geometry
        except ValueError as fault:
            checked.faults.append(Fault(row, str(fault)))
    return checked


def _feature(feature: Any, known: _Districts) -> tuple[int, dict[str, Any]]:
    """The district's number and geometry. Raises ValueError with the reason."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise ValueError(_("The feature has no properties."))
    properties = feature["properties"]
    named = next((str(properties[key]) for key in ("number", "no", "numer", "name", "nazwa") if properties.get(key)), "")
    district = known.find(named)
    geometry = feature.get("geometry")
    try:
        drawn = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError(_("The geometry cannot be read.")) from error
    if drawn.geom_type not in ("Polygon", "MultiPolygon") or drawn.is_empty:
        raise ValueError(_("A district's shape is a Polygon or a MultiPolygon."))
    if not drawn.is_valid:
        raise ValueError(_("The shape is faulty: {reason}.").format(reason=is_valid_reason(drawn)))
    west, south, east, north = drawn.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError(_("Coordinates are not degrees of longitude and latitude (WGS 84)."))
    return district.number, geometry


def check_streets(content: bytes) -> Checked:
    """Reads a CSV in UTF-8 with the header ulica;dzielnica;od;do;strona. Empty od and do: from the first, to the last house."""
    checked = Checked()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        checked.faults.append(Fault(row, _("The letters are not in UTF-8. Save the file as CSV UTF-8 and choose it again.")))
        return checked
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    missing = [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]
    if missing:
        reason = _("The header lacks the columns: {names}.").format(names=", ".join(missing))
        checked.faults.append(Fault(1, reason))
        return checked
    known = _Districts()
    for line in reader:
        try:
            checked.ranges.append(_street_part(reader.line_num, line, known))
        except ValueError as fault:
            checked.faults.append(Fault(reader.line_num, str(fault)))
    checked.faults += _contradictions(checked.ranges)
    return checked


def _street_part(row: int, line: dict[str, str], known: _Districts) -> StreetPart:
    cells = {name: (line.get(name) or "").strip() for name in COLUMNS}
    if not street_key(cells["ulica"]):
        raise ValueError(_("The street's name is missing."))
    side = SIDES.get(search_key(cells["strona"]))
    if side is None:
        raise ValueError(_("The side is „{side}”; it can be: obie, parzyste, nieparzyste.").format(side=cells["strona"][:40]))
    first = _house(cells["od"], is_last=False) if cells["od"] else 0
    last = _house(cells["do"], is_last=True) if cells["do"] else 999_999_99
    if last < first:
        raise ValueError(_("The last number is before the first."))
    return StreetPart(row, cells["ulica"], known.find(cells["dzielnica"]), first, last, side)


def _house(text: str, *, is_last: bool) -> int:
    match = NUMBER.fullmatch(text)
    if not match:
        raise ValueError(_("„{text}” is not a house number such as 12 or 12a.").format(text=text[:40]))
    return house_key(int(match[1]), match[2], is_last=is_last)


def _contradictions(parts: list[StreetPart]) -> list[Fault]:
    """House numbers that two rows give to different districts."""
    by_street: dict[str, list[StreetPart]] = {}
    faults = []
    for part in parts:
        earlier = by_street.setdefault(street_key(part.street), [])
        other = next((one for one in earlier if one.district != part.district and one.meets(part)), None)
        if other:
            faults.append(Fault(part.row, _("The same house numbers are in row {row} in another district.").format(row=other.row)))
        earlier.append(part)
    return faults


class _Districts:
    """Districts by number or by name, however it is written."""

    def __init__(self):
        self.found = {}
        for district in District.objects.all():
            self.found |= {str(district.number): district, district.pool_code: district, self._key(district.name): district}

    @staticmethod
    def _key(text: str) -> str:
        return re.sub(r"\W+", " ", search_key(text)).strip()

    def find(self, text: str) -> District:
        """Raises ValueError when there is no such district."""
        district = self.found.get(text.strip().upper()) or self.found.get(self._key(text))
        if district is None:
            raise ValueError(_("There is no district „{text}”.").format(text=text[:80]))
        return district
