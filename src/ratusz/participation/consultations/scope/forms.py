"""The scope in a form: the whole city, districts from a list, or an area drawn on the map; the same for applications and plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ratusz.foundation.territory.city_map import city_map
from ratusz.foundation.territory.forms import DrawingField
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models import Area

DRAWN_AREA = _("Area drawn on the map")


class ScopeForm(forms.Form):
    """Whom it concerns. `areas()` of the clean form are facts of Area: kind, name, district, shape."""

    scope = forms.ChoiceField(
        label=_("Which part of the city does it concern?"),
        widget=forms.RadioSelect,
        choices=[
            (Area.Kind.CITY, _("the whole city")),
            (Area.Kind.DISTRICT, _("districts")),
            (Area.Kind.DRAWN, _("an area that I draw")),
        ],
    )
    districts = forms.ModelMultipleChoiceField(
        label=_("Districts it concerns"),
        queryset=District.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="number",
        help_text=_("If you chose districts."),
    )
    area = DrawingField(
        label=_("Area on the map"),
        kinds=["area"],
        required=False,
        help_text=_("If you chose an area: go around it once."),
    )
    area_name = forms.CharField(
        label=_("Name of the area"), max_length=200, required=False, help_text=_("For example: between Sokolska and Chorzowska.")
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["districts"].queryset = District.objects.by_name()  # type: ignore[attr-defined]
        for name in ("districts", "area", "area_name"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scope = cleaned.get("scope")
        if scope == Area.Kind.DISTRICT and not cleaned.get("districts"):
            self.add_error("districts", _("Mark at least one district."))
        if scope == Area.Kind.DRAWN and not cleaned.get("area") and "area" not in self.errors:
            self.add_error("area", _("Draw the area, or write its corners, one in each line."))
        return cleaned

    @override("pl")
    def areas(self) -> list[dict[str, Any]]:
        """What was chosen, as facts of Area: their names stand in the register, whatever language the form spoke."""
        clean = self.cleaned_data
        if clean["scope"] == Area.Kind.DISTRICT:
            return [_facts(Area.Kind.DISTRICT, each.name, district=each) for each in clean["districts"]]
        if clean["scope"] == Area.Kind.DRAWN:
            return [_facts(Area.Kind.DRAWN, clean["area_name"].strip() or str(DRAWN_AREA), shape=clean["area"].geometry)]
        return [_facts(Area.Kind.CITY, str(_("the whole city")).capitalize())]


def _facts(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "district": None, "shape": None} | more


def initial_of(areas: Iterable[Any]) -> dict[str, Any]:
    """Areas back in the form; of several drawn ones the first, which is all that this form draws."""
    known = list(areas)
    if not known:
        return {}
    kind = known[0].kind
    drawn = next((each for each in known if each.kind == Area.Kind.DRAWN), None)
    return {
        "scope": kind,
        "districts": [each.district.number for each in known if each.district],
        "area": drawn.shape if drawn else None,
        "area_name": drawn.name if drawn else "",
    }


class DrawnAreaForm(forms.Form):
    """One more area, drawn beside those that are there."""

    name = forms.CharField(label=_("Name of the area"), max_length=200)
    area = DrawingField(label=_("Area on the map"), kinds=["area"])

    def __init__(self, *args: Any, known: Iterable[Any] = (), **named: Any):
        super().__init__(*args, **named)
        drawn = list(known)
        self.fields["area"].widget.draw_map = lambda: city_map(drawn)
