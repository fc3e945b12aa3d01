"""Forms of an edition's draft: the whole calendar at once, its settings, what the formula of pools takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.dates import local_day
from ratusz.participation.budget.edition_rules import EditionRules, RuleValue
from ratusz.participation.budget.forms import DAY
from ratusz.participation.budget.models import Edition, Pool, StageCode
from ratusz.participation.budget.pool_making import PoolInput, turnout_order

MOST_MONEY = 2_000_000_000
"""Złoty in a setting of the formula of pools."""
CITY_CODE = "M"


def days_of(edition: Edition) -> dict[str, tuple[date, date]]:
    """The calendar as first and last days."""
    return {one.code: (local_day(one.starts_at), local_day(one.ends_at - timedelta(seconds=1))) for one in edition.stages.all()}


class CalendarForm(forms.Form):
    """First and last day of every stage; a stage without both is not in the calendar."""

    def __init__(self, *args, days: Mapping[str, tuple[date, date]], **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in StageCode.choices:
            first, last = days.get(code, (None, None))
            from_label = _("{stage}: first day").format(stage=name)
            self.fields[f"{code}_first"] = forms.DateField(label=from_label, initial=first, widget=DAY, required=False)
            self.fields[f"{code}_last"] = forms.DateField(label=_("last day"), initial=last, widget=DAY, required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        for code in StageCode.values:
            if bool(given.get(f"{code}_first")) != bool(given.get(f"{code}_last")) and not self.errors:
                self.add_error(f"{code}_last", _("Give both days of this stage, or leave both empty."))
        return given

    def days(self) -> dict[str, tuple[date, date]]:
        """The stages that have their days."""
        found = {code: (self.cleaned_data[f"{code}_first"], self.cleaned_data[f"{code}_last"]) for code in StageCode.values}
        return {code: pair for code, pair in found.items() if all(pair)}


class SettingsForm(forms.Form):
    """Every setting with its legal basis; after the opening the reason of the change too."""

    def __init__(self, *args, settings: EditionRules, with_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        for entry in settings:
            field = entry.name.replace(".", "__")
            self.names[field] = entry.name
            self.fields[field] = _field(entry)
        if with_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Reason of the change; it stands in the public log"), widget=forms.Textarea(attrs={"rows": 3})
            )

    def values(self) -> dict[str, Any]:
        """Setting to value."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}


def _field(entry: RuleValue) -> forms.Field:
    clause = _("Needs a clause: {clause}.").format(clause=entry.needs_clause) if entry.needs_clause else ""
    facts: dict[str, Any] = {"label": entry.title, "initial": entry.value, "help_text": f"{clause} {entry.legal_basis}".strip()}
    if isinstance(entry.value, bool):
        return forms.BooleanField(required=False, **facts)
    if isinstance(entry.value, int):
        return forms.IntegerField(min_value=0, max_value=MOST_MONEY if entry.unit == "zł" else 1_000_000, **facts)
    if entry.choices:
        return forms.ChoiceField(choices=entry.choices, **facts)
    return forms.CharField(max_length=300, **facts)


class PoolsForm(forms.Form):
    """What the formula takes: people and leftovers per district, the ranking an officer confirms, corrections with reasons."""

    day = forms.DateField(label=gettext_lazy("Day of the numbers of residents"), widget=DAY)

    def __init__(self, *args, before: Sequence[Pool], rewarded: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.local = [pool for pool in before if not pool.is_city_wide]
        self.all, self.rewarded = list(before), rewarded
        people = {pool.code: pool.registered or 0 for pool in self.local}
        ballots = {pool.code: pool.result.ballots for pool in self.local if pool.result}
        proposed = turnout_order(ballots, people)
        self.fields["day"].initial = self.local[0].registered_day if self.local else None
        for place in range(rewarded):
            self.fields[f"best_{place}"] = forms.ChoiceField(
                label=_("District {place} by turnout, confirmed").format(place=place + 1),
                choices=[(pool.code, str(pool)) for pool in self.local], initial=proposed[place] if len(proposed) > place else None,
            )  # fmt: skip
        for pool in self.all:
            self._pool_fields(pool)
        self.fields["confirmed"] = forms.BooleanField(label=_("I have checked the order of turnout with the city's own numbers"))

    def _pool_fields(self, pool: Pool) -> None:
        left = (pool.budget_grosze - pool.result.spent_grosze) // 100 if pool.result else 0
        if not pool.is_city_wide:
            people = _("{pool}: residents").format(pool=pool)
            self.fields[f"people_{pool.code}"] = forms.IntegerField(label=people, initial=pool.registered, min_value=1)
        self.fields[f"left_{pool.code}"] = forms.IntegerField(
            label=_("{pool}: left from the previous edition, zł").format(pool=pool), initial=left, min_value=0
        )
        self.fields[f"correction_{pool.code}"] = forms.IntegerField(label=_("correction, zł"), required=False)
        self.fields[f"reason_{pool.code}"] = forms.CharField(label=_("reason of the correction"), required=False, max_length=300)

    def given(self) -> PoolInput:
        """The filled form as the formula's input."""
        data = self.cleaned_data
        corrections = {
            pool.code: (data[f"correction_{pool.code}"] * 100, data[f"reason_{pool.code}"])
            for pool in self.all
            if data[f"correction_{pool.code}"]
        }
        return PoolInput(
            people={pool.code: data[f"people_{pool.code}"] for pool in self.local},
            leftovers={pool.code: data[f"left_{pool.code}"] * 100 for pool in self.all},
            best_turnout=tuple(data[f"best_{place}"] for place in range(self.rewarded)),
            corrections=corrections,
        )
