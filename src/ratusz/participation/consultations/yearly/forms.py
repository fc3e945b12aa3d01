"""The form of a subject of the yearly plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import terms
from ratusz.participation.consultations.models import PlannedSubject
from ratusz.participation.consultations.yearly import rules
from ratusz.participation.consultations.yearly.actions import FIELDS

MONTHS = list(dates.MONTHS.items())


class SubjectForm(forms.Form):
    """A subject of a year; `facts()` are its fields. A unit chooses itself alone."""

    year = forms.IntegerField(label=_("Year of the plan"), min_value=rules.FIRST_YEAR, max_value=rules.LAST_YEAR)
    title = forms.CharField(label=_("Subject of the plan"), max_length=250)
    why = forms.CharField(label=_("Why we ask"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    unit = forms.ModelChoiceField(label=_("Unit that answers in substance"), queryset=Unit.objects.none())
    first_month = forms.TypedChoiceField(label=_("From the month"), coerce=int, choices=MONTHS)
    last_month = forms.TypedChoiceField(label=_("To the month"), coerce=int, choices=MONTHS)
    scope_words = forms.CharField(label=_("Whom it concerns"), max_length=500, required=False)
    proposed = forms.MultipleChoiceField(label=_("Proposed forms"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, person: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        rows = Unit.objects.order_by("sort_key")
        allowed = [each.pk for each in rows if rules.may(person, "write", each, at)]
        self.fields["unit"].queryset = rows.filter(pk__in=allowed)  # type: ignore[attr-defined]
        self.fields["proposed"].choices = list(terms.form_names(at).items())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The clean form as the actions take it."""
        clean = self.cleaned_data
        return {name: clean["proposed" if name == "forms" else name] for name in FIELDS}


def initial_of(subject: PlannedSubject) -> dict[str, Any]:
    """A subject back in its form."""
    return {name: getattr(subject, name) for name in FIELDS} | {"year": subject.plan.year, "proposed": subject.forms}
