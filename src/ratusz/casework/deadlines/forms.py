"""Filters of the board, and the reasons staff give when they pause or extend a clock."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.deadlines.rulebook import all_rules
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.units.models import Unit

STATES = [
    ("biegnie", _("running")), ("po_terminie", _("late")), ("wstrzymany", _("paused")), ("zamkniety", _("closed")),
    ("wszystkie", _("all")),
]  # fmt: skip
WHOSE = [("", _("everybody's")), ("moje", _("mine")), ("komorki", _("of my unit"))]


class DayField(forms.DateField):
    """A day in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardFilter(forms.Form):
    """What is wrong is left out of the filter and said beside its field."""

    szukaj = forms.CharField(label=_("Search"), required=False, max_length=100)
    stan = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    czyje = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    komorka = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none(), empty_label=_("all"))
    zegar = forms.ChoiceField(label=_("Clock"), required=False)
    do = DayField(label=_("Term until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["komorka"].queryset = Unit.objects.filter(clocks__isnull=False).distinct()
        self.fields["zegar"].choices = [("", _("all")), *_rules_by_name()]

    def chosen(self) -> dict:
        """What was chosen and is right."""
        self.is_valid()
        chosen = dict(self.cleaned_data)
        if day := chosen.get("do"):
            chosen["do"] = end_of_day(day)
        return chosen


def _rules_by_name() -> list[tuple[str, str]]:
    """Rules of the packs, and those of clocks whose rule has left the packs."""
    names = dict(Clock.objects.order_by("pk").values_list("rule_code", "rule_content__name").distinct())
    names |= {rule.code: rule.name for rule in all_rules()}
    return sorted(names.items(), key=lambda entry: polish_sort_key(entry[1]))


class PauseForm(forms.Form):
    """Why the days do not count."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ExtendForm(forms.Form):
    """To when and why."""

    due_date = DayField(label=_("New last day"), required=False, help_text=_("Empty: as far as the rule allows."))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
