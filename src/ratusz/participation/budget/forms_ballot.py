"""Forms of an edition after its opening: projects that exclude one another, other days of a stage."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.dates import polish_range
from ratusz.participation.budget.calendars import name_of
from ratusz.participation.budget.forms import DAY
from ratusz.participation.budget.forms_editions import days_of
from ratusz.participation.budget.models import Edition, Pool, StageCode
from ratusz.participation.budget.models.edition_rules import LONGEST_REASON

BETWEEN_NUMBERS = re.compile(r"[\s,;]+")


class PoolOfBallot(forms.ModelChoiceField):
    """A pool with its code and name."""

    def label_from_instance(self, pool: Pool) -> str:
        return str(pool)


class ExclusionForm(forms.Form):
    """Projects of one pool of which at most one is built."""

    pool = PoolOfBallot(Pool.objects.none(), label=gettext_lazy("Pool"))
    numbers = forms.CharField(
        label=gettext_lazy("Numbers of the projects"), max_length=600, help_text=gettext_lazy("For example: L2/01/XIV, L2/04/XIV")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why only one can be built"), max_length=500, help_text=gettext_lazy("Residents read it too.")
    )

    def __init__(self, *args: Any, edition: Edition, **named: Any):
        super().__init__(*args, **named)
        field: Any = self.fields["pool"]
        field.queryset = edition.pools.filter(projects__isnull=False).distinct().order_by("position")

    def clean_numbers(self) -> list[str]:
        return [number.upper() for number in BETWEEN_NUMBERS.split(self.cleaned_data["numbers"]) if number]


class StageMoveForm(forms.Form):
    """Other days of one stage, both included, and why."""

    code = forms.ChoiceField(label=gettext_lazy("Stage"))
    first = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, help_text=gettext_lazy("It stands in the public log of changes.")
    )

    def __init__(self, *args: Any, edition: Edition, **named: Any):
        super().__init__(*args, **named)
        now, field, absent = days_of(edition), self.fields["code"], _("not in the calendar")
        field.choices = [  # type: ignore[attr-defined]
            (code, f"{name_of(code)} ({polish_range(*now[code]) if code in now else absent})") for code in StageCode.values
        ]
