"""Form fields with a form of their own on the page."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class LongSelect(forms.Select):
    """A list of many choices drawn at once; Django's own asks three templates for each option."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        return render_to_string("ui/parts/select.html", self.get_context(name, value, attrs))


class NumberedForms(forms.BaseFormSet):
    """A set whose forms say which one each is: `legend`, for the heading above it and for its errors on top of the page."""

    numbered: str | Promise
    """For example "Line %(number)s"."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        cast(Any, form).legend = "" if index is None else str(self.numbered) % {"number": index + 1}


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year in three boxes: quicker and surer than a calendar for a date one knows."""

    def __init__(self, attrs=None):
        boxes = [
            forms.TextInput(attrs={"inputmode": "numeric", "class": f"control control--{width}"})
            for width in ("day", "day", "year")
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateParts(forms.MultiValueField):
    """A date typed as day, month, year; cleans to datetime.date."""

    widget = DatePartsWidget
    default_error_messages = {
        "required": _("Enter the day, the month and the year, for example 15 9 2026."),
        "incomplete": _("Enter the day, the month and the year, for example 15 9 2026."),
        "invalid": _("There is no such day. Check the day, the month and the year."),
    }

    def __init__(self, **kwargs):
        parts = [forms.CharField(max_length=4) for _part in ("day", "month", "year")]
        super().__init__(parts, require_all_fields=True, **kwargs)

    def compress(self, parts: list[str]) -> date | None:
        if not parts:
            return None
        day, month, year = parts
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
