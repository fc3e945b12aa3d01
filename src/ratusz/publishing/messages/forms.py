"""Forms of messages: facts and texts together, moments on the city's clock, what comes back from outside."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.foundation.units.rules import holds_department_role
from ratusz.publishing.gates.rules import stopped_words
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.models import FACTS, TEXTS, Correction, FactsVersion, Message
from ratusz.publishing.messages.outlets import Outlet, outlets_for
from ratusz.publishing.messages.topics import topics_to_choose
from ratusz.publishing.messages.whereabouts import PointField, point_contradicts, point_in_words
from ratusz.publishing.messages.wording import UnknownFact, check_placeholders

TYPED = "%Y-%m-%dT%H:%M"
TYPED_FACTS = [name for name in FACTS if name not in ("longitude", "latitude")]
FIELDS_OF_FACTS = ["what", "place", "point", *TYPED_FACTS[2:]]
"""Longitude and latitude are typed as one point."""


class MomentField(forms.DateTimeField):
    """A day and an hour on the city's clock. Of an hour that comes twice it takes the first; one that spring skips is refused."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) and value.tzinfo:
            return value
        if value in self.empty_values:
            return None
        naive = _as_typed(value)
        if not 1900 <= naive.year < 2200:
            raise ValidationError(_("Check the year: it must lie between 1900 and 2199."))
        moment = naive.replace(tzinfo=rules.WARSAW)
        if moment.astimezone(UTC).astimezone(rules.WARSAW).replace(tzinfo=None) != naive:
            raise ValidationError(_("There is no such hour that night: clocks jump from 2:00 to 3:00. Choose another one."))
        return moment

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


