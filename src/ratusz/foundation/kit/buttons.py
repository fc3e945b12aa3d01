"""What stands behind one button of a staff page: a deed that is done, or refused in words on the page one comes back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages


def press(
    request: HttpRequest, deed: Callable[[], Any], said: str, *back: Any, refused: type[Exception], not_yours: type[Exception]
) -> HttpResponse:
    """Carries the deed out. `refused` tells its own words, `not_yours` is a page that does not open; `back` is for `redirect`."""
    try:
        deed()
    except not_yours as refusal:
        raise PermissionDenied from refusal
    except refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(*back)
