"""The scan of a signed sheet that an author sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ScanForm(forms.Form):
    """One sheet with its number."""

    sheet = forms.IntegerField(
        label=_("Number of the sheet"), min_value=1, max_value=1_000_000,
        help_text=_("It stands in the upper right corner, below the QR code."),
    )  # fmt: skip
    scan = forms.FileField(label=_("Scan or photograph of the sheet"), help_text=_("PDF, JPEG or PNG. Only the Office sees it."))

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""
