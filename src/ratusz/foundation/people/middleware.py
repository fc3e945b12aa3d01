"""The gate before every staff page: signed in, staff, with a second factor shown in this session."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from ratusz.foundation.people.second_factor import has_second_factor, showed_second_factor

SENSITIVE = (
    "/admin/users/", "/admin/groups/", "/admin/appointments/", "/admin/accounts/", "/admin/privacy/", "/admin/invitations/",
)  # fmt: skip
"""Whoever changes accounts or roles shows who they are again, at most 15 minutes before (ASVS 7.5.1)."""


def is_staff_view(request, view) -> bool:
    """The Wagtail admin and every module's views/staff.py; found by where the view lives, so that none can be forgotten."""
    view = getattr(view, "view_class", view)
    module = getattr(view, "__module__", "") or ""
    return request.path.startswith("/admin/") or module.endswith(".views.staff") or ".views.staff." in module


class StaffGateMiddleware:
    """Stands after allauth's AccountMiddleware, which turns ReauthenticationRequired into the page that asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not is_staff_view(request, view):
            return None
        account = request.user
        if not account.is_authenticated:
            return _to("account_login", request)
        if not account.is_staff:
            raise PermissionDenied
        if not showed_second_factor(request):
            return _to("mfa_reauthenticate" if has_second_factor(account) else "people_second_factor", request)
        # Wagtail would send whoever has no role yet to the sign-in page, which sends whoever is signed in back here, for ever.
        if not account.has_perm("wagtailadmin.access_admin") and request.path != "/admin/logout/":
            raise PermissionDenied
        return self._ask_again(request)

    def _ask_again(self, request):
        if request.method in ("GET", "HEAD") or not request.path.startswith(SENSITIVE):
            return None
        if not did_recently_reauthenticate(request):
            from allauth.account.adapter import get_adapter
            from allauth.account.internal.flows.reauthentication import suspend_request

            return suspend_request(request, get_adapter().get_reauthentication_methods(request.user)[0]["url"])
        return None


def _to(name: str, request) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
