"""Who asks and when, the same for a whole request: the menu of the admin asks every module's rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from ratusz.foundation.kit.clock import database_now


def who_asks(request: HttpRequest) -> tuple[Any, datetime]:
    """The person of the request and one moment for all of it, so that their roles are read once."""
    if not hasattr(request, "_moment_asked"):
        request._moment_asked = database_now()  # type: ignore[attr-defined]
    return request.user, request._moment_asked  # type: ignore[attr-defined]


def with_deed(request: HttpRequest, deed: str) -> tuple[Any, str, None, datetime]:
    """The arguments of a module's `may` for a deed on nothing in particular."""
    person, at = who_asks(request)
    return person, deed, None, at
