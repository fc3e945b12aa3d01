"""Forms of the department: points and their hours, conversations, what of the log is looked at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice import terms
from ratusz.casework.advice.actions import Said
from ratusz.casework.advice.models import Conversation, Point, Way
from ratusz.casework.advice.models.points import Weekday
from ratusz.casework.advice.openings import moment_of
from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY, local_day
from ratusz.foundation.territory.models import District

LONGEST = 731
"""Days of a period that is counted."""


def _of_our_age(value: date | datetime) -> None:
    if not FIRST_DAY <= (value.date() if isinstance(value, datetime) else value) <= LAST_DAY:
        raise ValidationError(_("Write a day from 2000 to 2099."))


def _day(**named: Any) -> forms.DateField:
    return forms.DateField(validators=[_of_our_age], widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **named)


def _hour(**named: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **named)


class PointForm(forms.ModelForm):
    """What everybody reads of a point, and how it may be booked."""

    class Meta:
        model = Point
        fields = ["name", "slug", "about", "address", "room", "access", "phone", "email", "takes_bookings", "minutes", "desks",
                  "days_ahead"]  # fmt: skip


class HoursForm(forms.Form):
    """Hours of one day of the week."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=Weekday.choices, coerce=int)
    opens = _hour(label=_("From"))
    closes = _hour(label=_("Until"))
    valid_from = _day(label=_("Valid from"))


class SpecialDayForm(forms.Form):
    """A day that differs."""

    day = _day(label=_("Day"))
    opens = _hour(label=_("From"), required=False)
    closes = _hour(label=_("Until"), required=False, help_text=_("Without hours the point is closed on that day."))
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("Everybody reads it, for example: last day of submission."))


class OutingForm(forms.Form):
    """A mobile point."""

    place = forms.CharField(label=_("Place"), max_length=140)
    address = forms.CharField(label=_("Address"), max_length=200)
    day = _day(label=_("Day"))
    opens = _hour(label=_("From"))
    closes = _hour(label=_("Until"))

    def facts(self) -> dict[str, Any]:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        return {
            "place": clean["place"], "address": clean["address"], "starts_at": moment_of(clean["day"], clean["opens"]),
            "ends_at": moment_of(clean["day"], clean["closes"]),
        }  # fmt: skip


class ConversationForm(forms.Form):
    """A question and what was advised."""

    way = forms.ChoiceField(label=_("How the question came"), choices=Way.choices)
    topic = forms.ChoiceField(label=_("Topic"))
    question = forms.CharField(
        label=_("What was asked"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without names, addresses and numbers of people."),
    )  # fmt: skip
    advice = forms.CharField(label=_("What was advised"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    follow_up = forms.CharField(
        label=_("What the Office still has to do"), max_length=500, required=False,
        help_text=_("It stands on the desk until it is done."),
    )  # fmt: skip
    district = forms.ModelChoiceField(District.objects.order_by("number"), label=_("District"), required=False)
    minutes = forms.IntegerField(label=_("How many minutes it took"), min_value=1, max_value=600, required=False)
    happened_at = forms.DateTimeField(
        label=_("When"), required=False, help_text=_("Empty: now."), validators=[_of_our_age],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        self.fields["topic"].choices = list(terms.topics_on(local_day(at)).items())  # type: ignore[attr-defined]

    def said(self, outing: Any = None) -> Said:
        """The clean form as the action takes it."""
        return Said(**self.cleaned_data, outing=outing)


def initial_of(conversation: Conversation) -> dict[str, Any]:
    """What an entry says, as its form shows it."""
    names = ("way", "topic", "question", "advice", "follow_up", "district", "minutes", "happened_at")
    return {name: getattr(conversation, name) for name in names}


class PeriodForm(forms.Form):
    """From which day until which, both included; the last 30 days unless something else is asked for."""

    od = _day(label=_("From day"), required=False)
    do = _day(label=_("To day"), required=False)
    punkt = forms.ModelChoiceField(Point.objects.order_by("name"), label=_("Consultation point"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("od"), cleaned.get("do")
        if first and last and not 0 <= (last - first).days <= LONGEST:
            raise ValidationError(_("Choose a period of two years at most, its beginning first."))
        return cleaned

    def days(self, at: datetime) -> tuple[date, date]:
        """The period of a form, valid or not."""
        clean = self.cleaned_data if self.is_valid() else {}
        last = clean.get("do") or max(local_day(at), clean.get("od") or FIRST_DAY)
        return clean.get("od") or last - timedelta(days=29), last


class FindForm(forms.Form):
    """Earlier answers by their words."""

    szukaj = forms.CharField(label=_("Words of the question or the answer"), required=False, max_length=100)


class LogFilter(PeriodForm, FindForm):
    """The log narrowed."""

    temat = forms.ChoiceField(label=_("Topic"), required=False)
    droga = forms.ChoiceField(label=_("How the question came"), required=False, choices=[("", _("all")), *Way.choices])
    czeka = forms.BooleanField(label=_("Only with something still to be done"), required=False)
    field_order = ("szukaj", "temat", "droga", "punkt", "od", "do", "czeka")

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        topics = terms.topics_on(local_day(at)).items()
        self.fields["temat"].choices = [("", _("all")), *topics]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What to narrow the log to."""
        clean = self.cleaned_data if self.is_valid() else {}
        return {
            "words": clean.get("szukaj", ""), "point": clean.get("punkt"), "topic": clean.get("temat", ""),
            "way": clean.get("droga", ""), "first": clean.get("od"), "last": clean.get("do"), "waits": clean.get("czeka", False),
        }  # fmt: skip
