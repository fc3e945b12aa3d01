"""Forms of public hearings: planned, changed, opinions written and answered, the vote noted, the register narrowed."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.models import Place
from ratusz.casework.meetings.staff_forms import WhenForm, day_field
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.participation.initiatives.forms import _day, _long
from ratusz.participation.initiatives.hearings import rules
from ratusz.participation.initiatives.models import HearingOpinion, OpinionPosition


class HearingFactsForm(forms.Form):
    """What is said of the hearing itself."""

    title = forms.CharField(label=_("Title of the draft resolution"), max_length=300)
    draft = _long(_("Text of the draft resolution"), 60_000, _("Paste it whole. Everybody reads it before they write an opinion."))
    author = forms.CharField(
        label=_("Who brought the draft"), max_length=200, help_text=_("An office or a body. It answers each opinion.")
    )
    chair = forms.CharField(
        label=_("To whom opinions are written"), max_length=200, initial=_("the Chair of the City Council"),
    )  # fmt: skip
    ordered_by = forms.CharField(label=_("Number of the resolution that ordered the hearing"), max_length=60)
    ordered_on = _day(_("Day of that resolution"))
    opinions_until = _day(_("Last day for written opinions"), _("The day of the hearing at the latest."))

    def __init__(self, *args: Any, hearing_on: date | None = None, **named: Any):
        super().__init__(*args, **named)
        self.hearing_on = hearing_on

    def clean(self) -> dict[str, Any]:
        """What is wrong with the days is said at once, each beside its field."""
        cleaned = super().clean() or {}
        day = cleaned.get("day", self.hearing_on)
        for name, words in rules.day_problems(cleaned.get("ordered_on"), cleaned.get("opinions_until"), day).items():
            self.add_error(name, words)
        return cleaned


class HearingForm(WhenForm, HearingFactsForm):
    """A new hearing with the facts of its meeting."""

    day = day_field(_("Day of the hearing"))
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.all())
    contact = forms.CharField(label=_("Contact for questions"), max_length=200)
    speakers = forms.IntegerField(
        label=_("How many people may speak"), min_value=1, max_value=500, required=False,
        help_text=_("Empty: everybody who asks by the day before."),
    )  # fmt: skip
    form_key = FormKeyField()
    field_order = (
        "title", "author", "ordered_by", "ordered_on", "day", "from_hour", "to_hour", "place", "contact", "speakers", "chair",
        "opinions_until", "draft",
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        named["initial"] = {"form_key": uuid.uuid4()} | (named.get("initial") or {})
        super().__init__(*args, **named)

    def facts(self) -> dict[str, Any]:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        own = {name: clean[name] for name in HearingFactsForm.base_fields}
        return {"facts": own} | {name: clean[name] for name in ("starts_at", "ends_at", "place", "contact", "speakers", "form_key")}


class OpinionForm(forms.Form):
    """An opinion on the draft."""

    text = _long(_("Your opinion"), 20_000, _("What is good in the draft, what should be changed and how."))
    who = forms.CharField(
        label=_("Name and surname"), max_length=200, help_text=_("We do not publish it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Organisation, if you speak for one"), max_length=250, required=False, help_text=_("We publish its name.")
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("If you want to get the answer there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    form_key = FormKeyField()

    def __init__(self, *args: Any, **named: Any):
        named["initial"] = {"form_key": uuid.uuid4()} | (named.get("initial") or {})
        super().__init__(*args, **named)


class PublicOpinionForm(OpinionForm, GuardedForm):
    """The form of everybody."""

    guard_purpose = "initiatives.opinion"


class EnterOpinionForm(OpinionForm):
    """An opinion that came otherwise, and on which day."""

    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[each for each in HearingOpinion.Channel.choices if each[0] != "online"]
    )
    received_on = _day(_("Day it came"))
    field_order = ("channel", "received_on", "text", "who", "organisation", "email")


class PositionForm(forms.Form):
    """The author's position on one opinion."""

    shown_text = _long(
        _("The opinion as everybody reads it"), 20_000, _("Take out only names, addresses and telephones of private persons.")
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=250, required=False, help_text=_("We publish its name."))
    position = forms.ChoiceField(label=_("Position of the author"), choices=[("", "---"), *OpinionPosition.choices])
    reasons = _long(_("Reasons of the position"), 8000)


class VoteForm(forms.Form):
    """What the Council resolved on the draft."""

    session_on = _day(_("Day of the session"))
    is_adopted = forms.BooleanField(label=_("The Council adopted the resolution"), required=False)
    resolution = forms.CharField(label=_("Number of the resolution"), max_length=60, required=False)
    words = _long(_("More about the result"), 8000, required=False)


class RegisterFilter(forms.Form):
    """Narrows the register."""

    slowa = forms.CharField(label=_("Words or a number"), max_length=100, required=False)

    def chosen(self) -> str:
        """The clean words; wrong ones narrow nothing."""
        self.is_valid()
        return self.cleaned_data.get("slowa", "")
