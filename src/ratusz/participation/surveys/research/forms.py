"""Forms of research: a card with its files, what was done with it, the register narrowed, a table of results."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys.models import Method, Origin, ResearchCard, ResearchSeries, ResearchState, Survey
from ratusz.participation.surveys.research import rules, tasks
from ratusz.participation.surveys.research.actions.cards import FACTS

ALL = [("", pgettext_lazy("research", "all"))]
FILES = ("questionnaire", "report")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class CardForm(forms.ModelForm):
    """Facts of a card, its two files, and a series that may begin with it."""

    task = forms.ChoiceField(label=_("City task concerned"))
    new_series = forms.CharField(
        label=_("or a new series"), max_length=200, required=False, help_text=_("Its waves are compared question by question.")
    )
    questionnaire_file = forms.FileField(
        label=_("Questionnaire (PDF or DOCX)"), required=False, help_text=_("Not needed where a survey of this program is chosen.")
    )
    report_file = forms.FileField(label=_("Report of the research (PDF, DOCX or XLSX)"), required=False)
    form_key = FormKeyField()

    class Meta:
        model = ResearchCard
        fields = [*FACTS]
        widgets = {"summary": _rows(6), "starts_on": _day(), "ends_on": _day()}
        labels = {"agency": _("Agency that did the research")}
        help_texts = {
            "summary": _(
                "Short sentences, numbers with what they are numbers of. Names of people who answered have no place here."
            ),
            "sample_size": _("Leave empty for talks with few people."),
            "agency": _("Only for commissioned research."),
            "contract": _("As in the public register of contracts; only for commissioned research."),
            "survey": _("Its results come by themselves: nothing is typed twice."),
        }

    def __init__(self, *args: Any, at: datetime, **named: Any):
        card = named.get("instance")
        named["initial"] = {"form_key": card.form_key if card and card.pk else uuid.uuid4()} | (named.get("initial") or {})
        super().__init__(*args, label_suffix="", **named)
        self.fields["task"].choices = [("", ""), *tasks.choices(at)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.working().order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["survey"].queryset = Survey.objects.public().order_by("-made_at")  # type: ignore[attr-defined]
        self.fields["series"].queryset = ResearchSeries.objects.order_by("title")  # type: ignore[attr-defined]

    @staticmethod
    def like_survey(survey: Survey, answers: int) -> dict[str, Any]:
        """What a survey of this program says of its card, so that nobody types it again."""
        first, end = survey.opens_at, survey.ends_at
        return {
            "starts_on": local_day(first) if first else None,
            "ends_on": local_day(end - timedelta(microseconds=1)) if end else None,
            "title": survey.title, "unit": survey.unit_id, "origin": Origin.OWN, "method": Method.CAWI, "sample": survey.sample,
            "sample_size": answers or None, "population": survey.who_could, "survey": survey.pk,
        }  # fmt: skip

    def validate_unique(self) -> None:
        """The action says it in words."""

    def clean_ends_on(self) -> date:
        ends_on, starts_on = self.cleaned_data["ends_on"], self.cleaned_data.get("starts_on")
        try:
            rules.check_days(starts_on or ends_on, ends_on)
        except rules.ResearchRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return ends_on

    def sent(self) -> dict[str, Any]:
        """As the actions take it."""
        clean = self.cleaned_data
        files = {name: (upload, upload.name or "") for name in FILES if (upload := clean.get(f"{name}_file"))}
        return {"facts": {name: clean[name] for name in FACTS}, "new_series": clean["new_series"], "files": files}


class WithdrawForm(forms.Form):
    """Why a card does not hold any more."""

    reason = forms.CharField(label=_("Why it is withdrawn; everybody reads it"), max_length=500)


class UseForm(forms.Form):
    """What a unit did with the results."""

    used_on = forms.DateField(label=_("Day"), widget=_day())
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    words = forms.CharField(label=_("What was done with the results"), max_length=2000, widget=_rows(4))
    url = forms.CharField(
        label=_("Address of the consultation, project or decision"), max_length=500, required=False,
        help_text=_("A page of this portal as it stands in the browser, or https:// elsewhere."),
    )  # fmt: skip

    def __init__(self, *args: Any, here: str = "", **named: Any):
        """`here`: how this portal's addresses begin in the browser of whoever types, "https://katowice.example/"."""
        super().__init__(*args, label_suffix="", **named)
        self.here = here
        self.fields["unit"].queryset = Unit.objects.working().order_by("sort_key")  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        typed = self.cleaned_data["url"].strip()
        return "/" + typed.removeprefix(self.here) if self.here and typed.startswith(self.here) else typed


class ResultsForm(forms.Form):
    """A table of results as the agency filled it in."""

    file = forms.FileField(label=_("Table of results (XLSX or CSV)"), allow_empty_file=True)


class RegisterFilter(forms.Form):
    """Narrows the register for everybody."""

    slowa = forms.CharField(label=_("Words or a number"), max_length=100, required=False)
    zadanie = forms.ChoiceField(label=_("City task"), required=False)
    rok = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, required=False)
    komorka = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=ALL[0][1])
    rodzaj = forms.ChoiceField(label=_("Own or commissioned"), required=False, choices=[*ALL, *Origin.choices])
    metoda = forms.ChoiceField(label=_("Method"), required=False, choices=[*ALL, *Method.choices])

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, label_suffix="", **named)
        self.fields["zadanie"].choices = [*ALL, *tasks.choices(at)]  # type: ignore[attr-defined]
        self.fields["komorka"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            pk__in=ResearchCard.objects.order_by().values("unit")
        ).order_by("sort_key")

    def chosen(self) -> dict[str, Any]:
        """The clean values; a wrong one narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class StaffFilter(RegisterFilter):
    """Narrows the list of staff."""

    stan = forms.ChoiceField(label=_("State"), required=False, choices=[*ALL, *ResearchState.choices])
