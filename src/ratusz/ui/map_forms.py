"""A text area for places of the city that can be drawn on a map: points, lines, areas. What is typed is what is sent.

The map is plain data (`parts.DrawnMap`); reading and checking what was typed belongs to whoever uses the field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.forms.widgets import Media, Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ratusz.ui import assets


class DrawingWidget(forms.Textarea):
    """Lines of "latitude, longitude" with a map above them; `kinds` are (code, label), chosen by radio buttons when there are more.

    `draw_map` gives the map when the page is drawn. `districts` are (value, label) to choose instead of drawing; `streets`
    whether a street may be named, `known_streets` what the browser offers then. Sends NAME, NAME_kind, NAME_district, NAME_street.
    """

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"rows": 4, "spellcheck": "false", "autocomplete": "off"} | (attrs or {}))
        self.kinds: Sequence[tuple[str, Any]] = ()
        self.draw_map: Callable[[], Any] | None = None
        self.districts: Callable[[], Sequence[tuple[str, str]]] | None = None
        self.has_street = False
        self.known_streets: Callable[[], Sequence[str]] | None = None

    def value_from_datadict(self, data, files, name) -> dict[str, str]:
        parts = {part: str(data.get(f"{name}_{part}") or "").strip() for part in ("kind", "district", "street")}
        return {"text": str(data.get(name) or "").strip()} | parts

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        said = value if isinstance(value, dict) else {"text": value or ""}
        context = self.get_context(name, said.get("text", ""), attrs)
        kind = said.get("kind") or (self.kinds[0][0] if self.kinds else "point")
        context |= {
            "said": said, "kinds": self.kinds, "kind": kind, "map": self.draw_map() if self.draw_map else None,
            "districts": self.districts() if self.districts else (), "has_street": self.has_street,
            "known_streets": self.known_streets() if self.known_streets else (),
        }  # fmt: skip
        return render_to_string("ui/parts/drawing.html", context)

    @property
    def media(self) -> Media:
        return Media(js=[Script(assets.address("drawing.js"), type="module")])
