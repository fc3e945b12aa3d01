"""Addresses of accounts: ours, and of allauth's those that an office without sign-up needs."""

from allauth.account import urls as account
from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.urls import include, path

from ratusz.foundation.people.views import public

NEEDED = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_signup",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
}  # fmt: skip
"""Without those for changing the e-mail address, which is the administrator's deed; sign-up answers that it is closed."""

urlpatterns = [
    path("drugi-skladnik/", public.second_factor, name="people_second_factor"),
    *[pattern for pattern in account.urlpatterns if pattern.name in NEEDED],
    path("2fa/webauthn/keys/<int:pk>/remove/", public.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/webauthn/add/", public.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/totp/activate/", public.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
    path("miasto/", include("allauth.socialaccount.urls")),
    *openid_connect.urlpatterns,
]
