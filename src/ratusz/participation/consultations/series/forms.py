"""Forms of a series: its template, and for which districts consultations are made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import Consultation, Series
from ratusz.participation.consultations.modes.pack import all_modes
from ratusz.participation.consultations.series import rules

NAME = 50
"""Room for a long name of a district in place of {dzielnica}, where a column is bounded."""
PLAIN = ("label", "modes", "owner_unit", "owner_person", "starts_on", "ends_on", "order_number", "ordered_on")


def _long(label: Any, most: int = 4000) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def _line(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SeriesForm(forms.Form):
    """The template; `facts()` are fields of Series."""

    name = forms.CharField(
        label=_("Name of the series"), max_length=200, help_text=_("For the Office, such as: Statutes of districts 2027.")
    )
    title = forms.CharField(
        label=_("Title of each consultation"),
        max_length=250 - NAME,
        help_text=_("Write {dzielnica} for the district's name and {numer} for its number, here and in all texts below."),
    )
    summary = _long(_("In short"), most=2000)
    subject = _long(_("Subject of the consultation"))
    purpose = _long(_("Why we ask"))
    open_questions = _long(_("What can still change"))
    alternative = _long(_("What else could be done"))
    decided_by = _line(_("Who decides"), 300 - NAME)
    what_next = _long(_("What happens next"))
    target_group = _line(_("Whom it concerns"), 500 - NAME)
    contact = _line(_("Contact for questions"), 300 - NAME)
    label = forms.ChoiceField(label=_("Kind of talk"), choices=Consultation.Label.choices)
    modes = forms.MultipleChoiceField(label=_("Modes"), widget=forms.CheckboxSelectMultiple, required=False)
    owner_unit = forms.ModelChoiceField(label=_("Unit that answers in substance"), queryset=Unit.objects.none(), required=False)
    owner_person = forms.ModelChoiceField(label=_("Person who answers"), queryset=User.objects.none(), required=False)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    order_number = forms.CharField(label=_("Number of the ordinance"), max_length=60, required=False)
    ordered_on = _day(_("Day of the ordinance"))
    taking_part = forms.MultipleChoiceField(label=_("Forms of taking part"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["owner_unit"].queryset = Unit.objects.order_by("sort_key")  # type: ignore[attr-defined]
        people = User.objects.filter(is_staff=True, is_active=True).order_by("last_name", "first_name")
        self.fields["owner_person"].queryset = people  # type: ignore[attr-defined]
        self.fields["modes"].choices = [(code, mode.name) for code, mode in all_modes().items()]  # type: ignore[attr-defined]
        self.fields["taking_part"].choices = list(terms.form_names(database_now()).items())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The clean form as the actions take it."""
        clean = self.cleaned_data
        template = {name: clean[name] for name in rules.TEXTS}
        return {"title": clean["name"], "template": template, "forms": clean["taking_part"]} | {name: clean[name] for name in PLAIN}


def initial_of(series: Series) -> dict[str, Any]:
    """The template back in its form."""
    return series.template | {"name": series.title, "taking_part": series.forms} | {name: getattr(series, name) for name in PLAIN}


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
