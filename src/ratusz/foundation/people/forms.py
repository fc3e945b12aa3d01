"""Forms of sign-in that count tries in rows."""

from __future__ import annotations

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.rehearsal import rehearsed
from ratusz.foundation.people import rules
from ratusz.foundation.people.actions.limits import forget_attempts, use_up
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User


class LoginForm(AllauthLoginForm):
    """Labels alone say what to type; the way to a new password stands once, below the form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class CodeTries(forms.Form):
    """Ten tries of the second factor in 15 minutes for an account."""

    def clean_code(self) -> str:
        key = str(self.user.pk)
        if not use_up(kind="second-factor", key=key, most=rules.SIGN_IN_TRIES, within=rules.SIGN_IN_WITHIN):
            raise forms.ValidationError(_("Too many wrong codes. Wait 15 minutes, then try again."))
        code = super().clean_code()
        forget_attempts(kind="second-factor", key=key)
        return code


class AuthenticateForm(CodeTries, AllauthAuthenticateForm):
    """The code after the password."""


class ReauthenticateForm(CodeTries, AllauthReauthenticateForm):
    """The code before a sensitive change."""


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asks for a link; past the limit it answers the same and sends nothing, so that nobody learns who has an account."""

    def save(self, request, **kwargs) -> str:
        email = self.cleaned_data["email"]
        keys = {plain_address(email): rules.RESETS, f"from {client_line(context.request)}": 10 * rules.RESETS}
        if all(use_up(kind="reset", key=key, most=most, within=rules.RESETS_WITHIN) for key, most in keys.items()):
            with rehearsed(is_real=bool(self.users)):
                # Somebody unknown is written to like somebody known, and the letter is taken back.
                self.users = self.users or [User(pk=0, email=email, password=make_password(None))]
                super().save(request, **kwargs)
        return email


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey signs in alone unless the person says otherwise: it is both factors in one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you know later which one it is, for example: office phone.")
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with this passkey alone, without the password"), True
        alone.help_text = _("The device asks for your fingerprint, your face or its PIN, so it is as safe as both together.")
