"""Forms of a building: narrowing the list, and one form for each deed of the unit and of the department."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.delivery.pack import last_stage, number, stages_on
from ratusz.participation.projects.delivery.wording import capital
from ratusz.participation.projects.forms import AmountField
from ratusz.participation.projects.models import Delivery, DeliveryState
from ratusz.participation.projects.models.delivery import LONGEST_PUBLIC
from ratusz.participation.projects.wording import place_of
from ratusz.ui.forms import NumberedForms

NAMES = {"slowa": "words", "pula": "pool", "etap": "stage", "komorka": "unit", "spoznione": "late"}
ALL = ("", gettext_lazy("all"))


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DeliveryFilter(forms.Form):
    """Words, pool, stage, unit and lateness. Without an edition, of all of them."""

    slowa = forms.CharField(label=gettext_lazy("Number or words of the title"), required=False, max_length=100)
    pula = forms.ChoiceField(label=gettext_lazy("Whole city or district"), required=False)
    etap = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    komorka = forms.ChoiceField(label=gettext_lazy("Unit in charge"), required=False)
    spoznione = forms.BooleanField(label=gettext_lazy("Only those past their planned day"), required=False)

    def __init__(
        self, *args: Any, edition: Edition | None, units: Iterable[Unit], at: datetime, is_staff: bool = False, **named: Any
    ):
        super().__init__(*args, **named)
        self.label_suffix = ""
        pools = edition.pools.order_by("position") if edition else ()
        found = [(pool.code, place_of(pool)) for pool in pools]
        self._choose("pula", found)
        stages = [(stage.code, capital(stage.name)) for stage in stages_on(local_day(at))]
        ends = [(state.value, capital(str(state.label))) for state in (DeliveryState.REPORTED, DeliveryState.DROPPED)]
        self._choose("etap", stages + (ends if is_staff else ends[1:]))
        self._choose(
            "komorka", [(str(unit.pk), unit.name) for unit in units] + ([("none", _("not named yet"))] if is_staff else [])
        )
        if edition is None:
            del self.fields["pula"]

    def _choose(self, name: str, rows: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ALL, *rows]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return {ours: self.cleaned_data.get(name) or "" for name, ours in NAMES.items()}


class StageReportForm(forms.Form):
    """At which stage it is and what was done."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage now"))
    day = forms.DateField(label=gettext_lazy("Since which day, or on which day it happened"), widget=_day())
    text = forms.CharField(
        label=gettext_lazy("What was done, in words for everybody"), max_length=LONGEST_PUBLIC, required=False, widget=_lines(4),
        help_text=gettext_lazy("Without names of private people. Needed when the stage stays the same or goes back."),
    )  # fmt: skip

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        named.setdefault("initial", {"stage": delivery.stage, "day": local_day(at)})
        super().__init__(*args, **named)
        last = last_stage(local_day(at))
        rows = [(stage.code, f"{capital(stage.name)}: {stage.about}") for stage in stages_on(local_day(at)) if stage.code != last]
        self.fields["stage"].choices = rows  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class PlanForm(forms.Form):
    """A day for each stage that is still to come."""

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        known = {each.stage: each for each in delivery.days.all()}
        super().__init__(*args, **named)
        self.stages: list[str] = []
        stages = stages_on(local_day(at))
        passed = next((place for place, stage in enumerate(stages, 1) if stage.code == delivery.stage), 0)
        for stage in stages[passed:]:
            day = known.get(stage.code)
            if day and day.reached_on:
                continue
            self.stages.append(stage.code)
            planned = day.planned_on if day else None
            first = polish_date(day.first_planned_on) if day and day.first_planned_on != planned and day.first_planned_on else ""
            self.fields[f"day_{stage.code}"] = forms.DateField(
                label=capital(stage.name), required=False, widget=_day(), initial=planned,
                help_text=_("first planned for %(day)s") % {"day": first} if first else "",
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=_("Why a day is moved, in words for everybody"), max_length=LONGEST_PUBLIC, required=False, widget=_lines(3)
        )

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        planned = {code: self.cleaned_data.get(f"day_{code}") for code in self.stages}
        return {"planned": planned, "reason": self.cleaned_data["reason"]}


