"""Forms of whoever has no account and is known by a code: where to send it, and its digits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.rules import NotDeliverable, clean_address

EMAIL, PHONE = "email", "sms"


class ContactForm(forms.Form):
    """A mailbox or a telephone, as `contact` of the clean form. `homepage` is for machines: people do not see it."""

    by = forms.ChoiceField(
        label=_("How shall we send you the code?"), widget=forms.RadioSelect, initial=EMAIL,
        choices=[(EMAIL, _("by e-mail")), (PHONE, _("by text message"))],
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("If you chose e-mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False, help_text=_("If you chose text messages."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    homepage = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    contact_is_needed = True

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
        if cleaned.get(field) or self.contact_is_needed:
            try:
                cleaned["contact"] = clean_address(by, cleaned.get(field, ""))
            except NotDeliverable as refusal:
                self.add_error(field, refusal)
        return cleaned


class CodeForm(forms.Form):
    """The digits that came."""

    code = forms.CharField(
        label=_("Code"), max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )
