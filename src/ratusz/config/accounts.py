"""Settings of accounts and sign-in: e-mail and password or the city's OIDC, always with a second factor for staff."""

from __future__ import annotations

import os
from datetime import timedelta

from ratusz.config.home import secret

# Foundation may not import config, so it asks the settings for the keys that lie beside the database.
RATUSZ_KEY = secret

LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "ratusz.foundation.people.sessions"

ACCOUNT_ADAPTER = "ratusz.foundation.people.adapters.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An administrator makes the account, so the address is known to be right; nobody signs up.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# allauth counts in the cache, each process for itself; ours are rows (people.actions.limits).
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "ratusz.foundation.people.forms.LoginForm",
    "reset_password": "ratusz.foundation.people.forms.ResetPasswordForm",
}

MFA_ADAPTER = "ratusz.foundation.people.adapters.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers allow passkeys over plain HTTP on this machine only; elsewhere they refuse by themselves.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not os.environ.get("RATUSZ_ADDRESS", "").startswith("https://")
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "Ratusz"
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "add_webauthn": "ratusz.foundation.people.forms.AddPasskeyForm",
    "authenticate": "ratusz.foundation.people.forms.AuthenticateForm",
    "reauthenticate": "ratusz.foundation.people.forms.ReauthenticateForm",
}

SOCIALACCOUNT_ADAPTER = "ratusz.foundation.people.adapters.city_sign_in.CitySignInAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if os.environ.get("RATUSZ_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "miasto",
            "name": os.environ.get("RATUSZ_OIDC_NAME", "Konto miejskie"),
            "client_id": os.environ["RATUSZ_OIDC_CLIENT"],
            "secret": os.environ["RATUSZ_OIDC_SECRET"],
            "settings": {"server_url": os.environ["RATUSZ_OIDC_SERVER"]},
        }
    )
