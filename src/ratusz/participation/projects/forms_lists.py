"""Narrowing lists of projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.models import State
from ratusz.participation.projects.wording import place_of

NAMES = {"pula": "pool", "stan": "state", "slowa": "words"}


class ListFilter(forms.Form):
    """Words, district and state of a list."""

    slowa = forms.CharField(label=_("Number or words of the title"), required=False, max_length=100)
    pula = forms.ChoiceField(label=_("Whole city or district"), required=False)
    stan = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *[each for each in State.choices if each[0] != State.DRAFT]]
    )

    def __init__(self, *args: Any, edition: Edition, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""
        pools = [(pool.code, place_of(pool)) for pool in edition.pools.order_by("position")]
        self.fields["pula"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *pools,
        ]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return {ours: self.cleaned_data.get(name) or "" for name, ours in NAMES.items()}
