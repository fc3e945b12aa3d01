"""Forms of the staff who plan meetings."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.kinds import kinds_on
from ratusz.casework.meetings.models import Meeting, Official, Place, SeatGroup, Series
from ratusz.casework.meetings.models.meetings import State
from ratusz.casework.meetings.models.registrations import Standing
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit


def day_field(label: Any, **facts: Any) -> forms.DateField:
    """A day, by the browser's own control."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)


def hour_field(label: Any) -> forms.TimeField:
    """An hour, by the browser's own control."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WhenForm(forms.Form):
    """The day and the hours; both ends are on one day or the next."""

    day = day_field(_("Day"))
    from_hour = hour_field(_("From"))
    to_hour = hour_field(_("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"day", "from_hour", "to_hour"} <= cleaned.keys():
            starts = datetime.combine(cleaned["day"], cleaned["from_hour"], tzinfo=WARSAW)
            ends = datetime.combine(cleaned["day"], cleaned["to_hour"], tzinfo=WARSAW)
            if starts.timestamp() == ends.timestamp():
                self.add_error("to_hour", ValidationError(_("The meeting has to end after it starts.")))
            cleaned["starts_at"], cleaned["ends_at"] = starts, ends if ends > starts else ends + timedelta(days=1)
        return cleaned


class DespiteForm(forms.Form):
    """Asked only when something clashes and may be passed."""

    despite = forms.CharField(
        label=_("Save all the same, because"),
        max_length=300,
        required=False,
        help_text=_("Needed only when an official is at another meeting at that time. A room never takes two meetings."),
    )


class MeetingForm(WhenForm, DespiteForm, forms.ModelForm):
    """A meeting of any kind."""

    officials = forms.ModelMultipleChoiceField(
        label=_("Who of the city's authorities comes"),
        queryset=Official.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joining_link = forms.URLField(label=_("Link to join online"), max_length=500, required=False, assume_scheme="https")
    form_key = FormKeyField(initial=uuid.uuid4, required=False)

    class Meta:
        model = Meeting
        fields = (
            "kind",
            "title",
            "summary",
            "who_may_come",
            "place",
            "joining_link",
            "district",
            "group_name",
            "owner_unit",
            "contact",
            "capacity",
            "is_public",
            "is_formal",
            "needs_interpreter",
            "is_recorded",
            "is_moderated",
            "smaller_first",
            "late_places_given",
            "registration_opens_at",
            "registration_closes_at",
        )
        widgets = {"registration_opens_at": MOMENT, "registration_closes_at": MOMENT}

    field_order = (
        "kind",
        "title",
        "day",
        "from_hour",
        "to_hour",
        "place",
        "joining_link",
        "officials",
        "despite",
        "who_may_come",
        "contact",
        "summary",
        "district",
        "group_name",
        "owner_unit",
        "capacity",
    )

    def __init__(self, *args, at: datetime, **kwargs):
        meeting = kwargs.get("instance")
        if meeting is not None and meeting.pk:
            start, end = meeting.starts_at.astimezone(WARSAW), meeting.ends_at.astimezone(WARSAW)
            when = {"day": start.date(), "from_hour": start.time(), "to_hour": end.time(), "officials": meeting.officials.all()}
            kwargs["initial"] = when | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.name) for kind in kinds_on(local_day(at))]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of meeting"), choices=kinds)
        cast(Any, self.fields["place"]).queryset = Place.objects.filter(is_closed=False)
        cast(Any, self.fields["district"]).queryset = District.objects.by_name()
        cast(Any, self.fields["owner_unit"]).queryset = Unit.objects.working()
        self.fields["owner_unit"].required = False
        self.fields["summary"].widget = forms.Textarea(attrs={"rows": 4})
        self.fields["capacity"].help_text = _("Leave empty when there is no limit.")
        if meeting is not None and meeting.pk:
            del self.fields["kind"], self.fields["form_key"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("registration_opens_at"), cleaned.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("Registration has to close after it opens."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Fields as the actions take them."""
        names = set(self.Meta.fields) - {"kind"}
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if found.get("owner_unit") is None:
            found.pop("owner_unit", None)
        return found

    def _post_clean(self) -> None:
        """Rules are asked by the actions; the instance of the form is never saved."""


