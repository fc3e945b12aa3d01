"""Forms of staff: narrowing the register, entering what came on paper, judging intakes, positions, the box of a form."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.territory.forms import DrawingField
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries, rules, terms
from ratusz.participation.remarks.actions.intake import Author, Point
from ratusz.participation.remarks.actions.positions import Stand
from ratusz.participation.remarks.boxes import KINDS, ON_PAPER, box_of, schema_of
from ratusz.participation.remarks.forms import ANSWERS, answer_fields
from ratusz.participation.remarks.models import Box, Cluster, Intake, Position, Remark
from ratusz.participation.remarks.parting import parted
from ratusz.participation.remarks.terms import Schema

Channel, State = Intake.Channel, Intake.State
ANY = ("", _("any"))
ENTERED = [each for each in Channel.choices if each[0] not in (Channel.ONLINE, Channel.MEETING, Channel.FORUM)]


def _has_remarks(consultation: Consultation) -> Exists:
    """Whether a unit answers remarks of the consultation: one look into the index for each unit, however many remarks there are."""
    return Exists(Remark.objects.filter(consultation=consultation, unit=OuterRef("pk")))


class RegisterFilter(forms.Form):
    """Narrowing the register; what is not understood narrows nothing."""

    szukaj = forms.CharField(label=_("Words"), required=False, max_length=100)
    stan = forms.ChoiceField(label=_("State of the intake"), required=False, choices=[ANY, *State.choices])
    kanal = forms.ChoiceField(label=_("How it was handed in"), required=False, choices=[ANY, *Channel.choices])
    kto = forms.ChoiceField(label=_("Who speaks"), required=False, choices=[ANY, *Intake.Category.choices])
    stanowisko = forms.ChoiceField(
        label=_("State of the position"), required=False, choices=[ANY, ("none", _("none yet")), *Position.State.choices]
    )
    werdykt = forms.ChoiceField(label=_("Position of the city"), required=False, choices=[ANY, *Position.Verdict.choices])
    obszar = forms.ChoiceField(
        label=_("Area"), required=False,
        choices=[ANY, ("in", _("inside the area")), ("out", _("outside the area")), ("unknown", _("area not known"))],
    )  # fmt: skip
    komorka = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)
    grupa = forms.ModelChoiceField(Cluster.objects.none(), label=_("Group"), required=False)
    dzielnica = forms.ModelChoiceField(District.objects.none(), label=_("District"), required=False)

    def __init__(self, *args: Any, consultation: Consultation, **named: Any):
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["komorka"].queryset = Unit.objects.filter(_has_remarks(consultation)).order_by("name")
        fields["grupa"].queryset = Cluster.objects.filter(consultation=consultation)
        fields["dzielnica"].queryset = District.objects.order_by("number")

    def wanted(self) -> queries.Wanted:
        """What the list is narrowed to."""
        self.is_valid()
        clean = self.cleaned_data
        return queries.Wanted(
            words=clean.get("szukaj") or "", state=clean.get("stan") or "", channel=clean.get("kanal") or "",
            category=clean.get("kto") or "", position=clean.get("stanowisko") or "", verdict=clean.get("werdykt") or "",
            unit=clean.get("komorka"), district=clean.get("dzielnica"), cluster=clean.get("grupa"), area=clean.get("obszar") or "",
        )  # fmt: skip


class EnterForm(forms.Form):
    """What came by post, hand, e-mail, ePUAP or was said for the record; several remarks are parted by a line of hyphens."""

    channel = forms.ChoiceField(label=_("How it was handed in"), choices=ENTERED)
    received_at = forms.DateTimeField(
        label=_("When it came in"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("By the stamp or the header of the message; it decides whether it is in time."),
    )  # fmt: skip
    form = forms.ModelChoiceField(None, label=_("Form of the consultation"), required=False)
    content = forms.CharField(
        label=_("What is said"), widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste or type it whole. A line of three hyphens (---) parts one remark from the next: one for each point."),
    )  # fmt: skip
    place = DrawingField(
        label=_("Which place is it about?"), required=False, by_name=True,
        help_text=_("Show a point, a line or an area on the map, or write the street."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Who speaks"), choices=Intake.Category.choices, initial=Intake.Category.UNKNOWN)
    organisation = forms.CharField(label=_("Organisation"), max_length=250, required=False)
    supporters = forms.IntegerField(
        label=_("How many people signed"), min_value=1, max_value=1_000_000, initial=1,
        help_text=_("A list of people is one intake with one position."),
    )  # fmt: skip
    name = forms.CharField(label=_("First name and surname"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    district = forms.ModelChoiceField(
        District.objects.order_by("number"), label=_("District"), required=False,
        help_text=_("Only where the address does not tell it."),
    )  # fmt: skip
    email = forms.CharField(label=_("E-mail address"), max_length=254, required=False)
    scan = forms.FileField(label=_("Scan"), required=False, help_text=_("PDF, JPG or PNG."))
    form_key = FormKeyField(initial=uuid.uuid4, required=False)

    def __init__(self, *args: Any, consultation: Consultation, at: datetime, **named: Any):
        super().__init__(*args, **named)
        self.at = at
        self.fields["form"].queryset = consultation.forms.filter(kind__in=KINDS)  # type: ignore[attr-defined]
        self.fields["content"].help_text += f" {on_passages()}"
        self.fields |= answer_fields(schema_of(each, box_of(each), at) for each in consultation.forms.filter(kind__in=KINDS))

    def clean_content(self) -> str:
        content = self.cleaned_data["content"].replace("\r\n", "\n")
        try:
            rules.check_points([each.content for each in parted(content)])
        except rules.RemarkRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return content

    def clean_received_at(self) -> datetime:
        received = self.cleaned_data["received_at"]
        try:
            rules.check_received(received, self.at)
        except rules.RemarkRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return received

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])

    def author(self) -> Author:
        """Who says it, as the action takes it."""
        clean = self.cleaned_data
        names = ("name", "address", "category", "organisation", "email")
        said = {"supporters": clean["supporters"], "answers": _answers(clean), "district": clean["district"]}
        return Author(**{name: clean[name] for name in names}, **said)

    def points(self) -> list[Point]:
        """The points raised; a place is that of all of them."""
        place = self.cleaned_data.get("place")
        where = {"place": place.geometry, "place_words": place.words[:300]} if place is not None else {}
        return [replace(each, **where) for each in parted(self.cleaned_data["content"])]


def on_passages() -> str:
    """How the passage is named beside a remark."""
    return _(
        "A remark on a passage of the text: write its number in the line of hyphens above it (--- 12), above the first one too."
    )


def _answers(clean: dict[str, Any]) -> dict[str, Any]:
    return {name: clean[name] for name in ANSWERS if clean.get(name)}


class CompleteByStaffForm(forms.Form):
    """What the author completed by telephone or at the desk."""

    name = forms.CharField(label=_("First name and surname"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    category = forms.ChoiceField(label=_("Who speaks"), choices=Intake.Category.choices)
    organisation = forms.CharField(label=_("Organisation"), max_length=250, required=False)

    def __init__(self, *args: Any, intake: Intake | None = None, **named: Any):
        super().__init__(*args, **named)
        known = answer_fields([schema_of(intake.form, box_of(intake.form), intake.received_at)] if intake and intake.form else ())
        self.fields |= {name: field for name, field in known.items() if intake and name in intake.missing}

    def author(self) -> Author:
        """Who says it, as the action takes it."""
        clean = self.cleaned_data
        names = ("name", "address", "category", "organisation")
        return Author(**{name: clean[name] for name in names}, answers=_answers(clean))


class RejectForm(forms.Form):
    """Why it does not count."""

    code = forms.ChoiceField(label=_("Reason"))
    note_words = forms.CharField(label=_("Note on the reason"), max_length=500, required=False)
    second = forms.ModelChoiceField(
        None, label=_("Who looked at it with you"), required=False, help_text=_("Needed for what came on paper.")
    )

    def __init__(self, *args: Any, at: datetime, people: Any, **named: Any):
        super().__init__(*args, **named)
        choices = [(code, f"{code}: {words}") for code, words in terms.reasons_on(local_day(at)).items()]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        self.fields["second"].queryset = people  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words to somebody: what is missing, the answer to a complaint, further remarks."""

    words = forms.CharField(label=_("Words"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))


