"""Forms of applications: written by residents without an account, entered from paper, answered, decided, narrowed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import terms, wording
from ratusz.participation.consultations.models import Application
from ratusz.participation.consultations.scope.forms import ScopeForm

TEXTS = (
    "initiator",
    "organisation",
    "title",
    "subject",
    "reasons",
    "scope_words",
    "other_forms",
    "contact_name",
    "contact_address",
)


def _long(label: Any, most: int, hint: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, widget=forms.Textarea(attrs={"rows": 5}), **more)


class ApplicationForm(ScopeForm):
    """What an application says; `facts()` are its fields, `areas()` its scope."""

    initiator = forms.ChoiceField(label=_("Who applies?"), widget=forms.RadioSelect)
    organisation = forms.CharField(
        label=_("Name of the council or the organisation"),
        max_length=250,
        required=False,
        help_text=_("If residents apply, leave it empty."),
    )
    title = forms.CharField(
        label=_("Title of the application"), max_length=250, help_text=_("One short line that everybody understands.")
    )
    subject = _long(
        _("What is to be consulted?"),
        4000,
        _("Say what the city plans or what you want to change, and which question people should answer."),
    )
    reasons = _long(_("Why is it to be consulted?"), 4000)
    scope_words = forms.CharField(
        label=_("Whom does it concern, in words?"),
        max_length=500,
        required=False,
        help_text=_("For example: people who live near the park."),
    )
    proposed = forms.MultipleChoiceField(
        label=_("Which forms do you propose?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other_forms = forms.CharField(label=_("Other forms, in your words"), max_length=500, required=False)
    contact_name = forms.CharField(
        label=_("Name of the contact person"), max_length=200, help_text=_("The city does not publish it.")
    )
    email = forms.EmailField(
        label=_("E-mail address of the contact person"),
        max_length=254,
        help_text=_("We send the link to your draft there, and each change."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contact_address = forms.CharField(
        label=_("Postal address of the contact person"),
        max_length=300,
        required=False,
        help_text=_("If you want to get the decision by post."),
    )
    form_key = FormKeyField()
    field_order = (
        "initiator",
        "organisation",
        "title",
        "subject",
        "reasons",
        "scope",
        "districts",
        "area",
        "area_name",
        "scope_words",
        "proposed",
        "other_forms",
        "contact_name",
        "email",
        "contact_address",
        "form_key",
    )

    def __init__(self, *args: Any, moment: datetime, **named: Any):
        named["initial"] = {"form_key": uuid.uuid4(), "initiator": terms.RESIDENTS} | (named.get("initial") or {})
        super().__init__(*args, **named)
        self.initiators = terms.initiators(moment)
        choices = [(each.code, each.name) for each in self.initiators.values()]
        self.fields["initiator"].choices = choices  # type: ignore[attr-defined]
        self.fields["proposed"].choices = list(terms.form_names(moment).items())  # type: ignore[attr-defined]
        self.fields["organisation"].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = self.initiators.get(cleaned.get("initiator", ""))
        if chosen and chosen.asks_organisation and not cleaned.get("organisation"):
            self.add_error("organisation", _("Write the name of the council or the organisation."))
        if not cleaned.get("proposed") and not cleaned.get("other_forms") and "proposed" not in self.errors:
            self.add_error("proposed", _("Mark at least one form, or write your own below."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The clean form as the actions take it."""
        return {name: self.cleaned_data[name] for name in TEXTS} | {"forms": self.cleaned_data["proposed"]}


class PublicApplicationForm(ApplicationForm, GuardedForm):
    """The form of everybody."""

    guard_purpose = "consultations.apply"

    def __init__(self, *args: Any, at: datetime, line: str = "", **named: Any):
        super().__init__(*args, at=at, line=line, moment=at, **named)


class DraftForm(ApplicationForm):
    """The draft changed on its own page; the mailbox is the one that opened it."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        del self.fields["email"], self.fields["form_key"]


class EnterForm(ApplicationForm):
    """What came on paper or by e-mail, and on which day."""

    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[each for each in Application.Channel.choices if each[0] != "online"]
    )
    received_on = forms.DateField(
        label=_("Day it came"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The term runs from this day, not from today."),
    )
    field_order = ("channel", "received_on", *ApplicationForm.field_order)

    def __init__(self, *args: Any, moment: datetime, **named: Any):
        super().__init__(*args, moment=moment, **named)
        self.fields["email"].required = False
        self.fields["received_on"].initial = local_day(moment)


class WordsForm(forms.Form):
    """Words that the applicant gets and everybody reads."""

    words = _long(
        _("Words for the applicant and the register"), 8000, _("Write no names and addresses: everybody reads these words.")
    )


class CompletionForm(WordsForm):
    """The applicant's answer to the call."""

    words = _long(_("What did you complete?"), 8000, _("Write no names and addresses: everybody reads these words."))


class AppealForm(WordsForm):
    """The applicant's appeal."""

    words = _long(
        _("Why do you not agree with the refusal?"), 8000, _("Write no names and addresses: everybody reads these words.")
    )


class ShortForm(forms.Form):
    """Submitting with fewer signatures than the rules ask for: only by somebody who has read that."""

    short = forms.BooleanField(
        label=_("I submit it although signatures are missing"),
        error_messages={"required": _("Signatures are missing. Go on collecting, or tick that you submit it all the same.")},
    )


class AcceptForm(WordsForm):
    """An acceptance, with the unit that will answer in substance."""

    unit = forms.ModelChoiceField(label=_("Unit that answers in substance"), queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["unit"].queryset = Unit.objects.order_by("sort_key")  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """One day."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CouncilForm(forms.Form):
    """What the City Council resolved."""

    is_upheld = forms.ChoiceField(
        label=_("What did the Council resolve?"),
        widget=forms.RadioSelect,
        choices=[("1", _("the appeal is upheld: there will be a consultation")), ("0", _("the appeal is dismissed"))],
    )
    resolution = forms.CharField(label=_("Number of the resolution"), max_length=60)
    words = _long(_("Reasons in short, for everybody"), 4000, required=False)


class TermsForm(forms.Form):
    """How supporters are collected from now."""

    is_online = forms.BooleanField(label=_("Signatures are taken online"), required=False)
    asks_pesel = forms.BooleanField(label=_("Lists on paper ask for PESEL"), required=False)
    ground = _long(_("Ground: article and resolution"), 1000, _("It is recorded with your name and printed on the lists."))


class RegisterFilter(forms.Form):
    """Narrows the register of applications."""

    slowa = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    stan = forms.ChoiceField(label=_("State of the application"), required=False, choices=wording.GROUP_NAMES)
    dzielnica = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "District"),
        queryset=District.objects.none(),
        required=False,
        to_field_name="number",
        empty_label=pgettext_lazy("districts", "all"),
    )
    rok = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **named: Any):
        super().__init__(*args, **named)
        self.fields["dzielnica"].queryset = District.objects.by_name()  # type: ignore[attr-defined]
        self.fields["rok"].choices = [("", pgettext_lazy("years", "all")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return self.cleaned_data
