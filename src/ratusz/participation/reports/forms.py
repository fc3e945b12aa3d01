"""What staff type into reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.models import Unit
from ratusz.participation.reports.models import Annex, EffectState, Evidence, Outcome, Report

FILE_HINT = _("PDF, DOCX, XLSX or a picture. Without a file it is a heading over annexes under it.")
WHICH = _("Which remarks it answers, parted by commas: 3, 17")


class ListFilter(forms.Form):
    """Which reports the list shows."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    stan = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("draft", _("being written")), ("published", _("published"))]
    )

    def chosen(self) -> dict[str, str]:
        found = self.cleaned_data if self.is_valid() else {}
        return {"words": found.get("q", ""), "state": found.get("stan", "")}


class TextsForm(forms.ModelForm):
    """The texts that nothing else knows."""

    class Meta:
        model = Report
        fields = ("in_short", "what_next", "contact", "campaign_notes")
        widgets = {
            "in_short": forms.Textarea(attrs={"rows": 8}), "what_next": forms.Textarea(attrs={"rows": 6}),
            "campaign_notes": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip
        help_texts = {
            "in_short": _("What we asked, what people said, what we do. Short sentences; part paragraphs by an empty line."),
            "what_next": _("Who decides and when, whether there is a next consultation."),
            "contact": _("Unit, telephone and e-mail of the Office. No private data."),
            "campaign_notes": _("What notices alone do not tell: posters, meetings, the press."),
        }


class AnnexForm(forms.Form):
    """One annex for the end of its place."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[each for each in Annex.Kind.choices if each[0] != Annex.Kind.REGISTER])
    title = forms.CharField(label=_("Title"), max_length=250)
    parent = forms.ModelChoiceField(
        label=_("Belongs under"), queryset=Annex.objects.none(), required=False, empty_label=_("at the top"),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("File"), required=False, help_text=FILE_HINT,
    )  # fmt: skip

    def __init__(self, *args: Any, report: Report, **named: Any):
        super().__init__(*args, **named)
        self.fields["parent"].queryset = report.annexes.all()


class PublishForm(forms.Form):
    """Why there is a new version; nothing for the first one."""

    reason = forms.CharField(label=_("What it corrects and why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class EvidenceForm(forms.Form):
    """Where a version lies for people."""

    place = forms.ChoiceField(label=_("Place"), choices=[each for each in Evidence.Place.choices if each[0] != Evidence.Place.SITE])
    done_on = forms.DateField(label=_("Since when"), widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label=_("Where exactly"), max_length=300, help_text=_("Room, address of the page, number of the letter.")
    )
    upload = forms.FileField(label=_("Proof"), required=False, help_text=_("A photo, a scan or a saved page."))


class OutcomeForm(forms.ModelForm):
    """What the Council decided."""

    url = forms.URLField(label=_("Address of the act"), required=False, assume_scheme="https")

    class Meta:
        model = Outcome
        fields = ("kind", "decided_on", "act", "url", "words")
        widgets = {"decided_on": forms.DateInput(attrs={"type": "date"}), "words": forms.Textarea(attrs={"rows": 3})}


class EffectForm(forms.Form):
    """A promised effect."""

    title = forms.CharField(label=_("What changes"), max_length=300)
    unit = forms.ModelChoiceField(label=_("Unit in charge"), queryset=Unit.objects.order_by("name"))
    due_on = forms.DateField(label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}))
    remarks = forms.CharField(
        label=_("Numbers of remarks"), required=False, max_length=300, help_text=WHICH,
    )  # fmt: skip
    url = forms.URLField(label=_("Address of the decision"), required=False, assume_scheme="https")

    def clean_remarks(self) -> list[int]:
        numbers = [each.strip() for each in self.cleaned_data["remarks"].split(",") if each.strip()]
        if not all(each.isascii() and each.isdecimal() and len(each) < 8 for each in numbers):
            raise forms.ValidationError(_("Give numbers parted by commas, for example: 3, 17."))
        return [int(each) for each in numbers]


class TellForm(forms.Form):
    """What happened with an effect."""

    state = forms.ChoiceField(label=_("State"), choices=EffectState.choices)
    words = forms.CharField(label=_("In plain words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(
        label=_("New day, while it is in progress"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    url = forms.URLField(label=_("Address of the decision"), required=False, assume_scheme="https")


class RegisterPage(forms.Form):
    """Which reports everybody looks for."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    rok = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[date], **named: Any):
        super().__init__(*args, **named)
        self.fields["rok"].choices = [("", _("all"))] + [(each.year, str(each.year)) for each in years]
