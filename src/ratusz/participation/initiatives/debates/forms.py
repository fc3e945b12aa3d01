"""Forms of debates: set up, a resident's form filed or written down from paper, checked, the result noted."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.names import NameField
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.debates import rules
from ratusz.participation.initiatives.forms import _long
from ratusz.participation.initiatives.models import DebateEntry, Refusal

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class DebateForm(forms.Form):
    """What is said of a debate."""

    year = forms.IntegerField(label=_("Year the report is about"), min_value=2018, max_value=2100)
    session_at = forms.DateTimeField(
        label=_("Session with the debate"), widget=MOMENT, input_formats=FORMATS,
        help_text=_("Forms are taken until the end of the day before, by the clock of the database."),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=200)
    report_url = forms.URLField(
        label=_("Address of the report"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Where the report stands, for example in the BIP. It is not copied here."),
    )  # fmt: skip
    report_on = forms.DateField(
        label=_("Day the report is presented"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    most_speakers = forms.IntegerField(label=_("How many residents speak"), min_value=1, max_value=500)
    raised_by = forms.CharField(
        label=_("Resolution that raised this number"), max_length=60, required=False, help_text=_("Empty: the number of the law.")
    )

    def __init__(self, *args: Any, at: datetime, **named: Any):
        named["initial"] = {"most_speakers": terms.term("debate_speakers", at)} | (named.get("initial") or {})
        super().__init__(*args, **named)
        self.at = at

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong is said at once, each beside its field."""
        cleaned = super().clean() or {}
        session_at, year = cleaned.get("session_at"), cleaned.get("year")
        # For a slip in the year there may be no law at all.
        is_of_year = session_at is not None and year is not None and session_at.year == year + 1
        by_law = terms.term("debate_speakers", session_at if is_of_year else self.at)
        for name, words in rules.debate_problems(cleaned, by_law).items():
            self.add_error(name, words)
        return cleaned


class EntryForm(forms.Form):
    """A resident's form."""

    name = NameField(
        label=_("Name and surname"), max_length=200, help_text=_("We do not publish it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    home = forms.CharField(
        label=_("Address of residence"), max_length=300,
        help_text=_("Street and number in the city. Residents speak in the debate."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("We write there what became of the form."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("Scan of the signed form"), help_text=_("PDF, JPEG or PNG: all pages with signatures in one file.")
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, **named: Any):
        named["initial"] = {"form_key": uuid.uuid4()} | (named.get("initial") or {})
        super().__init__(*args, **named)


class PublicEntryForm(EntryForm, GuardedForm):
    """The form of everybody."""

    guard_purpose = "initiatives.debate"


class EnterEntryForm(EntryForm):
    """A form from paper, with the moment it came."""

    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[each for each in DebateEntry.Channel.choices if each[0] != "online"]
    )
    received_at = forms.DateTimeField(
        label=_("When it came"), widget=MOMENT, input_formats=FORMATS,
        help_text=_("The moment on the stamp: it decides the place on the list."),
    )  # fmt: skip
    field_order = ("channel", "received_at", "name", "home", "email", "upload")

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["email"].required = self.fields["upload"].required = False


class ListForm(forms.Form):
    """The form meets the law."""

    signatures = forms.IntegerField(label=_("Signatures that count"), min_value=0, max_value=100_000)
    is_resident = forms.BooleanField(label=_("The person lives in the city"), required=False)


class RefuseForm(forms.Form):
    """The form does not meet the law."""

    refusal = forms.ChoiceField(label=_("Why it is not accepted"), choices=[("", "---"), *Refusal.choices])
    signatures = forms.IntegerField(label=_("Signatures that count"), min_value=0, max_value=100_000, required=False)


class ResultForm(forms.Form):
    """How the debate went."""

    resolution = forms.CharField(label=_("Number of the resolution on the vote of confidence"), max_length=60, required=False)
    words = _long(_("How the debate went, for everybody"), 8000, _("Without names of residents."), required=False)
