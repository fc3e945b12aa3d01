"""Forms of the department: a new survey, its facts in each language, codes, quotas, its end, batches of paper cards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys import terms
from ratusz.participation.surveys.forms.condition_rows import condition_from, fields_for
from ratusz.participation.surveys.models import STATES, Survey
from ratusz.participation.surveys.models.doors import MOST_CODES
from ratusz.participation.surveys.models.paper import MOST_CARDS
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.rules import INVALID, LANGUAGES, SETTLED
from ratusz.participation.surveys.wording import reasons

MOMENT = "%Y-%m-%dT%H:%M"


def _of_our_age(value: Any) -> None:
    if not FIRST_DAY <= value.date() <= LAST_DAY:
        raise ValidationError(_("Write a day from 2000 to 2099."))


def _moment(**named: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(validators=[_of_our_age], widget=widget, **named)


class NewForm(forms.Form):
    """A new survey: empty, from the library, or like an earlier one."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(label=gettext_lazy("Address on the website"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.order_by("sort_key"), label=gettext_lazy("Unit that asks"))
    ready = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)

    def __init__(self, *args: Any, earlier: list[Survey], **named: Any):
        super().__init__(*args, label_suffix="", **named)
        library = [(f"r:{each.code}", each.name) for each in terms.library().values()]
        copies = [(f"s:{each.pk}", _("like: %(title)s") % {"title": each.title}) for each in earlier]
        self.fields["ready"].choices = [("", _("an empty questionnaire")), *library, *copies]  # type: ignore[attr-defined]


class FactsForm(forms.ModelForm):
    """Whom a survey asks, how and when; title and words in each of its languages."""

    opens_at = _moment(label=gettext_lazy("Opens"), required=False)
    closes_at = _moment(label=gettext_lazy("Closes"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=list(LANGUAGES.items()), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Survey
        fields = [
            "title", "slug", "unit", "lead", "thanks", "languages", "door", "is_anonymous", "sample", "who_could", "reached_by",
            "population", "smallest_cell", "is_paged", "is_listed", "opens_at", "closes_at",
        ]  # fmt: skip
        widgets = {"lead": forms.Textarea(attrs={"rows": 4}), "thanks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, label_suffix="", **named)
        for name in SETTLED if self.instance.published_at else ():
            self.fields[name].disabled = True
        for language in ("en", "uk"):
            for name, label in (("title", _("Title")), ("lead", _("What it is for")), ("thanks", _("Words after the answer"))):
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label} ({LANGUAGES[language]})", max_length=200 if name == "title" else 2000, required=False,
                    initial=self.instance.words.get(language, {}).get(name, ""),
                    widget=forms.TextInput() if name == "title" else forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    def clean_languages(self) -> list[str]:
        chosen = self.cleaned_data["languages"]
        return ["pl", *(code for code in LANGUAGES if code in chosen and code != "pl")]

    def validate_unique(self) -> None:
        """The action says it in words."""

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        clean = self.cleaned_data
        words = {
            language: told for language in ("en", "uk")
            if (told := {name: clean[f"{name}_{language}"] for name in ("title", "lead", "thanks") if clean[f"{name}_{language}"]})
        }  # fmt: skip
        # A form knows minutes, the survey its seconds: what is settled is not sent back at all.
        open_ones = [name for name in self.Meta.fields if not (self.instance.published_at and name in SETTLED)]
        return {name: clean[name] for name in open_ones} | {"words": words}


class FindForm(forms.Form):
    """The list narrowed."""

    szukaj = forms.CharField(label=gettext_lazy("Words of the title"), required=False, max_length=100)
    stan = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("all")), *STATES.items()])
    komorka = forms.ModelChoiceField(Unit.objects.order_by("sort_key"), label=gettext_lazy("Unit"), required=False)


class CodesForm(forms.Form):
    """New one-time codes."""

    note = forms.CharField(label=gettext_lazy("For whom"), max_length=200)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST_CODES)
    as_letters = forms.BooleanField(label=gettext_lazy("As letters to print (PDF) instead of a CSV file"), required=False)


class QuotaForm(forms.Form):
    """At most so many answers of a group."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    limit = forms.IntegerField(label=gettext_lazy("At most"), min_value=1, max_value=10_000_000)

    def __init__(self, *args: Any, content: c.Content, **named: Any):
        super().__init__(*args, label_suffix="", **named)
        for name, field in fields_for(content, c.questions_of(content), None, "whom"):
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        try:
            clean["condition"] = condition_from(clean, "whom", None) or {}
        except ValueError as wrong:
            self.add_error(f"whom_{wrong}_value", _("Write the number or the day."))
        return clean


class EndForm(forms.Form):
    """Another last day."""

    closes_at = _moment(label=gettext_lazy("Closes"))


class BatchForm(forms.Form):
    """Cards of one place that two people counted."""

    place = forms.CharField(label=gettext_lazy("Where the cards were taken in"), max_length=160)
    seal = forms.CharField(label=gettext_lazy("Number of the seal"), max_length=60, required=False)
    issued = forms.IntegerField(label=gettext_lazy("Blank forms given out"), min_value=0, max_value=1_000_000, required=False)
    cards = forms.IntegerField(label=gettext_lazy("Cards in it"), min_value=1, max_value=MOST_CARDS)
    second_person = forms.CharField(
        label=gettext_lazy("Who counted with you"), max_length=120, help_text=gettext_lazy("Post or role, not a private person.")
    )
    scan = forms.FileField(label=gettext_lazy("Scan of the protocol"), required=False)


class ReasonForm(forms.Form):
    """Whether a card counts, before its answers."""

    reason = forms.ChoiceField(label=gettext_lazy("Does the card count?"), required=False)
    scan = forms.FileField(label=gettext_lazy("Scan of the card"), required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, label_suffix="", **named)
        words = reasons()
        self.fields["reason"].choices = [("", _("it counts")), *((code, f"{code}: {words[code]}") for code in INVALID)]  # type: ignore[attr-defined]


class OpenAnswersForm(forms.Form):
    """One question that is answered in own words, and a word to look for."""

    pytanie = forms.ChoiceField(label=gettext_lazy("Question"), required=False)
    szukaj = forms.CharField(label=gettext_lazy("Word"), required=False, max_length=100)

    def __init__(self, *args: Any, asked: list[tuple[str, str]], **named: Any):
        super().__init__(*args, **named)
        self.fields["pytanie"].choices = asked  # type: ignore[attr-defined]
