"""A field of a form for a place of the city: drawn, typed in degrees, or a district or street chosen from a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import shape

from ratusz.foundation.territory.city_map import city_map
from ratusz.foundation.territory.drawing import KINDS, MOST_VERTICES, DrawingRefused, kind_of, lines_of, read_drawing
from ratusz.foundation.territory.models import District, Street
from ratusz.foundation.territory.queries import find_district
from ratusz.ui.map_forms import DrawingWidget

LABELS = {
    "point": gettext_lazy("One place"), "line": gettext_lazy("A line, such as a way or a street"), "area": gettext_lazy("An area"),
}  # fmt: skip
STREET = 200


@dataclass(frozen=True)
class Place:
    """What the field gives: a GeoJSON geometry, or a district or street somebody chose instead of drawing."""

    geometry: dict[str, Any] | None = None
    district: District | None = None
    """Chosen, or found by the drawing or the street; None where that is not certain."""
    street: str = ""

    @property
    def words(self) -> str:
        """What was chosen, in words: "Mariacka, Śródmieście"."""
        return ", ".join(filter(None, [self.street, self.district.name if self.district else ""]))


class DrawingField(forms.Field):
    """Cleans to a Place, None when empty. `kinds` are of point, line, area; `known` gives (name, geometry) of shapes drawn beside.

    `by_name` lets a person choose a district or write a street instead; `offers_streets` makes the browser complete their names,
    which costs about 30 bytes a street. The initial value is a GeoJSON geometry or a Place.
    """

    widget = DrawingWidget

    def __init__(
        self, *, kinds: Sequence[str] = KINDS, known: Callable[[], Iterable[tuple[str, dict[str, Any]]]] | None = None,
        by_name: bool = False, offers_streets: bool = False, most_vertices: int = MOST_VERTICES, **kwargs: Any,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.kinds, self.most_vertices = tuple(kinds), most_vertices
        widget = self.widget
        widget.kinds = [(code, LABELS[code]) for code in self.kinds]
        widget.draw_map = lambda: city_map(known() if known else ())
        widget.has_street = by_name
        if by_name:
            widget.districts = _districts
        if offers_streets:
            widget.known_streets = lambda: list(Street.objects.values_list("name", flat=True))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Place):
            district = str(value.district.number) if value.district and not value.geometry else ""
            return self._typed(value.geometry) | {"district": district, "street": value.street}
        return self._typed(value) if isinstance(value, dict) and "type" in value else value

    def _typed(self, geometry: dict[str, Any] | None) -> dict[str, str]:
        return {"text": lines_of(geometry), "kind": kind_of(geometry)}

    def clean(self, value: Any) -> Place | None:
        said = value if isinstance(value, dict) else {"text": str(value or "")}
        if not any(said.get(part) for part in ("text", "district", "street")):
            if self.required:
                raise ValidationError(_("Show the place: draw it, write it, or choose it from the list."), code="required")
            return None
        district, street = self._named(said)
        if not said.get("text"):
            return Place(None, district or find_district(address=street), street)
        kind = said.get("kind") if said.get("kind") in self.kinds else self.kinds[0]
        try:
            drawn = read_drawing(said["text"], str(kind), allowed=self.kinds, most_vertices=self.most_vertices)
        except DrawingRefused as refusal:
            raise ValidationError(str(refusal), code="drawing") from refusal
        middle = shape(drawn.geometry).representative_point()
        return Place(drawn.geometry, district or find_district(point=(middle.x, middle.y)), street)

    def _named(self, said: dict[str, str]) -> tuple[District | None, str]:
        number = said.get("district") or ""
        district = District.objects.filter(number=int(number)).first() if number.isdecimal() and len(number) < 4 else None
        if number and district is None:
            raise ValidationError(_("Choose a district from the list."), code="district")
        return district, (said.get("street") or "")[:STREET]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


def _districts() -> list[tuple[str, str]]:
    named = District.objects.by_name().values_list("number", "name")
    return [("", _("No district chosen")), *((str(number), name) for number, name in named)]
