"""Forms of heads and leads: how a place publishes, who moderates it, turns, absences, banned words, faults, versions of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation import catalogue, rules
from ratusz.casework.moderation.actions import Outsider
from ratusz.casework.moderation.models import Mode, Weekday
from ratusz.casework.moderation.registries import Place
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit

LONG = forms.Textarea(attrs={"rows": 2})


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _people(at: datetime) -> Any:
    """Everybody appointed to something in the Office now."""
    numbers = Appointment.objects.in_force(at).values("person")
    return User.objects.filter(pk__in=numbers, is_active=True).order_by("last_name", "first_name", "pk")


def _moderators(at: datetime) -> Any:
    """Whoever moderates something now: a turn of anybody else would cover nothing."""
    roles = (*rules.MODERATORS, rules.UNIT_MODERATOR)
    return _people(at).filter(pk__in=Appointment.objects.in_force(at).filter(role__code__in=roles).values("person"))


class PersonField(forms.ModelChoiceField):
    """One of the Office's people, by name."""

    def label_from_instance(self, person: Any) -> str:
        return f"{person.last_name} {person.first_name}".strip() or person.display_name


class ModeForm(forms.Form):
    """How the place publishes from now on."""

    mode = forms.ChoiceField(label=_("Moderation"), choices=Mode.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why"), max_length=500, widget=LONG, help_text=_("It stays in the history of the place."))


class _Mandate(forms.Form):
    first = _day(_("First day"))
    last = _day(
        _("Last day"), _("Empty: without an end. Somebody from outside needs one, or the end of the place."), required=False
    )
    substitute = PersonField(label=_("Substitute"), queryset=User.objects.none(), required=False)
    trained_on = _day(_("Day of the training"), _("Empty: not trained yet."), required=False)

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        self.fields["first"].initial = local_day(at)
        self.fields["substitute"].queryset = _people(at)  # type: ignore[attr-defined]


class MandateForm(_Mandate):
    """Somebody of the Office."""

    moderator = PersonField(label=_("Moderator"), queryset=User.objects.none())
    is_outsider = forms.BooleanField(label=_("From outside the Office: the rights end with the place"), required=False)
    field_order = ("moderator", "first", "last", "substitute", "trained_on", "is_outsider")

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, at=at, **named)
        self.fields["moderator"].queryset = _people(at)  # type: ignore[attr-defined]


class OutsiderForm(_Mandate):
    """Somebody without an account: invited to one by e-mail."""

    email = forms.CharField(label=_("E-mail address"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    field_order = ("email", "first_name", "last_name", "first", "last", "substitute", "trained_on")

    def clean_email(self) -> str:
        try:
            return clean_address("email", self.cleaned_data["email"])
        except NotDeliverable as refusal:
            raise ValidationError(str(refusal)) from refusal

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        found = dict(self.cleaned_data)
        who = Outsider(found.pop("email"), found.pop("first_name"), found.pop("last_name"))
        return {**found, "moderator": who, "is_outsider": True}


class ShiftForm(forms.Form):
    """A turn of the week."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    place = forms.ChoiceField(label=_("Place"), required=False, help_text=_("Empty: all places of the unit."))
    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=Weekday.choices, coerce=int)
    opens = _time(_("From"))
    closes = _time(_("Until"))
    moderator = PersonField(label=_("On duty"), queryset=User.objects.none())
    substitute = PersonField(label=_("Substitute"), queryset=User.objects.none(), required=False)
    first = _day(_("First day"))
    last = _day(_("Last day"), _("Empty: until it is ended."), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], places: Sequence[Place], at: datetime, **named: Any):
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = Unit.objects.filter(pk__in=[each.pk for each in units])
        fields["place"].choices = [("", "–"), *((each.key, each.name) for each in places)]
        fields["moderator"].queryset = fields["substitute"].queryset = _moderators(at)
        fields["first"].initial = local_day(at)
        opens, closes = catalogue.office_hours(local_day(at))
        fields["opens"].initial, fields["closes"].initial = opens, closes


class AbsenceForm(forms.Form):
    """Days on which somebody is away; why is not asked."""

    moderator = PersonField(label=_("Who is away"), queryset=User.objects.none())
    first = _day(_("First day"))
    last = _day(_("Last day"))

    def __init__(self, *args: Any, at: datetime, kept: set[int] | None, **named: Any):
        super().__init__(*args, **named)
        people = _moderators(at)
        self.fields["moderator"].queryset = people if kept is None else people.filter(pk__in=kept)  # type: ignore[attr-defined]


class BannedWordForm(forms.Form):
    """A word or phrase for the list."""

    words = forms.CharField(label=_("Word or phrase"), max_length=80, help_text=_("One form is enough: all of them are found."))
    reason = forms.ChoiceField(label=_("Reason"))
    weight = forms.IntegerField(label=_("Risk it adds, from 1 to 100"), min_value=1, max_value=100, initial=60)

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        reasons = catalogue.reasons_on(local_day(at)).values()
        self.fields["reason"].choices = [(each.code, each.name) for each in reasons]  # type: ignore[attr-defined]


class FaultForm(forms.Form):
    """What does not work."""

    words = forms.CharField(label=_("What does not work?"), max_length=500, widget=LONG)
    url = forms.CharField(label=_("Where? An address or words"), max_length=300, required=False)


class MonthForm(forms.Form):
    """A month to count, and why anew."""

    month = forms.ChoiceField(label=_("Month"))
    why = forms.CharField(
        label=_("Why a new version"), max_length=500, required=False, widget=LONG,
        help_text=_("Needed when the month has its table already; it stands on the public page."),
    )  # fmt: skip

    def __init__(self, *args: Any, months: Sequence[tuple[date, str]], **named: Any):
        super().__init__(*args, **named)
        self.fields["month"].choices = [(each.isoformat(), words) for each, words in months]  # type: ignore[attr-defined]

    def clean_month(self) -> date:
        try:
            return date.fromisoformat(self.cleaned_data["month"])
        except ValueError as problem:
            raise ValidationError(_now("Choose a month of the list.")) from problem
