"""Forms of notices: written by a committee on the website, admitted or not by a clerk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.participation.initiatives.forms import RegisterForm, _long


class NoticeForm(RegisterForm, GuardedForm):
    """What the committee brings, written by itself."""

    guard_purpose = "initiatives.notice"
    upload = forms.FileField(
        label=_("Statement signed by all members (scan)"), required=False,
        help_text=_("PDF, JPEG or PNG. You may bring the paper instead: the Office admits the notice once it has it."),
    )  # fmt: skip
    field_order = ("title", "draft", "justification", "members", "email", "upload", "form_key")

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        del self.fields["has_statement"]
        self.fields["email"].required = True


class AdmitForm(forms.Form):
    """A clerk saw the statement."""

    has_statement = forms.BooleanField(label=_("The statement of the committee is signed by all its members"))


class DeclineForm(forms.Form):
    """What is missing."""

    words = _long(_("What is missing, for the committee"), 8000)
