"""Forms of accounts for administrators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ratusz.foundation.people.models import User
from ratusz.foundation.people.names import NameField


class NewAccountForm(WagtailAdminModelForm):
    """A new account has no password: its person sets one by the reset link, or comes in with the city's account."""

    first_name = NameField(label=_("First name"), max_length=150)
    last_name = NameField(label=_("Last name"), max_length=150)

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this address. Look for it on the list; it may be disabled."))
        return email


class AccountForm(NewAccountForm):
    """Also disables: whoever is disabled is signed out everywhere."""

    class Meta(NewAccountForm.Meta):
        fields = ["email", "first_name", "last_name", "is_active"]


class LostFactorForm(forms.Form):
    """How the administrator knows that the person who asks is the person."""

    reason = forms.CharField(
        label=_("How do you know that it is this person"),
        min_length=10,
        max_length=300,
        help_text=_("For example: came in person and showed the staff card. It goes into the record."),
    )
