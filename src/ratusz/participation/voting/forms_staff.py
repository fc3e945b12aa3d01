"""Forms of the staff's screens: words that confirm what cannot be undone, shares that are never drawn again, limits, grounds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.words import search_key
from ratusz.participation.budget.actions.opening import MOST_MINUTES
from ratusz.participation.voting.actions.anomalies import MOST
from ratusz.participation.voting.committee_keys import MOST_HOLDERS
from ratusz.participation.voting.models import Complaint
from ratusz.participation.voting.wording import ASKED_FOR


class ConfirmForm(forms.Form):
    """One field: the words that say what will be done."""

    words = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, wanted: str, **named: Any):
        super().__init__(*args, **named)
        self.wanted = wanted
        self.fields["words"].label = _("To confirm, write: {words}").format(words=wanted)

    def clean_words(self) -> str:
        """The same words, whatever the case."""
        typed = self.cleaned_data["words"]
        if " ".join(search_key(typed).split()) != " ".join(search_key(self.wanted).split()):
            raise forms.ValidationError(_("These are not the words. Nothing was done."))
        return typed


class CeremonyForm(ConfirmForm):
    """How many shares are needed, and who holds one."""

    needed = forms.IntegerField(
        label=gettext_lazy("How many holders open the ballots together"), min_value=2, max_value=MOST_HOLDERS
    )
    functions = forms.CharField(
        label=gettext_lazy("Holders of shares, one a line: the function and no name"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text=gettext_lazy("One holder more than are needed at the least: a share can be lost."),
    )
    field_order = ("needed", "functions", "words")

    def clean_functions(self) -> list[str]:
        """A function a line."""
        return [line.strip() for line in self.cleaned_data["functions"].splitlines() if line.strip()]


class SecretWords(forms.Textarea):
    """A field whose text is never drawn again, whatever was wrong with it."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class SharesForm(forms.Form):
    """As many shares as are needed. What was typed is in no answer, no log and no record."""

    def __init__(self, *args: Any, needed: int, **named: Any):
        super().__init__(*args, **named)
        plain = {"rows": 3, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        for number in range(1, needed + 1):
            label = _("Share {number}").format(number=number)
            self.fields[f"share_{number}"] = forms.CharField(
                label=label, required=False, max_length=1000, widget=SecretWords(plain)
            )

    def shares(self) -> list[str]:
        """What the holders typed, in their order."""
        return [text for name, text in self.cleaned_data.items() if name.startswith("share_")]


class OpenBallotsForm(SharesForm, ConfirmForm):
    """Shares, and the words that confirm."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])


class ExtensionForm(forms.Form):
    """How long the vote did not work and by how much it is extended."""

    outage = forms.IntegerField(label=gettext_lazy("Minutes of the outage"), min_value=1, max_value=MOST_MINUTES)
    minutes = forms.IntegerField(label=gettext_lazy("Extend by how many minutes"), min_value=1, max_value=MOST_MINUTES)
    reason = forms.CharField(label=gettext_lazy("Reason: residents read it"), max_length=1000)


class LimitsForm(forms.Form):
    """From how many on something is odd."""

    per_line = forms.IntegerField(label=gettext_lazy("More ballots than this over one line"), min_value=1, max_value=MOST)
    per_line_quick = forms.IntegerField(
        label=gettext_lazy("More than this over one line or by one officer in a short time"), min_value=1, max_value=MOST
    )
    quick_minutes = forms.IntegerField(label=gettext_lazy("Minutes of the short time"), min_value=1, max_value=MOST)
    per_phone = forms.IntegerField(label=gettext_lazy("So many ballots with one telephone or address"), min_value=1, max_value=MOST)
    deviations = forms.DecimalField(
        label=gettext_lazy("Standard deviations from the share in the vote"), min_value=1, max_digits=3, decimal_places=1
    )
    reason = forms.CharField(label=gettext_lazy("Reason of the change"), max_length=500)


class KnownLineForm(forms.Form):
    """A point of the city and the address of its line."""

    name = forms.CharField(label=gettext_lazy("Point"), max_length=120)
    address = forms.CharField(
        label=gettext_lazy("Address of its line (IP)"),
        max_length=60,
        help_text=gettext_lazy("Only a keyed digest of it is kept."),
    )


class GroundsForm(forms.Form):
    """Why a ballot is to be annulled."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason of the catalogue"), choices=[("", "–"), *ASKED_FOR.items()])
    grounds = forms.CharField(
        label=gettext_lazy("Grounds: the second person reads them"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonsForm(forms.Form):
    """Reasons of an end."""

    reasons = forms.CharField(label=gettext_lazy("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ComplaintForm(ReasonsForm):
    """What comes of a complaint."""

    state = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (Complaint.State.UPHELD, gettext_lazy("The voter is right")),
            (Complaint.State.DISMISSED, gettext_lazy("The ballot is this person's: it counts")),
        ],
    )
    field_order = ("state", "reasons")
