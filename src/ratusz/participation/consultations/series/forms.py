"""Forms of a series: its template, and for which districts consultations are made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import Consultation, Series
from ratusz.participation.consultations.series import rules


def _long(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SeriesForm(forms.Form):
    """The template; `facts()` are fields of Series."""

    name = forms.CharField(
        label=_("Name of the series"), max_length=200, help_text=_("For the Office, such as: Statutes of districts 2027.")
    )
    title = forms.CharField(
        label=_("Title of each consultation"),
        max_length=250,
        help_text=_("Write {dzielnica} for the district's name and {numer} for its number, here and in all texts below."),
    )
    subject = _long(_("Subject of the consultation"))
    purpose = _long(_("Why we ask"))
    open_questions = _long(_("What can still change"))
    decided_by = forms.CharField(label=_("Who decides"), max_length=300, required=False)
    summary = _long(_("In short"))
    target_group = forms.CharField(label=_("Whom it concerns"), max_length=500, required=False)
    label = forms.ChoiceField(label=_("Kind of talk"), choices=Consultation.Label.choices)
    owner_unit = forms.ModelChoiceField(label=_("Unit that answers in substance"), queryset=Unit.objects.none(), required=False)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    order_number = forms.CharField(label=_("Number of the ordinance"), max_length=60, required=False)
    ordered_on = _day(_("Day of the ordinance"))
    taking_part = forms.MultipleChoiceField(label=_("Forms of taking part"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["owner_unit"].queryset = Unit.objects.order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["taking_part"].choices = list(terms.form_names(database_now()).items())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The clean form as the actions take it."""
        clean = self.cleaned_data
        plain = ("label", "owner_unit", "starts_on", "ends_on", "order_number", "ordered_on")
        template = {name: clean[name] for name in rules.TEXTS}
        return {"title": clean["name"], "template": template, "forms": clean["taking_part"]} | {name: clean[name] for name in plain}


def initial_of(series: Series) -> dict[str, Any]:
    """The template back in its form."""
    plain = ("label", "owner_unit", "starts_on", "ends_on", "order_number", "ordered_on")
    return series.template | {"name": series.title, "taking_part": series.forms} | {name: getattr(series, name) for name in plain}


class InstancesForm(forms.Form):
    """For which districts; all of them unless some are marked."""

    districts = forms.ModelMultipleChoiceField(
        label=_("Districts"),
        queryset=District.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mark none to make one for each district of the city."),
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["districts"].queryset = District.objects.by_name()  # type: ignore[attr-defined]

    def chosen(self) -> list[District]:
        """The marked districts, or all."""
        return list(self.cleaned_data["districts"]) or list(District.objects.by_name())
