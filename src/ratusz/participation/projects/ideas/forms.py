"""Forms of an idea survey: the answer, as residents and clerks fill it, and the survey itself with its questions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.once.fields import FormKeyField
from ratusz.participation.projects.forms import check_our_age
from ratusz.participation.projects.ideas import asking
from ratusz.participation.projects.models import IdeaSurvey

MOMENT = "%Y-%m-%dT%H:%M"
KINDS = [
    (asking.ONE, gettext_lazy("one answer")),
    (asking.MANY, gettext_lazy("several answers")),
    (asking.TEXT, gettext_lazy("own words")),
]


class AnswerForm(forms.Form):
    """A field for each question; none of them must be answered."""

    form_key = FormKeyField(initial=uuid.uuid4)

    def __init__(self, *args: Any, survey: IdeaSurvey, **named: Any):
        super().__init__(*args, **named)
        for asked in survey.questions:
            self.fields[asked["code"]] = _field(asked)

    def given(self) -> dict[str, Any]:
        """Answers by the codes of questions."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "card")}


def _field(asked: dict[str, Any]) -> forms.Field:
    choices = [(str(number), words) for number, words in enumerate(asked["choices"])]
    if asked["kind"] == asking.ONE:
        return forms.ChoiceField(label=asked["words"], choices=choices, required=False, widget=forms.RadioSelect)
    if asked["kind"] == asking.MANY:
        hint = _("You may choose several.")
        return forms.MultipleChoiceField(
            label=asked["words"], choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=hint
        )
    hint = _("A moderator reads it first. Do not write names, addresses or telephone numbers.")
    return forms.CharField(
        label=asked["words"], max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=hint
    )


class CardForm(AnswerForm):
    """One paper card: its number, then what is marked on it."""

    card = forms.IntegerField(label=gettext_lazy("Number written on the card"), min_value=1, max_value=5000)
    field_order = ("card",)


class UrnForm(forms.Form):
    """An urn that two people opened."""

    place = forms.CharField(label=gettext_lazy("Where the urn stood"), max_length=160)
    cards = forms.IntegerField(label=gettext_lazy("Cards in it"), min_value=1, max_value=5000)
    second_person = forms.CharField(
        label=gettext_lazy("Who counted with you"), max_length=120, help_text=gettext_lazy("Post or role, not a private person.")
    )


class SurveyForm(forms.Form):
    """Title, days and up to six questions."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    lead = forms.CharField(label=gettext_lazy("What it is for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    opens_at = forms.DateTimeField(
        label=gettext_lazy("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        validators=[check_our_age],
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        validators=[check_our_age],
    )

    def __init__(self, *args: Any, survey: IdeaSurvey | None, **named: Any):
        initial = {name: getattr(survey, name) for name in ("title", "lead", "opens_at", "closes_at")} if survey else {}
        super().__init__(*args, initial=initial, **named)
        written = survey.questions if survey else []
        for number in range(asking.MOST_QUESTIONS):
            self._question(number + 1, written[number] if number < len(written) else None)

    def _question(self, number: int, asked: dict[str, Any] | None) -> None:
        asked = asked or {"words": "", "kind": asking.ONE, "choices": []}
        label = _("Question %(number)d") % {"number": number}
        self.fields[f"words_{number}"] = forms.CharField(label=label, max_length=200, required=False, initial=asked["words"])
        self.fields[f"kind_{number}"] = forms.ChoiceField(label=_("how it is answered"), choices=KINDS, initial=asked["kind"])
        self.fields[f"choices_{number}"] = forms.CharField(
            label=_("choices, one in a line"), max_length=2000, required=False, initial="\n".join(asked["choices"]),
            widget=forms.Textarea(attrs={"rows": 4}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rows = [
            {name: given.get(f"{name}_{number}", "") for name in ("words", "kind", "choices")}
            for number in range(1, asking.MOST_QUESTIONS + 1)
        ]
        try:
            given["questions"] = asking.questions_from(rows)
        except ValueError as wrong:
            self.add_error(f"choices_{wrong}", _("Write from two to twelve choices, one in a line."))
        return given

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        return {name: self.cleaned_data[name] for name in ("title", "lead", "opens_at", "closes_at", "questions")}
