"""Names of people as forms take them: one line of printable signs."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class NameField(forms.CharField):
    """Line breaks and runs of spaces become one space; what cannot be printed is refused, as it would hide in letters and lists."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())

    def validate(self, value):
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(_("Write the name without signs that cannot be seen."))
