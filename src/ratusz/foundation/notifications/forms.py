"""What people type or tick about the messages they get."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import Address, Consent
from ratusz.foundation.notifications.registry import purposes


class PreferencesForm(forms.Form):
    """One tick for each purpose that needs a consent."""

    def __init__(self, *args, address: Address, **kwargs):
        super().__init__(*args, **kwargs)
        agreed = set(Consent.objects.live().filter(address=address).values_list("purpose", flat=True))
        for code, purpose in purposes.items():
            if purpose.needs_consent:
                self.fields[code] = forms.BooleanField(
                    label=purpose.name, help_text=purpose.consent_text, required=False, initial=code in agreed
                )

    def changes(self) -> dict[str, bool]:
        """Purpose to the new answer, of those that were changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class EmailForm(forms.Form):
    """An e-mail address typed by anybody."""

    email = forms.CharField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return rules.clean_address("email", self.cleaned_data["email"])
