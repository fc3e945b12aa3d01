"""Filters of the list of projects; what is typed wrongly narrows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.words import search_key
from ratusz.participation.budget.models import Pool, ProjectResult
from ratusz.participation.budget.project_lists import sorted_ends
from ratusz.participation.budget.queries import ListedEnd

Outcome = ProjectResult.Outcome
RESULTS = {
    "dostal": lambda end: end.is_funded,
    "nie-zmiescil-sie": lambda end: end.outcome == Outcome.NO_MONEY,
    "ponizej-progu": lambda end: end.outcome == Outcome.BELOW_THRESHOLD,
    "inne": lambda end: not end.is_funded and end.outcome not in (Outcome.NO_MONEY, Outcome.BELOW_THRESHOLD),
}


class ProjectFilter(forms.Form):
    """A word, a pool, a result. Sent by GET, so that a narrowed list has an address."""

    q = forms.CharField(label=gettext_lazy("Word in the name or number"), required=False, max_length=100)
    pula = forms.ChoiceField(label=gettext_lazy("Pool"), required=False)
    wynik = forms.ChoiceField(label=gettext_lazy("Result"), required=False)

    def __init__(self, *args, pools: Sequence[Pool], **kwargs):
        super().__init__(*args, **kwargs)
        ordered = sorted(pools, key=lambda pool: (not pool.is_city_wide, pool.sort_key))
        self.fields["pula"].choices = [("", _("all pools")), *((pool.slug, pool.name) for pool in ordered)]
        self.fields["wynik"].choices = [
            ("", _("all results")),
            ("dostal", _("gets the money")),
            ("nie-zmiescil-sie", _("did not fit")),
            ("ponizej-progu", _("below the threshold")),
            ("inne", _("other")),
        ]

    def narrow(self, ends: Sequence[ListedEnd], key: str, is_descending: bool) -> list[ListedEnd]:
        """The ends that fit, in the order asked for. Words are compared without accents and case, all of them must occur."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        words = search_key(chosen["q"]).split()
        matches = RESULTS.get(chosen["wynik"], lambda end: True)
        shown = [
            end
            for end in ends
            if (not chosen["pula"] or end.pool.slug == chosen["pula"])
            and matches(end)
            and all(word in end.search_key for word in words)
        ]
        return sorted_ends(shown, key, is_descending)
