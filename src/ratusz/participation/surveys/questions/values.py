"""What may stand as the answer to a question, and what is wrong with one that may not.

Values by kind: single, yes_no: the code of the choice; multiple: a list of codes; scale: a whole number; matrix, sectors: row to
code; ranking: codes from the first place on; number: a number; date: "2026-05-01"; texts: words; file: the public id of a stored
file; map: {"features": [GeoJSON geometries], "place": words}; district: its number; consent: true. "Does not concern me" is the
choice "na", and of a question without choices {"na": true}.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.participation.surveys.questions import content as c

MOST_FEATURES, MOST_VERTICES = 10, 500
LONGEST_PATTERN = 200


def is_not_applicable(value: Any) -> bool:
    """Whether somebody said that the question does not concern them."""
    return value == {"na": True}


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, dict) and set(value) == {"features", "place"}:
        return not value["features"] and not value["place"]
    return value in (None, "", [], {}) or value is False


def wrong_with(item: c.Item, value: Any) -> str:
    """What is wrong with an answer that is not empty, as a sentence; "" when nothing is."""
    if is_not_applicable(value):
        return "" if item.get("not_applicable") else _("Choose one of the answers.")
    return CHECKS[item["kind"]](item, value)


def missing_in(item: c.Item, value: Any) -> str:
    """What a required answer still lacks; "" when nothing."""
    if item["kind"] == c.CONSENT:
        return "" if value is True else _("Without this consent we cannot take the answer. Tick it, or leave the page.")
    if is_empty(value):
        return _("Answer this question.")
    if item["kind"] in c.WITH_ROWS and isinstance(value, dict) and not is_not_applicable(value):
        lacking = [c.text_of(row["text"], get_language() or "pl") for row in item.get("rows", ()) if row["code"] not in value]
        if lacking and not item.get("rows_optional"):
            shown = ", ".join(lacking[:3]) + ("…" if len(lacking) > 3 else "")
            return _("Answer in every row. Missing: %(rows)s") % {"rows": shown}
    if item["kind"] == c.RANKING and isinstance(value, list) and len(value) < _least_ranked(item):
        return _("Give all the places, from 1 to %(most)s.") % {"most": _least_ranked(item)}
    return ""


def _least_ranked(item: c.Item) -> int:
    return min(int(item.get("most") or len(item.get("choices", ()))), len(item.get("choices", ())))


def _choice(item: c.Item, value: Any) -> str:
    return "" if isinstance(value, str) and value in c.choice_codes(item) else _("Choose one of the answers.")


def _choices(item: c.Item, value: Any) -> str:
    known = c.choice_codes(item)
    if not isinstance(value, list) or any(each not in known for each in value) or len(set(value)) < len(value):
        return _("Choose from the answers given.")
    if c.NOT_APPLICABLE in value and len(value) > 1:
        return _("Tick either the answers or that it does not concern you, not both.")
    exclusive = {each["code"] for each in item.get("choices", ()) if each.get("alone")}
    if exclusive & set(value) and len(value) > 1:
        return _("This answer stands alone: untick it or the others.")
    most = item.get("most")
    return _("Tick at most %(most)s.") % {"most": most} if most and len(value) > int(most) else ""


def _scale(item: c.Item, value: Any) -> str:
    if value == c.NOT_APPLICABLE and item.get("not_applicable"):
        return ""
    is_point = isinstance(value, int) and not isinstance(value, bool) and value in c.scale_of(item)
    return "" if is_point else _("Choose a point of the scale.")


def _rows(item: c.Item, value: Any) -> str:
    rows, known = c.row_codes(item), c.choice_codes(item)
    is_right = isinstance(value, dict) and all(row in rows and choice in known for row, choice in value.items())
    return "" if is_right else _("Choose from the answers given.")


def _ranking(item: c.Item, value: Any) -> str:
    known = c.choice_codes(item)
    if not isinstance(value, list) or any(each not in known for each in value):
        return _("Choose from the answers given.")
    return "" if len(set(value)) == len(value) else _("One place is given twice. Give each place once.")


def _number(item: c.Item, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value or abs(value) > 1e15:
        return _("Write a number.")
    if item.get("whole") and value != int(value):
        return _("Write a whole number.")
    lowest, highest = item.get("lowest"), item.get("highest")
    if lowest is not None and value < float(lowest):
        return _("Write a number from %(lowest)s on.") % {"lowest": lowest}
    if highest is not None and value > float(highest):
        return _("Write a number up to %(highest)s.") % {"highest": highest}
    return ""


def _date(item: c.Item, value: Any) -> str:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return _("There is no such day. Check the day, the month and the year.")
    first, last = item.get("lowest"), item.get("highest")
    if not 1900 <= day.year <= 2100 or (first and value < first) or (last and value > last):
        return _("This day is outside what the question asks for.")
    return ""


def longest(item: c.Item) -> int:
    """The most characters of own words."""
    most = c.LONGEST_SHORT if item["kind"] == c.SHORT else c.LONGEST_WORDS
    return min(int(item.get("most") or most), c.LONGEST_WORDS)


def _words(item: c.Item, value: Any) -> str:
    if not isinstance(value, str):
        return _("Write words.")
    if len(value) > longest(item):
        return _("It is too long: at most %(most)s characters.") % {"most": longest(item)}
    pattern = item.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        return c.text_of(item.get("pattern_words"), get_language() or "pl") or _("Write it in the form that the question asks for.")
    return ""


def _file(item: c.Item, value: Any) -> str:
    return "" if isinstance(value, str) and re.fullmatch(r"[0-9a-f-]{36}", value) else _("Send the file again.")


def _consent(item: c.Item, value: Any) -> str:
    return "" if value is True else _("Tick it or leave it.")


def _district(item: c.Item, value: Any) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 99
    return "" if is_number else _("Choose a district from the list.")


def most_places(item: c.Item) -> int:
    """How many places may be marked in one map question."""
    return min(int(item.get("most") or 1), MOST_FEATURES)


def _map(item: c.Item, value: Any) -> str:
    if not isinstance(value, dict) or set(value) != {"features", "place"} or not isinstance(value["features"], list):
        return _("Mark the place again.")
    if len(value["place"]) > c.LONGEST_SHORT or len(value["features"]) > most_places(item):
        return _("Mark at most %(most)s places.") % {"most": most_places(item)}
    wanted = TYPES[item.get("shape", "point")]
    return "" if all(_is_geometry(each, wanted) for each in value["features"]) else _("Mark the place again.")


TYPES = {"point": ("Point",), "line": ("LineString", "MultiLineString"), "polygon": ("Polygon", "MultiPolygon")}
TYPES["any"] = tuple(one for many in TYPES.values() for one in many)
DEPTHS = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many lists lie around the pairs of degrees of each GeoJSON type."""


