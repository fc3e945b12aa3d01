"""Forms of people who book a time (a name to be called by and where to send the code), and of those who book for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.advice.actions import Guest
from ratusz.foundation.people.contact_forms import ContactForm


class GuestForm(ContactForm):
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
    field_order = ("name", "words", "needs")

    def guest(self) -> Guest:
        """The clean form as the action takes it."""
        clean = self.cleaned_data
        return Guest(clean["name"], clean["words"], clean["needs"], clean["by"], clean["contact"])


class BookForSomebodyForm(GuestForm):
    """A time for whoever telephones; a contact is asked for, not demanded."""

    contact_is_needed = False
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
