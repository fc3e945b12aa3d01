"""Signs a member of staff in for tests, with a second factor shown, without going through the pages."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from django.test import Client

from ratusz.foundation.people.models import User


def sign_in_staff(client: Client, account: User | None = None) -> User:
    """A superuser (or the given account) with a TOTP authenticator, signed in; the session has shown it."""
    if account is None:
        account = User.objects.create_superuser(
            "biurko@ratusz.example", "haslo-do-testow-12", first_name="Biurko", last_name="Testowe"
        )
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return account
