"""The content security policy of the admin. The public pages keep the strict one of the settings, without exception."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# The rich-text editor writes two <style> elements of its own, one of them different at each load: no hash or nonce can name them.
_HAS_RICH_TEXT = re.compile(r"^/admin/(pages/(add/|\d+/edit/|\d+/revisions/)|snippets/.+/(add|edit)/|settings/)")


class AdminContentSecurity:
    """Gives admin pages their policy: no inline script at all (admin_start.js reads data), inline styles only in the editor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # Wagtail draws the editor's preview by sending a made-up request for the page's own address through all middleware.
            response["Content-Security-Policy"] = PREVIEW_POLICY
        elif request.path.startswith(ADMIN) and "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = admin_policy(request.path)
        return response


def admin_policy(path: str) -> str:
    """The policy of one admin address."""
    directives = dict(_POLICY)
    if _HAS_RICH_TEXT.match(path):
        directives["style-src"] = "'self' 'unsafe-inline'"
    return "; ".join(f"{name} {value}" for name, value in directives.items())


PREVIEW_POLICY = admin_policy("/admin/pages/0/edit/")
"""A public page inside the editor's frame: framed by ourselves only, with the styles that Wagtail's checks write into it."""
