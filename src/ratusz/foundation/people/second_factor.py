"""The second factor of staff: who must have one, and whether this session has shown it."""

from __future__ import annotations

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

JUST_SIGNED_IN = 10 * 60
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(account) -> bool:
    return is_mfa_enabled(account, STRONG)


def is_last_of_staff(authenticator: Authenticator) -> bool:
    """Whether a member of staff would be left without a second factor."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG).exclude(pk=authenticator.pk)
    return authenticator.user.is_staff and authenticator.type in STRONG and not others.exists()


def showed_second_factor(request) -> bool:
    """Whether this session signed in with a passkey or entered a code."""
    return any(each["method"] == "mfa" for each in get_authentication_records(request, request.user))


def may_enrol_without_asking(request) -> bool:
    """Right after signing in and without any second factor yet, the password just typed is proof enough."""
    if has_second_factor(request.user):
        return False
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < JUST_SIGNED_IN
