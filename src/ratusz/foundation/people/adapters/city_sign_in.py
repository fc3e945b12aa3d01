"""allauth's adapter for the city's OpenID Connect: it opens existing accounts by verified e-mail address and makes none."""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.people.models import User


class CitySignInAdapter(DefaultSocialAccountAdapter):
    """Who may come in by the city's sign-in."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        """Connects on first use; an address the provider has not verified opens nothing."""
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        account = User.objects.active().filter(email__in=[email.lower() for email in verified]).first() if verified else None
        if account is None:
            messages.error(request, _("There is no account for this e-mail address. Ask the administrator of Ratusz for one."))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, account)
        record(deed="people.connect_city_sign_in", subject=account, after={"provider": sociallogin.account.provider}, actor=account)
