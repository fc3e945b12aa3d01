"""The form of one profile of the budget."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.participation.budget.models import Profile


class ProfileForm(forms.Form):
    """Network, name, address and a sentence: once, for every page that names it."""

    network = forms.ChoiceField(label=gettext_lazy("Network"), choices=Profile.Network.choices)
    name = forms.CharField(label=gettext_lazy("Name in the network"), max_length=80, help_text=gettext_lazy("For example: @budzet"))
    address = forms.URLField(label=gettext_lazy("Address"), max_length=300, assume_scheme="https")
    about = forms.CharField(
        label=gettext_lazy("Sentence about itself"), max_length=160,
        help_text=gettext_lazy("The same as in the network, at most 160 characters."),
    )  # fmt: skip
    position = forms.IntegerField(label=gettext_lazy("Position on the list"), min_value=0, max_value=99, initial=0)

    def __init__(self, *args: Any, profile: Profile | None = None, **kwargs: Any):
        initial = {name: getattr(profile, name) for name in self.base_fields} if profile else None
        super().__init__(*args, initial=initial, **kwargs)

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if not address.startswith("https://"):
            raise forms.ValidationError(_("Give the address that begins with https://."))
        return address
