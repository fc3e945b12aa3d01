"""The hidden field by which an action knows a form that comes a second time."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class FormKeyField(forms.UUIDField):
    """Issued with the empty form. One that came garbled gets a new one: nobody can mend what they do not see.

    Never made from what came: two people whose browsers garble it alike would get one another's receipt.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID | None:
        """The key; None where none came and none is needed."""
        try:
            return super().clean(value)
        except ValidationError:
            return uuid.uuid4()
