"""Filters of the public list, the board and the report, and the one field for following."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.wording import PUBLIC_STATES
from ratusz.publishing.website.models import Topic
from ratusz.ui.forms import LongSelect

STATES = [(each.code, each.words) for each in PUBLIC_STATES]


class PublicFilter(forms.Form):
    """District, topic, unit and state by names in the address, so that a narrowed list can be passed on. Three queries."""

    dzielnica = forms.ChoiceField(label=gettext_lazy("District"), required=False, widget=LongSelect)
    temat = forms.ChoiceField(label=gettext_lazy("Topic"), required=False, widget=LongSelect)
    komorka = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, widget=LongSelect)
    stan = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.districts = {row[1]: row for row in District.objects.by_name().values_list("pk", "slug", "name")}
        self.topics = {row[1]: row for row in Topic.objects.values_list("pk", "slug", "name")}
        shown = Decision.objects.shown().values("lead_unit")
        self.units = {row[1]: row for row in Unit.objects.filter(pk__in=shown).values_list("pk", "short_name", "name")}
        for name, rows, everything in (
            ("dzielnica", self.districts, _("all districts")), ("temat", self.topics, _("all topics")),
            ("komorka", self.units, _("all units")),
        ):  # fmt: skip
            self.fields[name].choices = [("", everything), *((code, words) for _pk, code, words in rows.values())]
        self.fields["stan"].choices = [("", _("all states")), *STATES]

    def chosen(self) -> dict[str, Any]:
        """What is chosen, as `queries.filtered` takes it; what is no choice is left out."""
        self.is_valid()
        typed = self.cleaned_data
        found: dict[str, Any] = {}
        for name, field, rows in (
            ("district", "dzielnica", self.districts), ("topic", "temat", self.topics), ("unit", "komorka", self.units)
        ):  # fmt: skip
            if code := typed.get(field):
                found[name] = rows[code][0]
        return found | ({"state": typed["stan"]} if typed.get("stan") else {})


class FollowForm(forms.Form):
    """Where to write."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class BoardFilter(forms.Form):
    """What the board of staff is narrowed by."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    text = forms.CharField(label=gettext_lazy("Number or word in the title"), required=False, max_length=100)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        used = Decision.objects.exclude(lead_unit=None).values("lead_unit")
        rows = {
            "unit": Unit.objects.filter(pk__in=used).values_list("pk", "name"),
            "district": District.objects.by_name().values_list("pk", "name"), "topic": Topic.objects.values_list("pk", "name"),
        }  # fmt: skip
        for name, found in rows.items():
            self.fields[name].choices = [("", _("all")), *((str(pk), words) for pk, words in found)]
        self.fields["state"].choices = [("", _("all")), ("draft", _("drafts")), *STATES]

    def chosen(self) -> dict[str, Any]:
        """What is chosen, as `queries.filtered` takes it."""
        self.is_valid()
        found = {name: plain_number(self.cleaned_data.get(name) or "") for name in ("unit", "district", "topic")}
        return {name: value for name, value in found.items() if value} | {"state": self.cleaned_data.get("state", "")}


class ReportFilter(forms.Form):
    """A year, and by what the report is."""

    rok = forms.IntegerField(label=gettext_lazy("Year in which they were taken"), required=False, min_value=2000, max_value=2100)
    wg = forms.ChoiceField(
        label=gettext_lazy("By"), required=False,
        choices=[("lead_unit", gettext_lazy("units")), ("district", gettext_lazy("districts"))],
    )  # fmt: skip

    def chosen(self) -> tuple[int | None, str]:
        """The year, and the field to count by."""
        self.is_valid()
        return self.cleaned_data.get("rok"), self.cleaned_data.get("wg") or "lead_unit"
