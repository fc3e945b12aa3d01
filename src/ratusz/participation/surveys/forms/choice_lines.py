"""Choices and rows as lines that a person types: "a = On foot", one in a line; a line without a code gets one of its own."""

from __future__ import annotations

import json
import re
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_of

from ratusz.participation.surveys.questions import content as c

LINE = re.compile(r"([a-z][a-z0-9]{0,9})\s*=\s*(.+)", re.ASCII)
OTHER, ALONE = "[własne słowa]", "[sama]"
"""Marks at the end of a line: the choice asks for own words; it may not be ticked together with others."""
LONGEST = 300


def lines_of(parts: list[dict[str, Any]], language: str) -> str:
    """Choices or rows as they are typed in one language."""
    return "\n".join(_line(each, language) for each in parts)


def _line(part: dict[str, Any], language: str) -> str:
    words = c.text_of(part.get("text"), language) if language == "pl" else (part.get("text") or {}).get(language, "")
    marks = [mark for name, mark in (("other", OTHER), ("alone", ALONE)) if part.get(name) and language == "pl"]
    return " ".join([f"{part['code']} = {words}", *marks]).rstrip()


def parts_from(typed: dict[str, str], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Choices or rows from what was typed in each language; Polish says which there are and in what order, `old` keeps shapes."""
    known = {each["code"]: each for each in old}
    made: list[dict[str, Any]] = []
    for line in filter(None, (line.strip() for line in typed.get("pl", "").splitlines())):
        found = LINE.fullmatch(line)
        code, words = (found[1], found[2]) if found else ("", line)
        if not code or any(each["code"] == code for each in made):
            code = _free({*known, *(each["code"] for each in made)})
        made.append(_part(code, words, known.get(code, {})))
    for language, text in typed.items():
        if language != "pl":
            _translate(made, language, text)
    return made


def _part(code: str, words: str, old: dict[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = {"code": code}
    for name, mark in (("other", OTHER), ("alone", ALONE)):
        if mark in words:
            words, part[name] = words.replace(mark, "").strip(), True
    part["text"] = {"pl": words.strip()[:LONGEST]}
    if "shape" in old:
        part["shape"] = old["shape"]
    return part


def _translate(made: list[dict[str, Any]], language: str, text: str) -> None:
    """Words of another language, by code, and without codes line by line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    by_code = {found[1]: found[2].strip() for line in lines if (found := LINE.fullmatch(line))}
    for number, part in enumerate(made):
        words = by_code.get(part["code"]) or (lines[number] if number < len(lines) and not by_code else "")
        if words:
            part["text"][language] = words[:LONGEST]


def _free(taken: set[str]) -> str:
    letters = (chr(ord("a") + number) for number in range(26))
    return next((letter for letter in letters if letter not in taken and letter != "x"), "") or _numbered(taken)


def _numbered(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def _checked(geometry: dict[str, Any]) -> dict[str, Any]:
    """The shape as it may be drawn; ValueError for one that is broken."""
    try:
        drawn = shape_of(geometry)
        is_right = drawn.is_valid and not drawn.is_empty
    except (ShapelyError, TypeError, KeyError, IndexError, AttributeError) as problem:
        raise ValueError("a broken shape") from problem
    if not is_right:
        raise ValueError("a broken shape")
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def rows_from_geojson(text: str) -> list[dict[str, Any]]:
    """Rows of sectors from a FeatureCollection whose features have a "name"; ValueError for anything else."""
    read = json.loads(text)
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not features:
        raise ValueError("no features")
    made = []
    for number, feature in enumerate(features, 1):
        name, shape = (feature.get("properties") or {}).get("name"), feature.get("geometry") or {}
        if not name or shape.get("type") not in ("Polygon", "MultiPolygon", "LineString", "MultiLineString"):
            raise ValueError("a sector has a name and a shape")
        made.append({"code": f"r{number}", "text": {"pl": str(name)[:LONGEST]}, "shape": _checked(shape)})
    return made
