"""What residents type and choose: a number to check, which messages to see."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.territory.models import District
from ratusz.publishing.messages.models import Message


class NumberForm(forms.Form):
    """One field for every receipt's number."""

    number = forms.CharField(
        label=_("Number"),
        max_length=120,
        error_messages={"required": _("Type the number you want to check.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MessagesFilter(forms.Form):
    """What narrows the list of messages; what is wrong is left out."""

    rodzaj = forms.ChoiceField(label=_("Kind"), required=False)
    dzielnica = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.by_name(), to_field_name="slug", required=False
    )
    stan = forms.ChoiceField(label=_("Which"), required=False, choices=[("", _("current")), ("archiwum", _("past and withdrawn"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rodzaj"].choices = [("", _("all")), *Message.Kind.choices]
        self.fields["dzielnica"].empty_label = _("the whole city")

    def chosen(self) -> dict:
        """What was chosen, in the form of values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