class MoveForm(WhenForm, DespiteForm):
    """Another day, with the reason people read."""

    place = forms.ModelChoiceField(
        label=_("Another place"), queryset=Place.objects.filter(is_closed=False), required=False, empty_label=_("the same place")
    )
    reason = forms.CharField(label=_("Why it is moved (people read it)"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class CancelForm(forms.Form):
    """The public reason."""

    reason = forms.CharField(
        label=_("Why it is cancelled (people read it)"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class GroupForm(forms.ModelForm):
    """One group of seats."""

    class Meta:
        model = SeatGroup
        fields = ("name", "capacity", "priority", "quota_until", "by_invitation")
        widgets = {"quota_until": MOMENT}


class GuestsForm(forms.Form):
    """The list of invited people, as lines."""

    guests = forms.CharField(
        label=_("People to invite"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=50_000,
        help_text=_("One in a line: name; e-mail; organisation. You may paste columns from a sheet."),
    )
    group = forms.ModelChoiceField(
        label=_("Group of seats"), queryset=SeatGroup.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["group"]).queryset = meeting.seat_groups.all()


class RegisterFilter(forms.Form):
    """Narrows the list of meetings."""

    slowa = forms.CharField(label=_("Words of the title or place"), required=False, max_length=100)
    rodzaj = forms.ChoiceField(label=_("Kind"), required=False)
    dzielnica = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.by_name(), required=False, empty_label=_("all")
    )
    stan = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *State.choices])
    cykl = forms.ModelChoiceField(label=_("Series"), queryset=Series.objects.all(), required=False, empty_label=_("all"))
    minione = forms.BooleanField(label=_("Past ones"), required=False)

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["rodzaj"]).choices = [("", _("all")), *((kind.code, kind.name) for kind in kinds_on(local_day(at)))]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return self.cleaned_data


class RegistrationFilter(forms.Form):
    """Narrows the list of registered people."""

    szukaj = forms.CharField(label=_("Name, newsroom, code or number"), required=False, max_length=100)
    stan = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Standing.choices])


class SeriesForm(forms.Form):
    """A series of district meetings from one template: a line for each district."""

    title = forms.CharField(label=_("Title of the series"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of meeting"))
    who_may_come = forms.CharField(label=_("Who may come"), max_length=300)
    contact = forms.CharField(label=_("Contact for questions"), max_length=200)
    summary = forms.CharField(
        label=_("What it is about"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    capacity = forms.IntegerField(label=_("How many people may come"), required=False, min_value=1)
    first_day = day_field(_("Day of the first meeting"))
    hour = hour_field(_("Hour"))
    every = forms.IntegerField(
        label=_("Days from one meeting to the next"),
        initial=7,
        min_value=1,
        max_value=60,
        help_text=_("Each meeting is a row of its own: its day and place are changed one by one afterwards."),
    )
    districts = forms.ModelMultipleChoiceField(
        label=_("Districts, a meeting for each"), queryset=District.objects.by_name(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["kind"]).choices = [(kind.code, kind.name) for kind in kinds_on(local_day(at))]

    def meetings(self) -> list[dict[str, Any]]:
        """A draft for each district, in the order of the alphabet."""
        clean = self.cleaned_data
        first = datetime.combine(clean["first_day"], clean["hour"], tzinfo=WARSAW)
        return [
            {
                "district": district,
                "title": f"{clean['title']}: {district.name}",
                "starts_at": first + timedelta(days=clean["every"] * number),
            }
            for number, district in enumerate(clean["districts"])
        ]

    def template(self) -> dict[str, Any]:
        """What each meeting begins with."""
        return {name: self.cleaned_data[name] for name in ("who_may_come", "contact", "summary", "capacity")}


class RecurrenceForm(forms.Form):
    """When meetings of a series come back."""

    RULES = [
        ("FREQ=WEEKLY", _("every week")),
        ("FREQ=WEEKLY;INTERVAL=2", _("every two weeks")),
        ("FREQ=MONTHLY;BYDAY=1MO", _("first Monday of the month")),
        ("FREQ=MONTHLY;BYDAY=2TU", _("second Tuesday of the month")),
        ("FREQ=MONTHLY;BYDAY=3WE", _("third Wednesday of the month")),
        ("FREQ=MONTHLY;BYDAY=-1TH", _("last Thursday of the month")),
        ("", _("another rule, below")),
    ]
    rule = forms.ChoiceField(label=_("How often"), choices=RULES, required=False)
    other = forms.CharField(
        label=_("Another rule (RRULE)"), max_length=200, required=False, help_text=_("For example FREQ=MONTHLY;BYDAY=2TU")
    )
    starts_on = day_field(_("From the day"))
    ends_on = day_field(_("To the day"), required=False)
    hour = hour_field(_("Hour"))
    skipped = forms.CharField(
        label=_("Days left out"), required=False, max_length=1000, help_text=_("As 2026-12-08, with spaces between.")
    )

    def clean_skipped(self) -> list[date]:
        try:
            return [date.fromisoformat(each) for each in self.cleaned_data["skipped"].replace(",", " ").split()]
        except ValueError as problem:
            raise ValidationError(_("Write days as 2026-12-08, with spaces between.")) from problem

    @property
    def recurrence(self) -> str:
        """The rule chosen, or the one typed."""
        return self.cleaned_data["rule"] or self.cleaned_data["other"]


class PlaceForm(forms.ModelForm):
    """A room and what it offers."""

    class Meta:
        model = Place
        fields = (
            "name",
            "address",
            "district",
            "capacity",
            "is_step_free",
            "has_loop",
            "has_accessible_toilet",
            "has_parking",
            "note",
            "is_closed",
        )


class OfficialForm(forms.ModelForm):
    """A post whose holder comes to meetings."""

    class Meta:
        model = Official
        fields = ("name", "order")
