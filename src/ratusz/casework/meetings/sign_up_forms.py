"""Forms of people who register: only what the kind of meeting needs. Never a personal number, never an address of home."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings import signing_up
from ratusz.casework.meetings.actions import Person
from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup
from ratusz.casework.meetings.models.registrations import Need
from ratusz.foundation.notifications.registry import purposes
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.territory.models import District

EMAIL, PHONE = "email", "sms"


SPEAKS, LISTENS = "yes", "no"


class NeedsForm(forms.Form):
    """What may be changed later as well: who speaks, how many come, what is needed, a question sent ahead."""

    speaks = forms.ChoiceField(
        label=_("Do you want to speak?"), widget=forms.RadioSelect,
        choices=[(SPEAKS, _("Yes, I want to speak")), (LISTENS, _("No, I come to listen"))],
        help_text=_("People speak in the order in which they asked."),
    )  # fmt: skip

    persons = forms.TypedChoiceField(
        label=_("How many persons come?"), coerce=int, initial=1,
        choices=[(number, str(number)) for number in range(1, signing_up.MOST_PERSONS + 1)],
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("What do you need to take part?"), required=False, choices=Need.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what applies. Only two people of the organisers see it, and it is deleted 7 days after the meeting."),
    )  # fmt: skip
    needs_words = forms.CharField(label=_("What else do you need?"), required=False, max_length=500)
    question = forms.CharField(
        label=_("Your question for the meeting"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You may send it ahead; it will be shown without your name."),
    )  # fmt: skip

    def __init__(self, *args, meeting: Meeting, speakers: SeatGroup | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix, self.speakers = "", speakers
        asked = meeting.rules_of_kind.fields
        if speakers is None:
            del self.fields["speaks"]
        for name in ("persons", "question"):
            if name not in asked:
                del self.fields[name]
        if "needs" not in asked:
            del self.fields["needs"], self.fields["needs_words"]

    def said(self) -> dict[str, Any]:
        """What was said of it, as the actions take it."""
        clean = self.cleaned_data
        return {
            "persons": clean.get("persons") or 1, "needs": tuple(clean.get("needs") or ()),
            "needs_words": clean.get("needs_words", "").strip(), "question": clean.get("question", "").strip(),
        }  # fmt: skip

    def change(self) -> dict[str, Any]:
        """The same for a registration that is changed: also whether the person speaks, None where it is not asked."""
        speaks = self.cleaned_data.get("speaks")
        return self.said() | {"speaks": speaks == SPEAKS if speaks else None}

    @classmethod
    def of(cls, mine: Registration, at: datetime, data: Any = None) -> NeedsForm:
        """The form of one's own place, with what was said before."""
        start = {name: getattr(mine, name) for name in ("persons", "needs", "needs_words", "question")}
        start["speaks"] = SPEAKS if mine.group_id else LISTENS
        speakers = signing_up.speakers_of(mine.meeting) if signing_up.may_ask_to_speak(mine.meeting, at) else None
        return cls(data, meeting=mine.meeting, initial=start, speakers=speakers)


class SignUpForm(NeedsForm):
    """The whole form. `homepage` is for machines: people do not see it."""

    name = forms.CharField(
        label=_("How shall we call you?"), max_length=120, help_text=_("A first name or a made-up name will do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    by = forms.ChoiceField(
        label=_("How shall we write to you?"), widget=forms.RadioSelect,
        choices=[(EMAIL, _("by e-mail")), (PHONE, _("by text message"))], initial=EMAIL,
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("If you chose e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False, help_text=_("If you chose text messages."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    group: Any = forms.ModelChoiceField(label=_("Group"), queryset=None, required=False, empty_label=_("none of them"))
    newsroom = forms.CharField(label=_("Newsroom"), max_length=160)
    district = forms.ModelChoiceField(
        label=_("Your district"), queryset=District.objects.by_name(), required=False, empty_label=_("I do not say"),
    )  # fmt: skip
    image = forms.BooleanField(required=False)
    news = forms.BooleanField(required=False)
    homepage = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    field_order = (
        "name", "newsroom", "by", "email", "phone", "speaks", "persons", "group", "district", "needs", "needs_words", "question",
        "image", "news",
    )  # fmt: skip

    def __init__(self, *args, meeting: Meeting, is_staff: bool = False, **kwargs):
        super().__init__(*args, meeting=meeting, speakers=signing_up.speakers_of(meeting), **kwargs)
        self.is_staff = is_staff
        kind = meeting.rules_of_kind
        groups = meeting.seat_groups.all() if is_staff else meeting.seat_groups.filter(by_invitation=False)
        cast(Any, self.fields["group"]).queryset = groups
        if len(groups) == 1:
            field = cast(Any, self.fields["group"])
            field.label, field.empty_label = groups[0].name, _("no")
        unwanted = {"group"} if not groups or self.speakers else set()
        unwanted |= {name for name in ("newsroom", "district") if name not in kind.fields}
        unwanted |= {name for name in ("image", "news") if name not in kind.consents}
        if is_staff:
            unwanted |= {"homepage", "by"}
        for name in unwanted:
            del self.fields[name]
        for name in ("image", "news"):
            if name in self.fields:
                self.fields[name].label = purposes[f"meetings.{name}"].consent_text
        for name in ("email", "phone"):
            cast(Any, self.fields[name]).is_conditional = True

    @property
    def is_machine(self) -> bool:
        """Whether the field nobody sees was filled."""
        return bool(self.cleaned_data.get("homepage"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["contacts"] = contacts = []
        wanted = {EMAIL: "email", PHONE: "phone"}
        for channel, name in wanted.items():
            typed = cleaned.get(name, "")
            if (self.is_staff and not typed) or (not self.is_staff and cleaned.get("by") != channel):
                continue
            try:
                contacts.append((channel, clean_address(channel, typed)))
            except NotDeliverable as refusal:
                self.add_error(name, refusal)
        return cleaned

    def person(self, language: str = "pl") -> Person:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        return Person(
            name=clean["name"].strip(), contacts=tuple(clean["contacts"]),
            group=self.speakers if clean.get("speaks") == SPEAKS else clean.get("group"),
            newsroom=clean.get("newsroom", "").strip(), district=clean.get("district"), language=language,
            consents=tuple(name for name in ("image", "news") if clean.get(name)), **self.said(),
        )  # fmt: skip


class CodeForm(forms.Form):
    """The digits from the text message."""

    code = forms.CharField(
        label=_("Code from the text message"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class SubstituteForm(forms.Form):
    """Somebody else comes instead of the invited person."""

    name = forms.CharField(label=_("Who comes instead?"), max_length=120, required=False)
    email = forms.CharField(label=_("Their e-mail address"), max_length=254, required=False, widget=forms.EmailInput())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name", "").strip():
            self.add_error("name", ValidationError(_("Write who comes.")))
        try:
            cleaned["email"] = clean_address(EMAIL, cleaned.get("email", ""))
        except NotDeliverable as refusal:
            self.add_error("email", refusal)
        return cleaned