def _is_geometry(geometry: Any, wanted: tuple[str, ...]) -> bool:
    if not isinstance(geometry, dict) or geometry.get("type") not in wanted:
        return False
    points: list[Any] = [geometry.get("coordinates")]
    for _level in range(DEPTHS[geometry["type"]]):
        if not all(isinstance(each, list) for each in points):
            return False
        points = [inner for each in points for inner in each]
    least = 1 if geometry["type"] == "Point" else 2
    return least <= len(points) <= MOST_VERTICES and all(_is_place(each) for each in points)


def _is_place(point: Any) -> bool:
    """A pair of degrees, longitude first."""
    return (
        isinstance(point, list) and len(point) == 2 and all(isinstance(each, (int, float)) for each in point)
        and -180 <= point[0] <= 180 and -90 <= point[1] <= 90
    )  # fmt: skip


def as_number(text: str) -> int | float | None:
    """A number as people write it ("1 200,5"); None for anything else."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", plain, re.ASCII):
        return None
    number = Decimal(plain)
    return int(number) if number == number.to_integral_value() else float(number)


CHECKS = {
    c.SINGLE: _choice, c.YES_NO: _choice, c.MULTIPLE: _choices, c.SCALE: _scale, c.MATRIX: _rows, c.SECTORS: _rows,
    c.RANKING: _ranking, c.NUMBER: _number, c.DATE: _date, c.SHORT: _words, c.LONG: _words, c.FILE: _file, c.MAP: _map,
    c.DISTRICT: _district, c.CONSENT: _consent,
}  # fmt: skip
