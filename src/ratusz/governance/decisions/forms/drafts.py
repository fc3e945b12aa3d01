"""A draft with its helpers, its public words after it was taken, who asked, and councillors' questions."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.meetings.models import Meeting
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions.due_days import is_bad_due_day, why_bad, working_day_before
from ratusz.governance.decisions.models import CouncillorQuestion, Decision
from ratusz.publishing.website.models import Topic

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = ("title", "asked_words", "asker_words", "public_text", "is_public", "not_public_reason")


def working_units() -> Any:
    """Units that still work, in the order of the Office."""
    return Unit.objects.working()


class _Rows(forms.Textarea):
    """An area of so many rows."""

    def __init__(self, rows: int):
        super().__init__(attrs={"rows": rows})


class WarnsOfDay(forms.Form):
    """Warns once of a due day on a Saturday, a holiday or 24 December and offers the working day before; the person decides."""

    keep_day = forms.CharField(required=False, widget=forms.HiddenInput)

    def warn_of(self, field: str) -> None:
        """The same day sent again after the warning is meant."""
        day = self.cleaned_data.get(field)
        if day is None or not is_bad_due_day(day) or self.cleaned_data.get("keep_day") == day.isoformat():
            return
        words = _(
            "%(day)s is a bad day: %(why)s. The working day before is %(offer)s. Change it, or send the form once more to keep it."
        )
        facts = {"day": polish_date(day), "why": why_bad(day), "offer": polish_date(working_day_before(day))}
        self.add_error(field, words % facts)
        # The second sending carries what was warned of.
        self.data = self.data.copy()
        self.data[self.add_prefix("keep_day")] = day.isoformat()


class DraftForm(WarnsOfDay, forms.ModelForm):
    """What is written before a decision is taken."""

    form_key = FormKeyField(required=False)

    class Meta:
        model = Decision
        fields = (
            "title", "text", "origin", "meeting", "question", "asked_words", "asker_words", "public_text", "is_public",
            "not_public_reason", "lead_unit", "due_on", "expected_proof", "district", "topic",
        )  # fmt: skip
        widgets = {"text": _Rows(5), "asked_words": _Rows(3), "public_text": _Rows(4), "due_on": DAY}
        help_texts = {
            "title": gettext_lazy("Short, as on a list: “Benches in the square at Miła street”."),
            "asked_words": gettext_lazy("At most 600 characters, without names and numbers of private persons."),
            "asker_words": gettext_lazy("For example: a resident of Ligota; a parents' council."),
            "public_text": gettext_lazy("At most 600 characters. What will be done, not who said it."),
            "not_public_reason": gettext_lazy("Only when not everybody may see it."),
            "due_on": gettext_lazy("The last day on which it is in time."),
        }  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["lead_unit"].queryset = working_units()
        self.fields["district"].queryset = District.objects.by_name()
        self.fields["topic"].queryset = Topic.objects.in_use()
        self.fields["meeting"].queryset = Meeting.objects.exclude(state="cancelled").order_by("-starts_at")[:200]
        self.fields["question"].queryset = CouncillorQuestion.objects.order_by("-received_on")[:200]
        self.fields["form_key"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """A hidden one says why; a bad due day is warned of."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("is_public") and not typed.get("not_public_reason"):
            self.add_error("not_public_reason", _("Say why it is not public."))
        if typed.get("origin") == "question" and not typed.get("question"):
            self.add_error("question", _("Choose the councillor's question."))
        self.warn_of("due_on")
        return typed

    def _get_validation_exclusions(self) -> set[str]:
        """The action and the database check the whole row; here only what was typed."""
        return super()._get_validation_exclusions() | {"number"}

    def validate_constraints(self) -> None:
        """The same: clean() has said it in words already."""

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class HelperForm(forms.Form):
    """One helping unit; an empty one is left out."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Helping unit"), required=False, queryset=Unit.objects.none())
    text = forms.CharField(label=gettext_lazy("What it does"), required=False, max_length=500)
    due_on = forms.DateField(label=gettext_lazy("By when"), required=False, widget=DAY)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["unit"].queryset = working_units()

    def clean(self) -> dict[str, Any]:
        """Unit and words come together."""
        typed = super().clean() or {}
        if typed.get("unit") and not typed.get("text"):
            self.add_error("text", _("Say what this unit does."))
        if typed.get("text") and not typed.get("unit"):
            self.add_error("unit", _("Choose the unit."))
        return typed


class _HelperForms(forms.BaseFormSet):
    def facts(self) -> list[dict[str, Any]]:
        """Those that are filled in."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("unit")]


HelperForms = forms.formset_factory(HelperForm, formset=_HelperForms, extra=3, max_num=6, absolute_max=6)


class RewordForm(forms.ModelForm):
    """What everybody reads, mended after it was taken."""

    class Meta:
        model = Decision
        fields = WORDS
        widgets = {"asked_words": _Rows(3), "public_text": _Rows(4)}

    def clean(self) -> dict[str, Any]:
        """A hidden one says why."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("is_public") and not typed.get("not_public_reason"):
            self.add_error("not_public_reason", _("Say why it is not public."))
        return typed

    def validate_constraints(self) -> None:
        """The action and the database check the whole row."""

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return {name: self.cleaned_data[name] for name in WORDS}


class AskerForm(forms.Form):
    """Whoever asked: an address to write to, or only a number to come back with."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of whoever asked"), required=False, max_length=254)


class QuestionForm(forms.ModelForm):
    """A councillor's question as it came."""

    class Meta:
        model = CouncillorQuestion
        fields = ("kind", "councillor", "subject", "text", "received_on", "unit")
        widgets = {"text": _Rows(8), "received_on": DAY}

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["unit"].queryset = working_units()


class QuestionAnswerForm(forms.ModelForm):
    """Its answer, and whether both stand in BIP already."""

    bip_url = forms.URLField(label=gettext_lazy("Address in BIP"), required=False, max_length=500, assume_scheme="https")
    publish = forms.BooleanField(label=gettext_lazy("Question and answer stand in BIP: stop the clock"), required=False)

    class Meta:
        model = CouncillorQuestion
        fields = ("answer", "bip_url")
        widgets = {"answer": _Rows(8)}

    def validate_constraints(self) -> None:
        """The action says it in words."""
