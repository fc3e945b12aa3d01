"""Forms of people who book a time (a name to be called by and where to send the code), and of those who book for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice.actions import Guest
from ratusz.foundation.notifications.rules import NotDeliverable, clean_address

EMAIL, PHONE = "email", "sms"
WAYS = [(EMAIL, _("by e-mail")), (PHONE, _("by text message"))]


class GuestForm(forms.Form):
    """Who comes and what about, as little as will do."""

    name = forms.CharField(label=_("How shall we call you?"), max_length=120, help_text=_("A first name is enough."))
    words = forms.CharField(
        label=_("What do you want to talk about?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words, so that we are prepared. Do not write a PESEL number."),
    )  # fmt: skip
    needs = forms.CharField(
        label=_("What do you need from us?"), max_length=300, required=False,
        help_text=_("For example a sign-language interpreter, an induction loop, large print."),
    )  # fmt: skip
    by = forms.ChoiceField(label=_("How shall we send you the code?"), widget=forms.RadioSelect, initial=EMAIL, choices=WAYS)
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("If you chose e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False, help_text=_("If you chose text messages."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    homepage = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    needs_contact = True

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""
        for name in ("email", "phone"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by = cleaned.get("by") or EMAIL
        field = "phone" if by == PHONE else "email"
        cleaned["contact"] = ""
        if cleaned.get(field) or self.needs_contact:
            try:
                cleaned["contact"] = clean_address(by, cleaned.get(field, ""))
            except NotDeliverable as refusal:
                self.add_error(field, refusal)
        return cleaned

    def guest(self) -> Guest:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        return Guest(clean["name"], clean["words"], clean["needs"], clean["by"], clean["contact"])


class CodeForm(forms.Form):
    """The digits that came."""

    code = forms.CharField(
        label=_("Code"), max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )


class BookForSomebodyForm(GuestForm):
    """A time for whoever telephones; a contact is asked for, not demanded."""

    needs_contact = False
    starts_at = forms.ChoiceField(label=_("Hour"))
    field_order = ("starts_at", "name", "words", "needs", "by", "email", "phone")

    def __init__(self, *args: Any, times: list[tuple[str, str]], **named: Any):
        super().__init__(*args, **named)
        self.fields["starts_at"].choices = [("", _("choose")), *times]  # type: ignore[attr-defined]
        self.fields["name"].label, self.fields["name"].help_text = _("How to call the person"), ""
        self.fields["words"].label, self.fields["words"].help_text = _("What it is about"), ""
        self.fields["needs"].label = _("What the person needs")
        self.fields["by"].label = _("How to send changes")
        for name in ("email", "phone"):
            self.fields[name].help_text = _("If the person wants to be told of changes.")
        del self.fields["homepage"]
