"""A report of a unit with up to three pieces of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.governance.decisions.models import Report
from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC, Proof

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NEEDS = {"photo": "upload", "document": "upload", "act": "number", "contract": "number", "page": "url", "inspection": "day"}


class ReportForm(forms.Form):
    """How it ended, in words for everybody."""

    end = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=Report.ENDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What was done, in words for everybody"),
        max_length=LONGEST_PUBLIC,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    instead = forms.CharField(
        label=gettext_lazy("If not or not wholly done: why, and what instead"), max_length=LONGEST_PUBLIC, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note for the President's office alone"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """One piece of evidence; an empty one is left out."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of evidence"), required=False, choices=[("", gettext_lazy("none")), *Proof.choices]
    )
    label = forms.CharField(label=gettext_lazy("What it shows"), required=False, max_length=200)
    upload = forms.FileField(label=gettext_lazy("File of a photo or document"), required=False)
    alt = forms.CharField(label=gettext_lazy("Photo: what is in it, for those who do not see it"), required=False, max_length=300)
    number = forms.CharField(label=gettext_lazy("Number of the act, contract or invoice"), required=False, max_length=80)
    url = forms.URLField(label=gettext_lazy("Address of the page"), required=False, max_length=500, assume_scheme="https")
    day = forms.DateField(label=gettext_lazy("Day of the inspection"), required=False, widget=DAY)
    is_public = forms.BooleanField(label=gettext_lazy("Everybody sees it"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own field; what is filled in without a kind would be lost, so it is asked for."""
        typed = super().clean() or {}
        kind = typed.get("kind")
        if not kind:
            if any(typed.get(name) for name in ("label", "upload", "alt", "number", "url", "day")):
                self.add_error("kind", _("Choose the kind of this evidence."))
            return typed
        if not typed.get("label"):
            self.add_error("label", _("Say in a few words what it shows."))
        needed = NEEDS[kind]
        if not typed.get(needed) and needed not in self.errors:
            self.add_error(needed, ValidationError(_("Evidence of this kind needs it.")))
        if kind == "photo" and not typed.get("alt"):
            self.add_error("alt", _("Describe the photo in a sentence."))
        return typed

    def facts(self) -> dict[str, Any]:
        """As the action takes it; only what its kind needs."""
        typed = self.cleaned_data
        names = ("kind", "label", NEEDS[typed["kind"]], *(("alt",) if typed["kind"] == "photo" else ()))
        return {name: typed[name] for name in names} | {"is_public": typed["is_public"]}


class _EvidenceForms(forms.BaseFormSet):
    def facts(self) -> list[dict[str, Any]]:
        """Those that are filled in."""
        return [form.facts() for form in self.forms if form.cleaned_data.get("kind")]


EvidenceForms = forms.formset_factory(EvidenceForm, formset=_EvidenceForms, extra=3, max_num=3, absolute_max=3)
