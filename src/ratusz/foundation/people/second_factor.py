"""The second factor of staff: who must have one, and whether this session has shown it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

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
    """Right after signing in, while every second factor is one added since: the password just typed is proof enough.

    So the first passkey and the recovery codes that come with it are set up in one go.
    """
    # Setting one up counts as showing it, but is no signing in: the ten minutes run from the password.
    records = [each for each in get_authentication_records(request, request.user) if not each.get("set_up")]
    if not records or time.time() - records[-1]["at"] >= JUST_SIGNED_IN:
        return False
    signed_in_at = datetime.fromtimestamp(records[-1]["at"], UTC)
    return not Authenticator.objects.filter(user=request.user, type__in=STRONG, created_at__lt=signed_in_at).exists()
