"""Forms of initiatives: registered by a clerk from the committee's papers, moved on, narrowed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.once.fields import FormKeyField
from ratusz.participation.initiatives.models import InitiativeState


def _long(label: Any, most: int, hint: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, widget=forms.Textarea(attrs={"rows": 8}), **more)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RegisterForm(forms.Form):
    """What the committee brought: its statement with its members, the draft and its justification."""

    title = forms.CharField(label=_("Title of the draft resolution"), max_length=300)
    draft = _long(_("Text of the draft resolution"), 60_000, _("Everybody reads it on the page before they sign."))
    justification = _long(_("Justification of the draft"), 20_000)
    members = _long(
        _("Committee"), 4000, _("Each person in a line of their own: name and surname, semicolon, address. Not published.")
    )
    has_statement = forms.BooleanField(label=_("The statement of the committee is signed by all its members"))
    email = forms.EmailField(label=_("E-mail address of the committee"), max_length=254, required=False)
    form_key = FormKeyField()

    def __init__(self, *args: Any, **named: Any):
        named["initial"] = {"form_key": uuid.uuid4()} | (named.get("initial") or {})
        super().__init__(*args, **named)

    def facts(self) -> dict[str, Any]:
        """The clean form as the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "has_statement"}


class FiledForm(forms.Form):
    """The day the lists came."""

    received_on = _day(_("Day they came"), _("The three months run from this day, not from today."))


class WordsForm(forms.Form):
    """Words that the committee gets and everybody reads."""

    words = _long(
        _("Words for the committee and the register"), 8000, _("Write no names and addresses: everybody reads these words.")
    )


class SessionForm(forms.Form):
    """The session on whose agenda the draft is."""

    session_on = _day(_("Day of the session"))


class ResultForm(forms.Form):
    """What the Council resolved."""

    is_adopted = forms.BooleanField(label=_("The Council adopted the resolution"), required=False)
    resolution = forms.CharField(label=_("Number of the resolution"), max_length=60, required=False)
    words = _long(_("More about the result"), 8000, required=False)


class RegisterFilter(forms.Form):
    """Narrows the register."""

    slowa = forms.CharField(label=_("Words or a number"), max_length=100, required=False)
    stan = forms.ChoiceField(
        label=_("State of the initiative"), required=False, choices=[("", pgettext_lazy("state", "all")), *InitiativeState.choices]
    )
    rok = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, required=False)

    def chosen(self) -> dict[str, Any]:
        """The clean values; a wrong one narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