class MoneyForm(forms.Form):
    """Contract, spent so far, and why they differ from the ballot."""

    contract_grosze = AmountField(label=gettext_lazy("Cost by the contract, in zlotys"), required=False)
    spent_grosze = AmountField(label=gettext_lazy("Spent so far, in zlotys"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Why the amounts differ, in words for everybody"),
        max_length=LONGEST_PUBLIC,
        required=False,
        widget=_lines(3),
    )

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        money = {"contract_grosze": delivery.contract_grosze, "spent_grosze": delivery.spent_grosze, "note": delivery.money_note}
        named.setdefault("initial", money)
        super().__init__(*args, **named)

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class DoneForm(forms.Form):
    """That it is done."""

    day = forms.DateField(label=gettext_lazy("Since when people use it"), widget=_day())
    text = forms.CharField(
        label=gettext_lazy("What people have now, in words for everybody"), max_length=LONGEST_PUBLIC, widget=_lines(3)
    )
    spent_grosze = AmountField(label=gettext_lazy("Spent in all, in zlotys"))
    note = forms.CharField(
        label=gettext_lazy("Why another sum was spent than planned"), max_length=LONGEST_PUBLIC, required=False, widget=_lines(2)
    )

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        named.setdefault("initial", {"spent_grosze": delivery.spent_grosze, "note": delivery.money_note})
        super().__init__(*args, **named)

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class WordsForm(forms.Form):
    """One text for everybody; `name` is how the action calls it."""

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, name: str, label: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields[name] = forms.CharField(label=label, max_length=LONGEST_PUBLIC, widget=_lines(3))

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class UnitForm(forms.Form):
    """Which unit builds it."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Unit in charge"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        named.setdefault("initial", {"unit": delivery.unit_id})
        super().__init__(*args, **named)
        self.fields["unit"].queryset = Unit.objects.working()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return self.cleaned_data


class BareForm(forms.Form):
    """A deed that needs no words."""

    def __init__(self, *args: Any, delivery: Delivery, at: datetime, **named: Any):
        super().__init__(*args, **named)

    def facts(self) -> dict[str, Any]:
        """Nothing."""
        return {}


class PhotoForm(forms.Form):
    """One photo; an empty one is left out."""

    upload = forms.FileField(
        label=gettext_lazy("Photo: JPEG, PNG or WebP"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    alt = forms.CharField(
        label=gettext_lazy("What is in the photo, for those who do not see it"), required=False, max_length=300,
        help_text=gettext_lazy("In one sentence, without names."),
    )  # fmt: skip
    taken_on = forms.DateField(label=gettext_lazy("Taken on"), required=False, widget=_day())
    nobody = forms.BooleanField(
        label=gettext_lazy("Nobody can be recognised in it"), required=False,
        help_text=gettext_lazy("A photo with people waits until the department fills in its image-rights passport."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A photo has its description; a description without a photo would be lost, so the photo is asked for."""
        typed = super().clean() or {}
        if typed.get("upload") and not typed.get("alt"):
            self.add_error("alt", _("Describe the photo in a sentence."))
        if typed.get("alt") and not typed.get("upload") and "upload" not in self.errors:
            self.add_error("upload", _("Choose the file of the photo."))
        return typed


class _PhotoForms(NumberedForms):
    numbered = gettext_lazy("Photo %(number)s")

    def facts(self) -> list[dict[str, Any]]:
        """Those that are filled in."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("upload")]


def photo_forms(code: str, post: Any = None, files: Any = None) -> Any:
    """Room for as many photos as one report may bring; `code` of the deed, as several forms with photos stand on one page."""
    most = number("photos_at_once")
    made = forms.formset_factory(PhotoForm, formset=_PhotoForms, extra=most, max_num=most, absolute_max=most)
    return made(post, files, prefix="photo", auto_id=f"id_{code}-%s")