class PositionForm(forms.Form):
    """A position on a remark or on many."""

    verdict = forms.ChoiceField(label=pgettext_lazy("of the city on a remark", "Position"), choices=Position.Verdict.choices)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was considered and why. Each remark is judged on its own: not “as above”."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Until when it is analysed"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only for a further analysis."),
    )  # fmt: skip

    def stand(self) -> Stand:
        """The position as the action takes it."""
        clean = self.cleaned_data
        return Stand(clean["verdict"], clean["reasons"], clean["due_on"])


class PublicWordsForm(forms.Form):
    """What everybody reads."""

    words = forms.CharField(label=_("Words everybody reads"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 8}))


class BoxForm(forms.ModelForm):
    """How the remark box of a form works."""

    class Meta:
        model = Box
        fields = ("schema", "proof", "uniqueness", "is_read_before", "takes_places")

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, **named)
        schemas = [(each.code, each.name) for each in terms.schemas_on(local_day(at)).values()]
        self.fields["schema"] = forms.ChoiceField(
            label=_("Form to fill in"), required=False, choices=[("", _("the one the mode of the consultation asks for")), *schemas]
        )


class PaperForm(forms.Form):
    """A paper that came in."""

    form = forms.ModelChoiceField(None, label=_("Form of the consultation"))
    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[each for each in ENTERED if each[0] in rules.ON_PAPER], initial=Channel.HAND
    )
    arrived_at = forms.DateTimeField(
        label=_("When it came in"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("By the stamp or the header of the message; it decides whether it is in time."),
    )  # fmt: skip
    scan = forms.FileField(label=_("Scan"), required=False, help_text=_("PDF, JPG or PNG."))

    def __init__(self, *args: Any, consultation: Consultation, **named: Any):
        super().__init__(*args, **named)
        self.fields["form"].queryset = consultation.forms.filter(kind__in=ON_PAPER)  # type: ignore[attr-defined]


class TypingForm(forms.Form):
    """What is written on a paper, letter by letter."""

    content = forms.CharField(
        label=_("What is said"), widget=forms.Textarea(attrs={"rows": 10}), max_length=100_000,
        help_text=_("A line of three hyphens (---) parts one remark from the next."),
    )  # fmt: skip
    place_words = forms.CharField(label=_("Place, if the paper names one"), max_length=300, required=False)
    category = forms.ChoiceField(label=_("Who speaks"), choices=Intake.Category.choices, initial=Intake.Category.UNKNOWN)
    organisation = forms.CharField(label=_("Organisation"), max_length=250, required=False)
    name = forms.CharField(label=_("First name and surname"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    email = forms.CharField(label=_("E-mail address"), max_length=254, required=False)

    def __init__(self, *args: Any, schema: Schema, **named: Any):
        super().__init__(*args, **named)
        self.fields["content"].help_text += f" {on_passages()}"
        self.fields |= answer_fields([schema])


class SheetForm(forms.Form):
    """A workbook with positions, filled in outside."""

    sheet = forms.FileField(label=_("Workbook with positions (XLSX)"))
