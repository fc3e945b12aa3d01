"""Filters of the list of projects, a contest's file, and the record of a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.words import search_key
from ratusz.participation.budget.engine import presets
from ratusz.participation.budget.fitting import FIRST_YEAR, HIGHEST_EDITION, LAST_YEAR
from ratusz.participation.budget.kinds import titles
from ratusz.participation.budget.models import Edition, Pool, Project, ProjectResult, ResultChange
from ratusz.participation.budget.project_lists import sorted_ends
from ratusz.participation.budget.queries import ListedEnd
from ratusz.ui.forms import LongSelect

Outcome = ProjectResult.Outcome
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ENDINGS = (".pb.gz", ".pb", ".json", ".zip")
RESULTS = {
    "dostal": lambda end: end.is_funded,
    "nie-zmiescil-sie": lambda end: end.outcome == Outcome.NO_MONEY,
    "ponizej-progu": lambda end: end.outcome == Outcome.BELOW_THRESHOLD,
    "inne": lambda end: not end.is_funded and end.outcome not in (Outcome.NO_MONEY, Outcome.BELOW_THRESHOLD),
}


class ProjectFilter(forms.Form):
    """A word, a pool, a result. Sent by GET, so that a narrowed list has an address."""

    q = forms.CharField(label=gettext_lazy("Word in the name or number"), required=False, max_length=100)
    pula = forms.ChoiceField(label=gettext_lazy("Pool"), required=False, widget=LongSelect)
    wynik = forms.ChoiceField(label=gettext_lazy("Result"), required=False, widget=LongSelect)

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


class ContestFileForm(forms.Form):
    """A file of a contest and, where the city has no preset of its own, the rules."""

    file = forms.FileField(label=gettext_lazy("File with a contest (.pb, .pb.gz, .json or .zip)"))
    rules = forms.ChoiceField(label=gettext_lazy("Rules"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = sorted(presets().values(), key=lambda preset: preset.name)
        self.fields["rules"].choices = [("", _("the city's own, by city and year")), *((each.code, each.name) for each in known)]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file that ends with .pb, .pb.gz, .json or .zip."))
        return file


class ChangeForm(forms.Form):
    """An event that changes a result: what, on what ground, when."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=ResultChange.Kind.choices)
    project = forms.ModelChoiceField(label=gettext_lazy("Project"), queryset=Project.objects.none(), required=False)
    order = forms.CharField(label=gettext_lazy("Numbers of the tied projects in the order decided, with commas"), required=False)
    ground = forms.CharField(
        label=gettext_lazy("Ground: the decision, its date and number"), widget=forms.Textarea(attrs={"rows": 3})
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DAY)

    def __init__(self, *args, pool: Pool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = pool.projects.order_by("position")

    def clean_order(self) -> tuple[str, ...]:
        return tuple(number.strip() for number in self.cleaned_data["order"].split(",") if number.strip())


class EditionForm(forms.Form):
    """An edition without pools: whose, which, by what rules, when people vote."""

    city = forms.CharField(label=gettext_lazy("City"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    year = forms.IntegerField(label=gettext_lazy("Year of the vote"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    number = forms.IntegerField(
        label=gettext_lazy("Number of the edition"), min_value=1, max_value=HIGHEST_EDITION, required=False,
        help_text=gettext_lazy("Leave it empty where the city does not count its editions."),
    )  # fmt: skip
    rules_preset = forms.ChoiceField(label=gettext_lazy("Rules"))
    voting_starts = forms.DateField(label=gettext_lazy("First day of voting"), widget=DAY, required=False)
    voting_ends = forms.DateField(label=gettext_lazy("Last day of voting"), widget=DAY, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = sorted(presets().values(), key=lambda preset: preset.name)
        self.fields["rules_preset"].choices = [(each.code, each.name) for each in known]
        self.fields["kind"].choices = titles(local_day(database_now()))

    @staticmethod
    def proposal(at: datetime) -> dict[str, object]:
        """What the form starts with: the newest edition's city and rules, the next number and year."""
        newest = Edition.objects.filter(kind=Edition.WITH_A_VOTE).first()
        if newest is None:
            return {"year": local_day(at).year}
        number = newest.number + 1 if newest.number else None
        return {"city": newest.city, "year": newest.year + 1, "number": number, "rules_preset": newest.rules_preset}

    def clean(self) -> dict:
        given = super().clean() or {}
        starts, ends = given.get("voting_starts"), given.get("voting_ends")
        if starts and ends and ends < starts:
            self.add_error("voting_ends", _("The last day of voting is before the first. Correct one of them."))
        return given
