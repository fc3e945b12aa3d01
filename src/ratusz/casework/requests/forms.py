"""Forms of residents (each asks only for what its law needs) and of the staff who answer."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ratusz.casework.requests import queries, rules
from ratusz.casework.requests.models import Contact, Kind, Outcome, Request, Through
from ratusz.foundation.kit.codes import CodeMistyped, read_code
from ratusz.foundation.kit.dates import local_day, polish_until
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address
from ratusz.foundation.once.fields import FormKeyField

_A_MOMENT = timedelta(microseconds=1)


def _long(label: Any, most: int, hint: Any = "", *, required: bool = True, rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class RequestForm(forms.Form):
    """What all requests share: how to answer, and a key by which the same form sent twice is one request."""

    kind: Kind
    contact_is_needed = True
    field_order: list[str] = []

    contact = forms.ChoiceField(
        label=_("How shall we answer?"), widget=forms.RadioSelect, error_messages={"required": _("Choose how we shall answer.")}
    )
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("If you chose e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone number"), max_length=40, required=False, help_text=_("If you chose the phone."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    postal = forms.CharField(
        label=_("Postal address"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("If you chose the post. Name, street, postcode with town, each on a line of its own."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False, help_text=_("So that we know how to address you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    form_key = FormKeyField(initial=uuid.uuid4, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [
            choice for choice in Contact.choices if not self.contact_is_needed or choice[0] != Contact.NONE
        ]
        self.label_suffix = ""
        for name in ("email", "phone", "postal"):
            # Its hint says when it is needed; "(optional)" beside it would be untrue for whoever chose that way.
            self.fields[name].is_conditional = True

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        contact = cleaned.get("contact")
        field = {Contact.EMAIL: "email", Contact.PHONE: "phone", Contact.LETTER: "postal"}.get(contact)
        cleaned["contact_value"] = ""
        if field and field not in self.errors:
            try:
                cleaned["contact_value"] = clean_address("sms" if contact == Contact.PHONE else contact, cleaned.get(field, ""))
            except NotDeliverable as refusal:
                self.add_error(field, refusal)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The clean request as the action takes it."""
        names = ("text", "place", "wanted", "about", "name", "contact", "contact_value")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}


class AccessibilityForm(RequestForm):
    """Art. 18 of the act on digital accessibility: what, where, which way of access."""

    kind = Kind.ACCESSIBILITY
    field_order = ["place", "text", "wanted", "contact", "email", "phone", "postal", "name"]

    place = forms.CharField(
        label=_("Where is the barrier?"), max_length=500,
        help_text=_("The address of the page, the title of the document, or the building and the place in it."),
    )  # fmt: skip
    text = _long(_("What can you not read, hear, reach or do?"), 5000)
    wanted = _long(
        _("What way of access would suit you best?"), 1000,
        _("For example: the document as text, a description read by phone, a ramp, an interpreter of sign language."),
        required=False, rows=3,
    )  # fmt: skip


class ComplaintForm(RequestForm):
    """After a refusal or silence: about which request, and what went wrong."""

    kind = Kind.COMPLAINT
    field_order = ["about", "text", "contact", "email", "phone", "postal", "name"]

    about = forms.CharField(
        label=_("Number of your request"), max_length=40, required=False,
        help_text=_("It stands on the receipt. If you do not have it, leave the field empty."),
    )  # fmt: skip
    text = _long(_("What went wrong?"), 5000, _("What you asked for, when, and what we did or did not do."))

    def clean_about(self) -> Request | None:
        typed = self.cleaned_data["about"]
        if not typed.strip():
            return None
        try:
            read_code(typed)
        except CodeMistyped as mistake:
            raise ValidationError(str(mistake)) from mistake
        found = queries.by_code(typed)
        if found is None or found.kind != Kind.ACCESSIBILITY:
            raise ValidationError(_("We have no accessibility request under this number. Check it, or leave the field empty."))
        return found


class InformationForm(RequestForm):
    """Art. 10 UDIP: what one wants to know. Nobody asks why, nor who (art. 2 ust. 2)."""

    kind = Kind.INFORMATION
    contact_is_needed = False
    field_order = ["text", "wanted", "contact", "email", "phone", "postal", "name"]

    text = _long(
        _("What do you want to know?"), 5000,
        _("Name documents, dates or numbers as exactly as you can. You do not have to say why you ask or who you are."),
    )  # fmt: skip
    wanted = _long(
        _("In what form?"), 1000, _("For example: a file, a copy on paper, to look at on the spot."), required=False, rows=2
    )


FORMS: dict[str, type[RequestForm]] = {form.kind: form for form in (AccessibilityForm, ComplaintForm, InformationForm)}


class RegisterForm(forms.Form):
    """What staff add when a request came by another way than the form: which way, and the day."""

    through = forms.ChoiceField(label=_("How did it come?"), choices=[each for each in Through.choices if each[0] != Through.FORM])
    received_date = forms.DateField(
        label=_("Day it came"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The term runs from this day, not from today."),
    )  # fmt: skip

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["received_date"].initial = local_day(at)

    def clean_received_date(self):
        day = self.cleaned_data["received_date"]
        if day > local_day(self.at):
            raise ValidationError(_("This day is still ahead. Write the day on which the request came."))
        return day

    @property
    def received_at(self):
        """The end of that day would be too late for the law, its start too early to be true: the day is what counts."""
        return min(end_of_day(self.cleaned_data["received_date"]), self.at) - _A_MOMENT


class RegisterFilter(forms.Form):
    """Narrows the register of requests."""

    stan = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("otwarte", _("open")), ("po_terminie", _("late")), ("zamkniete", _("closed")), ("wszystkie", _("all"))],
    )  # fmt: skip
    rodzaj = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *Kind.choices])
    numer = forms.CharField(label=_("Number, ours or EZD's"), required=False, max_length=80)
    moje = forms.BooleanField(label=_("Only mine"), required=False)

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return self.cleaned_data


class ExtendForm(forms.Form):
    """Until when, and the reason the person gets."""

    last_day = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = _long(_("Why it takes longer"), 2000, _("The person gets these words."), rows=3)

    def __init__(self, *args, longest: datetime | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if longest is not None:
            self.fields["last_day"].help_text = _("The rule allows: %(until)s.") % {"until": polish_until(longest)}


class SettleForm(forms.Form):
    """How it ends, and the words the person gets."""

    outcome = forms.ChoiceField(label=_("How does it end?"))
    text = _long(_("Answer"), 10000, _("The person gets exactly these words."), required=False, rows=10)
    decision_number = forms.CharField(
        label=_("Number of the decision in EZD"), max_length=80, required=False,
        help_text=_("For a refusal of public information: it is an administrative decision."),
    )  # fmt: skip
    handed_to = forms.CharField(label=_("To which body"), max_length=200, required=False, help_text=_("When you hand it over."))

    def __init__(self, *args, request: Request, may_refuse: bool, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = rules.OUTCOMES[Kind(request.kind)]
        self.fields["outcome"].choices = [(each.value, each.label) for each in outcomes if may_refuse or each != Outcome.REFUSED]
        if request.kind != Kind.INFORMATION or not may_refuse:
            del self.fields["decision_number"]


class CaseNumberForm(forms.Form):
    """The number under which EZD keeps the case."""

    case_number = forms.CharField(label=_("Case number in EZD"), max_length=80, required=False)
