"""The form by which the data-protection officer answers a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """Whose data, on what ground, and what to do with them."""

    address = forms.CharField(label=_("E-mail address or telephone number of the person"), max_length=254)
    reason = forms.CharField(
        label=_("Ground"),
        max_length=200,
        help_text=_("For example: request of 24 November 2026, case number. It goes into the record."),
    )
    deed = forms.ChoiceField(
        choices=[(deed, deed) for deed in ("show", "export", "print", "erase")], widget=forms.HiddenInput, initial="show"
    )
    is_sure = forms.BooleanField(label=_("I have checked who asks, and nothing obliges us to keep these data."), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("deed") == "erase" and not cleaned.get("is_sure"):
            self.add_error("is_sure", _("Confirm before you erase: it cannot be undone."))
        return cleaned
