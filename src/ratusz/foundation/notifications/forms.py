"""What people type or tick about the messages they get."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications import rules
from ratusz.foundation.notifications.models import Address, Channel, Consent, MessageState, Rhythm, RhythmChoice
from ratusz.foundation.notifications.registry import purposes

RHYTHM = "--rhythm"


def clean_mailbox(typed: str) -> str:
    """A typed e-mail address in the one form in which it is kept; "" stays. Raises ValidationError in words for a form."""
    try:
        return rules.clean_address(Channel.EMAIL, typed) if typed else ""
    except rules.NotDeliverable as refusal:
        raise ValidationError(str(refusal)) from refusal


class PreferencesForm(forms.Form):
    """One tick for each purpose that needs a consent, and how often, where its events are collected."""

    def __init__(self, *args, address: Address, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreed = agreed = set(Consent.objects.live().filter(address=address).values_list("purpose", flat=True))
        rhythms = dict(RhythmChoice.objects.filter(address=address).values_list("purpose", "rhythm"))
        for code, purpose in purposes.items():
            if purpose.needs_consent:
                self.fields[code] = forms.BooleanField(
                    label=purpose.name, help_text=purpose.consent_text, required=False, initial=code in agreed
                )
            if purpose.has_rhythm:
                self.fields[code + RHYTHM] = forms.ChoiceField(
                    label=_("How often: %(subject)s") % {"subject": purpose.name},
                    choices=Rhythm.choices,
                    initial=rhythms.get(code, Rhythm.DAILY),
                    widget=forms.RadioSelect,
                    required=False,
                )

    def choices_within(self, address: Address) -> list[tuple[str, str]]:
        """Purposes the person agreed to whose matters are chosen on a page of their own, each with that page."""
        found = [(code, purpose) for code, purpose in purposes.items() if purpose.choices_url and code in self.agreed]
        return [(purpose.name, purpose.choices_url(address)) for _code, purpose in found if purpose.choices_url]

    def changes(self) -> dict[str, bool]:
        """Purpose to the new answer, of those that were changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if not name.endswith(RHYTHM)}

    def rhythms(self) -> dict[str, str]:
        """Purpose to the new rhythm, of those that were changed."""
        changed = [name for name in self.changed_data if name.endswith(RHYTHM) and self.cleaned_data[name]]
        return {name.removesuffix(RHYTHM): self.cleaned_data[name] for name in changed}


class EmailForm(forms.Form):
    """An e-mail address typed by anybody."""

    email = forms.CharField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return rules.clean_address("email", self.cleaned_data["email"])


class OutboxFilter(forms.Form):
    """What staff look for in the outbox. Never an address: it would stand in the page's own address."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *MessageState.choices], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("", _("all")), *Channel.choices], required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", _("all")), *((code, purpose.name) for code, purpose in purposes.items())]

    def conditions(self) -> dict[str, str]:
        """What was chosen, as conditions on messages."""
        return {name: value for name, value in self.cleaned_data.items() if value}
