"""Forms of consultations: filters, the plan, its areas, forms of taking part, notices, extension, cancelling, opinions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations import queries
from ratusz.participation.consultations.models import Area, Campaign, Consultation, Form, Notice, Opinion
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.pack import all_modes
from ratusz.ui.forms import LongSelect

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
STAGES = (
    ("running", gettext_lazy("under way")), ("announced", gettext_lazy("announced")),
    ("report_due", gettext_lazy("waiting for the report")), ("overdue", gettext_lazy("report overdue")),
    ("finished", gettext_lazy("finished")),
)  # fmt: skip


def day_field(label: Any, **named: Any) -> forms.DateField:
    """One day."""
    return forms.DateField(label=label, widget=DAY, **named)


def words_field(label: Any, most: int, rows: int = 3, **named: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **named)


class PublicFilter(forms.Form):
    """State, district, mode, year and words, by names in the address, so that a narrowed list can be passed on. Two queries."""

    stan = forms.ChoiceField(label=gettext_lazy("State"), required=False, widget=LongSelect)
    dzielnica = forms.ChoiceField(label=gettext_lazy("District"), required=False, widget=LongSelect)
    tryb = forms.ChoiceField(label=gettext_lazy("Mode"), required=False, widget=LongSelect)
    rok = forms.ChoiceField(label=gettext_lazy("Year"), required=False, widget=LongSelect)
    szukaj = forms.CharField(label=gettext_lazy("Number or word"), required=False, max_length=100)

    stages: tuple[tuple[str, Any], ...] = STAGES

    def __init__(self, *args: Any, rows: Any = None, **named: Any):
        super().__init__(*args, **named)
        self.districts = {slug: (pk, name) for pk, slug, name in District.objects.by_name().values_list("pk", "slug", "name")}
        years = queries.years_of(Consultation.objects.public() if rows is None else rows)
        for name, everything, choices in (
            ("stan", _("all states"), self.stages), ("rok", _("all years"), [(f"{year}", f"{year}") for year in years]),
            ("dzielnica", _("all districts"), [(slug, name) for slug, (_pk, name) in self.districts.items()]),
            ("tryb", _("all modes"), [(code, mode.name) for code, mode in all_modes().items()]),
        ):  # fmt: skip
            self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """As `queries.listed` takes it; what is no choice is left out."""
        self.is_valid()
        typed = self.cleaned_data
        names = {"stage": "stan", "mode": "tryb", "year": "rok", "text": "szukaj"}
        found = {name: typed[field] for name, field in names.items() if typed.get(field)}
        if slug := typed.get("dzielnica"):
            found["district"] = self.districts[slug][0]
        return found


class StaffFilter(PublicFilter):
    """The same with plans nobody outside sees."""

    stages = (("plan", gettext_lazy("plan")), *STAGES)


class PlanForm(forms.ModelForm):
    """The whole plan; only the title is needed to begin, the guard says what is still missing."""

    form_key = FormKeyField(required=False)
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("Modes"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All that apply: the strictest demands of all of them hold together."),
    )  # fmt: skip
    intent_resolution = day_field(
        gettext_lazy("Day of the resolution that opened the procedure"), required=False,
        help_text=gettext_lazy("For plans and the landscape resolution: it chooses the law that holds."),
    )  # fmt: skip

    class Meta:
        model = Consultation
        fields = (
            "label", "title", "summary", "subject", "purpose", "open_questions", "alternative", "decided_by", "what_next",
            "target_group", "modes", "owner_unit", "owner_person", "contact", "starts_on", "ends_on", "order_number",
             "ordered_on", "final_act", "follows",
        )  # fmt: skip
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in
               ("summary", "subject", "purpose", "open_questions", "alternative", "what_next")},
            **dict.fromkeys(("starts_on", "ends_on", "ordered_on"), DAY),
            "label": forms.RadioSelect,
        }  # fmt: skip
        help_texts = {
            "label": gettext_lazy("Before the first public post. An informal talk has no clock and no report, and says so."),
            "summary": gettext_lazy("Four short sentences in plain language; their FOG-PL is shown."),
            "final_act": gettext_lazy("Empty, unless an act is adopted already: then say so openly."),
            "contact": gettext_lazy("Of the unit: telephone, e-mail, room. No private person."),
        }  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        plan: Consultation = self.instance
        self.fields["form_key"].initial = uuid.uuid4
        self.fields["label"].required = False
        self.fields["label"].choices = Consultation.Label.choices  # type: ignore[attr-defined]
        self.fields["modes"].choices = [(code, mode.name) for code, mode in all_modes().items()]  # type: ignore[attr-defined]
        self.fields["owner_unit"].queryset = Unit.objects.working()  # type: ignore[attr-defined]
        people = User.objects.filter(is_staff=True, is_active=True).order_by("last_name", "first_name")
        self.fields["owner_person"].queryset = people  # type: ignore[attr-defined]
        self.fields["follows"].queryset = Consultation.objects.public().exclude(pk=plan.pk).order_by("-pk")  # type: ignore[attr-defined]
        if plan.pk:
            self.initial["intent_resolution"] = plan.key_dates.get("intent_resolution")

    def facts(self) -> dict[str, Any]:
        """As the actions take it."""
        left_out = ("intent_resolution", "form_key")
        facts = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        day = self.cleaned_data.get("intent_resolution")
        return facts | {"key_dates": {"intent_resolution": f"{day}"} if day else {}}


def ask_fields(asks: Iterable[terms.FormAsk], said: dict[str, Any]) -> dict[str, forms.Field]:
    """A field for each thing that a kind of form asks; all may stay empty."""
    return {each.code: _ask_field(each, said.get(each.code)) for each in asks}


def _ask_field(ask: terms.FormAsk, value: Any) -> forms.Field:
    hint = "" if ask.is_public else _("Only the Office reads it.")
    plain: dict[str, Any] = {"label": ask.label, "required": False, "initial": value, "help_text": hint}
    if ask.write == "number":
        return forms.IntegerField(min_value=0, max_value=30_000, **plain)
    widget = forms.Textarea(attrs={"rows": 3}) if ask.write == "text" else forms.TextInput()
    return forms.CharField(max_length=4000 if ask.write == "text" else 300, widget=widget, **plain)


def said_in(asks: Iterable[terms.FormAsk], clean: dict[str, Any]) -> dict[str, Any]:
    """What was written of it, by codes."""
    return {each.code: clean[each.code] for each in asks}


class FormOfTakingPart(forms.Form):
    """One way to take part."""

    kind = forms.ChoiceField(label=gettext_lazy("Form"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    area = forms.ModelChoiceField(
        label=gettext_lazy("Area"), queryset=Area.objects.none(), required=False,
        empty_label=gettext_lazy("all that the consultation concerns"),
    )  # fmt: skip
    starts_at = forms.DateTimeField(
        label=gettext_lazy("From"),
        widget=MOMENT,
        required=False,
        help_text=gettext_lazy("Empty: as long as the consultation runs."),
    )
    ends_at = forms.DateTimeField(label=gettext_lazy("Until"), widget=MOMENT, required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    accessibility = forms.CharField(label=gettext_lazy("Accessibility of the place"), max_length=500, required=False)
    opens_with_draft = forms.BooleanField(label=gettext_lazy("It begins with the draft being presented"), required=False)
    is_online = forms.BooleanField(label=gettext_lazy("It takes place online"), required=False)
    has_sound_and_picture = forms.BooleanField(label=gettext_lazy("Online with sound and picture at once"), required=False)

    DETAILS = ("opens_with_draft", "is_online", "has_sound_and_picture")

    def __init__(self, *args: Any, consultation: Consultation, form: Form | None = None, day: date, **named: Any):
        start: dict[str, Any] = {}
        if form is not None:
            start = {
                name: getattr(form, name) for name in ("kind", "title", "area", "starts_at", "ends_at", "place", "accessibility")
            }
            start |= {name: form.details.get(name) for name in self.DETAILS}
        super().__init__(*args, initial=start, **named)
        self.old = form
        self.fields["area"].queryset = consultation.areas.all()  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(each.code, each.name) for each in terms.forms_on(day).values()]  # type: ignore[attr-defined]
        self.asks = terms.asks_of(form.kind, day, "before") if form else []
        if form is not None:
            del self.fields["kind"]
            self.fields |= ask_fields(self.asks, form.said)

    def facts(self) -> dict[str, Any]:
        """As the actions take it; particulars of other modules in `details` stay."""
        said = said_in(self.asks, self.cleaned_data)
        facts = {name: value for name, value in self.cleaned_data.items() if name not in (*self.DETAILS, "kind", *said)}
        kept = self.old.details if self.old else {}
        details = {**kept, **{name: self.cleaned_data[name] for name in self.DETAILS}}
        return facts | {"details": details | ({"said": {**kept.get("said", {}), **said}} if said else {})}


class NoticeForm(forms.Form):
    """A notice that is out, with what proves it."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"))
    occasion = forms.ChoiceField(label=gettext_lazy("What it tells"))
    published_on = day_field(gettext_lazy("Day it was published"))
    place = forms.CharField(
        label=gettext_lazy("Where"), max_length=300, required=False,
        help_text=gettext_lazy("Title and issue of the newspaper, address of the board."),
    )  # fmt: skip
    url = forms.URLField(label=gettext_lazy("Address on the internet"), max_length=500, required=False, assume_scheme="https")
    evidence = forms.FileField(
        label=gettext_lazy("Evidence"), required=False,
        help_text=gettext_lazy("A photo, a scan or a PDF. Without it the notice does not count."),
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, day: date, **named: Any):
        super().__init__(*args, **named)
        self.extensions = {f"extension:{each.pk}": each for each in consultation.extensions.all()} if consultation.pk else {}
        self.fields["channel"].choices = [(each.code, each.name) for each in terms.channels_on(day).values()]  # type: ignore[attr-defined]
        told: list[tuple[str, Any]] = [(Notice.Occasion.LAUNCH, Notice.Occasion.LAUNCH.label)]
        told += [(key, f"{Notice.Occasion.EXTENSION.label}: {each.ends_on:%d.%m.%Y}") for key, each in self.extensions.items()]
        if consultation.cancelled_at:
            told.append((Notice.Occasion.CANCELLING, Notice.Occasion.CANCELLING.label))
        self.fields["occasion"].choices = told  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As `actions.add_notice` takes it."""
        facts = dict(self.cleaned_data)
        if extension := self.extensions.get(facts["occasion"]):
            facts |= {"occasion": Notice.Occasion.EXTENSION, "extension": extension}
        return facts


class CampaignForm(forms.ModelForm):
    """The card of the campaign."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Channels of the campaign"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All that the modes ask for, and whatever else reaches these people."),
    )  # fmt: skip

    class Meta:
        model = Campaign
        fields = ("goal", "channels", "measure", "baseline", "target", "source", "partners", "cost", "outcome")
        widgets: ClassVar[dict[str, Any]] = {"outcome": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, Any]] = {
            "goal": gettext_lazy("Whom it is to reach and with what: “Every household of Koszutka knows of it by 10 February.”"),
            "outcome": gettext_lazy("After the end: what the numbers are now."),
        }

    def __init__(self, *args: Any, day: date, **named: Any):
        super().__init__(*args, **named)
        self.fields["channels"].choices = [(each.code, each.name) for each in terms.channels_on(day).values()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As `actions.save_campaign` takes it."""
        return {"facts": dict(self.cleaned_data)}


class ExtendForm(forms.Form):
    """A later last day."""

    ends_on = day_field(gettext_lazy("New last day"))
    reason = words_field(gettext_lazy("Why it takes longer; everybody reads it"), 1000)
    order_number = forms.CharField(label=gettext_lazy("Number of the ordinance"), max_length=60, required=False)
    ordered_on = day_field(gettext_lazy("Day of the ordinance"), required=False)


class ReasonForm(forms.Form):
    """A reason."""

    reason = words_field(gettext_lazy("Reason"), 1000)


class HeldForm(forms.Form):
    """What came of a form."""

    result_summary = words_field(gettext_lazy("Result in short"), 4000, required=False)

    def __init__(self, *args: Any, form: Form, day: date, **named: Any):
        super().__init__(*args, **named)
        self.asks = terms.asks_of(form.kind, day, "after")
        self.fields |= ask_fields(self.asks, form.said)

    def facts(self) -> dict[str, Any]:
        """As `actions.hold_form` takes it."""
        return {"result_summary": self.cleaned_data["result_summary"], "said": said_in(self.asks, self.cleaned_data)}


class OpinionForm(forms.Form):
    """Whom to ask for an opinion."""

    body_kind = forms.ChoiceField(label=gettext_lazy("Kind of body"))
    body = forms.CharField(label=gettext_lazy("Name of the body"), max_length=250)
    district = forms.ModelChoiceField(label=gettext_lazy("District"), queryset=District.objects.none(), required=False)
    asked_on = day_field(gettext_lazy("Asked on"))
    days = forms.IntegerField(
        label=gettext_lazy("Days for the answer"), min_value=1, max_value=365, required=False,
        help_text=gettext_lazy("Empty: as the pack says for this body."),
    )  # fmt: skip
    letter_number = forms.CharField(label=gettext_lazy("Number of our letter"), max_length=80, required=False)

    def __init__(self, *args: Any, day: date, **named: Any):
        super().__init__(*args, **named)
        bodies: Iterable[tuple[str, Any]] = terms.bodies_on(day).items()
        self.fields["body_kind"].choices = [(code, each["name"]) for code, each in bodies]  # type: ignore[attr-defined]
        self.fields["district"].queryset = District.objects.by_name()  # type: ignore[attr-defined]
        self.fields["asked_on"].initial = day


class AnswerForm(forms.Form):
    """What the body said."""

    answered_on = day_field(gettext_lazy("Answer came on"))
    stance = forms.ChoiceField(label=gettext_lazy("Stance"), choices=Opinion.Stance.choices)
    text = words_field(gettext_lazy("Opinion"), 8000, 5, required=False)
    answer_number = forms.CharField(label=gettext_lazy("Number of their resolution or letter"), max_length=80, required=False)
    scan = forms.FileField(label=gettext_lazy("Scan"), required=False)
