"""allauth's account adapter: no sign-up, limits as rows, letters through the outbox, every sign-in in the record."""

from __future__ import annotations

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.addresses import client_address
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.people import rules
from ratusz.foundation.people.actions.limits import forget_attempts, give_back, use_up
from ratusz.foundation.people.actions.notices import tell_change
from ratusz.foundation.people.homes import home_of
from ratusz.foundation.people.keys import plain_address


class AccountAdapter(DefaultAccountAdapter):
    """How accounts behave here."""

    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by an administrator; residents take part without one."""
        return False

    def get_login_redirect_url(self, request) -> str:
        return home_of(request.user, database_now()) or super().get_login_redirect_url(request)

    def get_client_ip(self, request) -> str:
        return client_address(request) or "0.0.0.0"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Into the outbox, in the request's language; it is sent after the answer, so nobody can time who is known."""
        mail = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        send(to=email, purpose="people.account", dedup_key=f"account-{uuid4()}", subject=mail.subject, text=mail.body)

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """Our own words instead of allauth's, and an entry in the record."""
        tell_change(account=user, change=template_prefix)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def pre_authenticate(self, request, **credentials) -> None:
        """Ten tries in 15 minutes for an account; the address behind them has a wider limit of its own."""
        account = plain_address(credentials.get("email") or "")
        limits = {"sign-in": (account, rules.SIGN_IN_TRIES)}
        limits["sign-in-address"] = (self.get_client_ip(request), rules.SIGN_IN_TRIES_PER_ADDRESS)
        for kind, (key, most) in limits.items():
            if not use_up(kind=kind, key=key, most=most, within=rules.SIGN_IN_WITHIN):
                record(deed="people.refuse_sign_in", subject=kind)
                raise ValidationError(self.error_messages["too_many_login_attempts"])

    def authenticate(self, request, **credentials):
        self.pre_authenticate(request, **credentials)
        account = authenticate(request, **credentials)
        if account:
            forget_attempts(kind="sign-in", key=plain_address(credentials.get("email") or ""))
            # Not forgotten: whoever guesses could sign in to their own account now and then to start afresh.
            give_back(kind="sign-in-address", key=self.get_client_ip(request))
        else:
            # The address that was typed stays out: people type passwords there.
            record(deed="people.fail_sign_in", subject="sign-in")
        return account

    def reauthenticate(self, user, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request, user) -> None:
        super().login(request, user)
        record(deed="people.sign_in", subject=user, actor=user)

    def logout(self, request) -> None:
        if request.user.is_authenticated:
            record(deed="people.sign_out", subject=request.user, actor=request.user)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """The first second factor may be added right after signing in; everything later asks again."""
        from ratusz.foundation.people.second_factor import may_enrol_without_asking

        return not may_enrol_without_asking(context.request)
