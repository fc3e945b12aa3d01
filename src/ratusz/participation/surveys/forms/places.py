"""Several places in one question: those marked so far go along with the form, one more is drawn, any may be taken out again.

"Add the next place" sends the form to be drawn anew, so that it works without a script; nothing is judged or kept by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import shape

from ratusz.foundation.territory.drawing import DrawingRefused, read_drawing
from ratusz.foundation.territory.forms import DrawingField
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import most_places

DRAWN = {"point": ("point",), "line": ("line",), "polygon": ("area",), "any": ("point", "line", "area")}
"""Kinds of the drawing field by what a question asks for."""
DEED = "place:"
"""Before the code of a question: the button that adds a place to it."""
Geometry = dict[str, Any]


def kinds_of(item: c.Item) -> tuple[str, ...]:
    """What may be drawn."""
    return DRAWN[item.get("shape", "point")]


class PlacesField(forms.CharField):
    """Geometries marked so far, as JSON; cleans to their list."""

    def __init__(self, item: c.Item):
        super().__init__(required=False, widget=forms.HiddenInput)
        self.item = item

    def clean(self, value: Any) -> list[Geometry]:
        try:
            read = json.loads(str(value or "[]"))
            if not isinstance(read, list):
                raise ValidationError(_("Mark the place again."))
            kinds = kinds_of(self.item)
            return [read_drawing(json.dumps(each), kinds[0], allowed=kinds).geometry for each in read[: most_places(self.item)]]
        except (ValueError, RecursionError, DrawingRefused) as refusal:
            raise ValidationError(_("Mark the place again.")) from refusal


def named(places: list[Geometry]) -> list[tuple[str, Geometry]]:
    """Each place with its number and, where it is known, its district."""
    return [(_name(number, place), place) for number, place in enumerate(places, 1)]


def _name(number: int, place: Geometry) -> str:
    middle = shape(place).representative_point()
    district = find_district(point=(middle.x, middle.y))
    words = _("Place %(number)s") % {"number": number}
    return f"{words}: {district.name}" if district else words


def fields_of(item: c.Item, places: list[Geometry], facts: dict[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    """The drawing with the places marked so far on it, these as hidden JSON, and a box for each to take it out."""
    code, known = item["code"], named(places)
    facts = facts | {"label": _("The next place on the map") if places else _("On the map")}
    yield code, DrawingField(kinds=kinds_of(item), known=lambda: known, **facts)
    if most_places(item) > 1:
        yield f"{code}-more", PlacesField(item)
    if places:
        boxes = [(str(number), name) for number, (name, _place) in enumerate(known)]
        label = _("Marked so far. Tick what is to be taken out")
        widget = forms.CheckboxSelectMultiple
        yield f"{code}-drop", forms.MultipleChoiceField(label=label, choices=boxes, required=False, widget=widget)


def marked_so_far(item: c.Item, sent: Any, answer: Any) -> list[Geometry]:
    """The places that go along with a form: those that were sent with it, or those of a draft. Broken ones are none."""
    if most_places(item) < 2:
        return []
    if sent is None:
        return list(answer["features"]) if isinstance(answer, dict) and answer.get("features") else []
    try:
        return PlacesField(item).clean(sent.get(f"{item['code']}-more", ""))
    except ValidationError:
        return []


def kept(places: list[Geometry], dropped: list[str], added: Geometry | None) -> list[Geometry]:
    """Those that were not taken out, and the one drawn last."""
    left = [place for number, place in enumerate(places) if str(number) not in dropped]
    return [*left, added] if added else left


def with_next_place(item: c.Item, data: Any) -> tuple[Any, str]:
    """The form's data after "add the next place", and what is wrong with the place that was drawn; "" when nothing."""
    code, drawing = item["code"], DrawingField(kinds=kinds_of(item), required=False)
    moved = data.copy()
    try:
        place = drawing.clean(drawing.widget.value_from_datadict(data, {}, code))
    except ValidationError as refusal:
        return moved, " ".join(refusal.messages)
    places = kept(marked_so_far(item, data, None), data.getlist(f"{code}-drop"), place.geometry if place else None)
    if len(places) > most_places(item):
        return moved, _("Mark at most %(most)s places.") % {"most": most_places(item)}
    moved[f"{code}-more"], moved[code] = json.dumps(places), ""
    moved.setlist(f"{code}-drop", [])
    return moved, ""
