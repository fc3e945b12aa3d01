"""What every public page of the platform shares: who reads it, the right refused in words, and the moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.forum.models import Participant
from ratusz.participation.forum.sessions import reader_of

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for everybody: kept by nobody, since it says who reads it."""
    return never_cache(csrf_protect(sensitive_post_parameters()(view)))


def signed_in(view: View) -> View:
    """A page of whoever has an account; others are asked for a code first and come back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if reader_of(request) is None:
            return redirect(reverse("forum:account") + "?" + urlencode({"dalej": request.path}))
        return view(request, *args, **named)

    return public(wrapped)


def own(request: HttpRequest) -> Participant:
    """The account behind a page that asks for one."""
    found = reader_of(request)
    assert found is not None
    return found


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page with who reads it."""
    answer = render(request, f"forum/{template}.html", {"reader": reader_of(request), **context}, status=status)
    patch_vary_headers(answer, ["Cookie"])
    return answer


def start_of(request: HttpRequest) -> int | None:
    """With which row a list begins: the number the address carries."""
    return plain_number(request.GET.get("od", ""))


def line_of(request: HttpRequest) -> str:
    """What limits count by."""
    return client_line(request)


def press(request: HttpRequest, deed: Callable[[], str], back: str, *, refused: type[Exception]) -> HttpResponse:
    """What stands behind one button: its words, or why not, on the page one comes back to."""
    try:
        messages.success(request, deed())
    except refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(back)
