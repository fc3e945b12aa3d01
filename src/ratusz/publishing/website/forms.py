"""What residents type: a number to check."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """One field for every receipt's number."""

    number = forms.CharField(
        label=_("Number"),
        max_length=120,
        error_messages={"required": _("Type the number you want to check.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