def _as_typed(value: Any) -> datetime:
    for way in (TYPED, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M"):
        try:
            return datetime.strptime(str(value).strip(), way)
        except ValueError:
            continue
    raise ValidationError(_("Write the day and the hour, for example 15.09.2026 14:30."))


class FactsForm(forms.ModelForm):
    """The facts and the texts around them."""

    starts = MomentField(label=gettext_lazy("From"), required=False)
    ends = MomentField(label=gettext_lazy("Until"), required=False)
    as_of = MomentField(label=gettext_lazy("State as of"), help_text=gettext_lazy("When this was last known to be true."))
    point = PointField(
        label=gettext_lazy("Point on the map"),
        help_text=gettext_lazy("Latitude and longitude as a map gives them: 50.2590, 19.0216. Empty: no point is drawn."),
    )
    district_numbers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Districts"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None marked: the whole city."),
    )  # fmt: skip

    field_order = [*TEXTS, *FIELDS_OF_FACTS]

    class Meta:
        model = FactsVersion
        fields = [*TEXTS, *TYPED_FACTS]
        widgets = {"short_text": forms.Textarea(attrs={"rows": 3}), "long_text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "title": gettext_lazy("What happens and where, at most 150 characters. Facts in braces change by themselves: {gdzie}."),
            "short_text": gettext_lazy("One or two sentences. Write {kiedy} and the like instead of typing a fact again."),
            "long_text": gettext_lazy("An empty line begins a paragraph, a hyphen a point of a list."),
            "what": gettext_lazy("In a few words: a break in the water supply."),
            "place": gettext_lazy("A street with numbers, a building, a crossing."),
            "for_whom": gettext_lazy("Whom it concerns."),
            "what_to_do": gettext_lazy("What a person should do now."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("point", point_in_words(self.initial.get("longitude"), self.initial.get("latitude")))
        self.fields["district_numbers"].choices = list(District.objects.by_name().values_list("number", "name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", *TYPED_FACTS):
            if isinstance(cleaned.get(name), str):
                # A fact is one line: a second one would look like a fact of its own in a letter or in the record for BIP.
                cleaned[name] = " ".join(part.strip() for part in cleaned[name].splitlines()).strip()
        for name in TEXTS:
            # Browsers send line ends of their own; a text that nobody touched must not look changed.
            cleaned[name] = (cleaned.get(name) or "").replace("\r\n", "\n").replace("\r", "\n")
            try:
                check_placeholders(cleaned[name], in_texts=True)
            except UnknownFact as wrong:
                self.add_error(name, str(wrong))
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("The end comes before the start. Correct one of them."))
        if cleaned.get("point") and (reason := point_contradicts(cleaned["point"], cleaned.get("district_numbers", ()))):
            self.add_error("point", reason)
        return cleaned

    @classmethod
    def typed(cls, posted: Any) -> dict[str, Any]:
        """What was typed, to open the form with again before it is finished."""
        many = {name for name, field in cls.base_fields.items() if isinstance(field, forms.MultipleChoiceField)}
        return {name: posted.getlist(name) if name in many else posted.get(name, "") for name in cls.base_fields}

    def _post_clean(self) -> None:
        """The action checks and writes; the instance stays untouched."""

    def facts(self) -> dict[str, Any]:
        """What the action wants."""
        longitude, latitude = self.cleaned_data["point"] or (None, None)
        typed = {name: self.cleaned_data[name] for name in (*TEXTS, *TYPED_FACTS)}
        return typed | {"longitude": longitude, "latitude": latitude}


class MessageForm(FactsForm):
    """A new message: what it is, its facts and texts, and where it goes."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of message"), choices=Message.Kind.choices)
    owner_unit = forms.ModelChoiceField(label=gettext_lazy("Owner unit"), queryset=Unit.objects.none())
    topic_numbers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Topics"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whoever follows one of them is told, and its page lists the message."),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Message.Urgency.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Message._meta.get_field("language").choices or ())
    valid_until = MomentField(
        label=gettext_lazy("Shown as current until"), required=False,
        help_text=gettext_lazy("After that moment it leaves the home page and the screens."),
    )  # fmt: skip
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Where it goes"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("More can be added later."),
    )  # fmt: skip
    field_order = ["kind", "owner_unit", "topic_numbers", "urgency", "language", *TEXTS, *FIELDS_OF_FACTS, "valid_until", "places"]

    def __init__(self, *args: Any, person: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = units_to_write_for(person, at)
        self.fields["owner_unit"].queryset = units
        self.fields["owner_unit"].initial = units.filter(appointments__person=person).first()
        self.fields["topic_numbers"].choices = topics_to_choose()
        if not self.fields["topic_numbers"].choices:
            del self.fields["topic_numbers"]
        kind = self.data.get("kind") or self.initial.get("kind") or Message.Kind.INFORMATION
        offered = {outlet.code: outlet for each in Message.Kind for outlet in outlets_for(each)}
        self.fields["places"].choices = [(code, _with_kinds(outlet)) for code, outlet in offered.items()]
        self.fields["places"].initial = [outlet.code for outlet in outlets_for(kind) if outlet.is_offered]
        self.fields["as_of"].initial = at.replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        taking = {outlet.code for outlet in outlets_for(cleaned.get("kind") or "")}
        if cleaned.get("kind"):
            # A place that does not take this kind is left out rather than asked about.
            cleaned["places"] = [code for code in cleaned.get("places", []) if code in taking]
        if cleaned.get("kind") == Message.Kind.EVENT and not cleaned.get("starts"):
            self.add_error("starts", _("An event needs the day and the hour when it begins: it goes to the calendar."))
        return cleaned

    def own(self) -> dict[str, Any]:
        """What is no fact."""
        names = ("kind", "owner_unit", "topic_numbers", "urgency", "language", "valid_until", "places")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _with_kinds(outlet: Outlet) -> str:
    """The place, and which kinds of messages it takes when it does not take all: others are left out when the form is sent."""
    if not outlet.kinds:
        return str(outlet.name)
    kinds = ", ".join(str(Message.Kind(kind).label) for kind in outlet.kinds)
    return _("%(place)s (only: %(kinds)s)") % {"place": outlet.name, "kinds": kinds}


def units_to_write_for(person: Any, at: datetime):
    """All working units for the department; their own ones for a unit's editor."""
    units = Unit.objects.working()
    if holds_department_role(person, *rules.WRITERS, at=at):
        return units
    own = Appointment.objects.in_force(at).filter(person=person, role__code="unit_editor").values("unit")
    return units.filter(pk__in=own)


class CorrectionForm(forms.ModelForm):
    """What was wrong and what is right, for people who have read the old text."""

    since = MomentField(label=gettext_lazy("Right since"), required=False)

    class Meta:
        model = Correction
        fields = ["nature", "was_wrong", "is_right", "since", "cause"]
        widgets = {"nature": forms.RadioSelect}

    def __init__(self, *args: Any, language: str, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.language, self.at = language, at
        natures = (Correction.Nature.MISTAKE, Correction.Nature.CHANGE)
        self.fields["nature"].choices = [(nature.value, nature.label) for nature in natures]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("was_wrong", "is_right", "cause"):
            for words in stopped_words(cleaned.get(name) or "", self.language, self.at):
                self.add_error(name, words)
        return cleaned

    def _post_clean(self) -> None:
        """The action checks and writes."""


class VariantForm(forms.Form):
    """The text of one place."""

    written = forms.CharField(
        label=gettext_lazy("Text for this place"), widget=forms.Textarea(attrs={"rows": 12}), required=False, max_length=12_000,
        help_text=gettext_lazy("Empty: the text is made from the facts. Facts in braces change by themselves."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_written(self) -> str:
        try:
            check_placeholders(self.cleaned_data["written"])
        except UnknownFact as wrong:
            raise ValidationError(str(wrong)) from wrong
        return self.cleaned_data["written"].replace("\r\n", "\n").replace("\r", "\n")


class PictureForm(forms.Form):
    """The picture and its rights."""

    file = forms.FileField(label=gettext_lazy("Picture (JPG, PNG or WebP)"))
    alt = forms.CharField(
        label=gettext_lazy("What the picture shows"), max_length=300, help_text=gettext_lazy("For people who do not see it.")
    )
    author = forms.CharField(label=gettext_lazy("Author of the picture"), max_length=150)
    licence = forms.CharField(
        label=gettext_lazy("Right to use it"),
        max_length=150,
        help_text=gettext_lazy("For example: agreement, CC BY 4.0, the city's own."),
    )


class ProofForm(forms.Form):
    """What was published elsewhere."""

    url = forms.CharField(label=gettext_lazy("Address where it was published"), max_length=500, required=False)
    published_by = forms.CharField(
        label=gettext_lazy("Published by"), max_length=150, help_text=gettext_lazy("A unit or a post, for example: BIP editors.")
    )
    published_at = MomentField(label=gettext_lazy("When"))
    file = forms.FileField(label=gettext_lazy("Proof: a printout or a picture of the screen"), required=False)


class HangingForm(forms.Form):
    """A hung poster."""

    place = forms.CharField(label=gettext_lazy("Where it hangs"), max_length=200)
    hung_by = forms.CharField(
        label=gettext_lazy("Hung by"),
        max_length=150,
        help_text=gettext_lazy("A unit or a post, for example: caretaker of the library."),
    )
    hung_at = MomentField(label=gettext_lazy("When"))
    file = forms.FileField(label=gettext_lazy("Photograph"), required=False)


class ScheduleForm(forms.Form):
    """The moment at which a text leaves by itself; which of two hours is asked only when the hour typed comes twice."""

    scheduled_at = MomentField(label=gettext_lazy("When to send it"))
    which = forms.ChoiceField(
        label=gettext_lazy("That night this hour comes twice"), required=False, widget=forms.RadioSelect,
        choices=[
            ("0", gettext_lazy("the first one (summer time)")),
            ("1", gettext_lazy("the second one, an hour later (winter time)")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["which"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        moment = cleaned.get("scheduled_at")
        self.is_ambiguous = moment is not None and rules.comes_twice(moment)
        if not self.is_ambiguous:
            del self.fields["which"]
            self.errors.pop("which", None)
        elif moment and cleaned.get("which") == "1":
            cleaned["scheduled_at"] = moment.replace(fold=1)
        elif cleaned.get("which") == "":
            self.add_error("which", _("Clocks go back that night and this hour comes twice. Choose the first or the second one."))
        return cleaned


class ListFilter(forms.Form):
    """What narrows the list."""

    q = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[
            ("", gettext_lazy("all")), ("draft", gettext_lazy("draft")),
            ("handed", gettext_lazy("waits for approval")),
            ("out", gettext_lazy("sent")), ("correcting", gettext_lazy("with a correction to be made")),
            ("closed", gettext_lazy("closed")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *Message.Kind.choices]

    def chosen(self) -> dict[str, str]:
        """What was chosen, wrong choices left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
