"""The door of the intranet: any active account of staff, whatever the role; nobody else, and no cache on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ratusz.publishing.intranet import rules


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sends visitors to the sign-in and back here; residents' accounts are refused."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not rules.is_staff(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(checked)
