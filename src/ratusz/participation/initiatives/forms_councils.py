"""The form of a district council's contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice.models import Point
from ratusz.foundation.kit.dates import WEEKDAYS
from ratusz.participation.initiatives.councils import DUTY, FIELDS, OURS
from ratusz.participation.initiatives.models import DistrictCouncil


class CouncilForm(forms.ModelForm):
    """What the council's office publishes; a duty is whole or left out."""

    duty_weekday = forms.TypedChoiceField(
        label=capfirst(_("day of the duty")), required=False, coerce=int, empty_value=None,
        choices=[("", "---"), *enumerate(WEEKDAYS)],
    )  # fmt: skip

    class Meta:
        model = DistrictCouncil
        fields = FIELDS
        help_texts = {"office_phone": _("Of the office only: no private telephones and addresses.")}
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("duty_from", "duty_until")}

    def __init__(self, *args: Any, is_ours: bool = True, **named: Any):
        super().__init__(*args, **named)
        for name in () if is_ours else OURS:
            del self.fields[name]
        if is_ours:
            points = [(each.slug, each.name) for each in Point.objects.working()]
            field = self.fields["point_slug"]
            self.fields["point_slug"] = forms.ChoiceField(
                label=field.label, help_text=field.help_text, required=False, choices=[("", "---"), *points]
            )
        elif self.instance.point_slug:
            # The hours are the point's: nobody types them here again.
            for name in DUTY:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        duty = [cleaned.get(name) for name in ("duty_weekday", "duty_from", "duty_until")]
        if any(each is not None for each in duty) and None in duty:
            self.add_error("duty_weekday", _("Write the day, the beginning and the end of the duty, or leave all three empty."))
        elif None not in duty and duty[1] >= duty[2]:  # type: ignore[operator]
            self.add_error("duty_until", _("The duty ends before it begins. Write a later hour."))
        if cleaned.get("point_slug") and duty != [None, None, None]:
            self.add_error("point_slug", _("The hours of the point are the duty. Leave the day and the hours empty, or the point."))
        return cleaned
