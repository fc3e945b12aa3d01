"""What somebody chooses to follow."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.models import Rhythm
from ratusz.foundation.notifications.rules import clean_address
from ratusz.publishing.following.queries import everything_to_follow
from ratusz.publishing.following.rules import Choice, NothingChosen, read_choices

LABELS = {"topic": _("Topics"), "district": _("Districts"), "unit": _("Units of the Office")}


class ChoicesForm(forms.Form):
    """Ticks for topics, districts and units, and how often to write."""

    def __init__(self, *args, chosen: list[Choice] | None = None, rhythm: str = Rhythm.DAILY, **kwargs):
        super().__init__(*args, **kwargs)
        ticked = {str(choice) for choice in chosen or []}
        for kind, rows in everything_to_follow().items():
            if rows:
                self.fields[kind] = forms.MultipleChoiceField(
                    label=LABELS[kind],
                    choices=rows,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    initial=[code for code, _name in rows if code in ticked],
                )
        self.fields["rhythm"] = forms.ChoiceField(
            label=_("How often to write"), choices=Rhythm.choices, initial=rhythm, widget=forms.RadioSelect
        )

    def choices(self) -> list[Choice]:
        """Everything ticked."""
        return read_choices(code for kind in LABELS for code in self.cleaned_data.get(kind, ()))


class FollowForm(ChoicesForm):
    """The same with the address to write to; at least one thing is to be ticked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.CharField(
            label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
        )

    def clean_email(self) -> str:
        return clean_address("email", self.cleaned_data["email"])

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not self.choices():
            first = next((kind for kind in LABELS if kind in self.fields), None)
            if first not in self.errors:
                self.add_error(first, str(NothingChosen()))
        return cleaned


class ThingForm(forms.Form):
    """Where to write about one thing."""

    email = forms.CharField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return clean_address("email", self.cleaned_data["email"])
