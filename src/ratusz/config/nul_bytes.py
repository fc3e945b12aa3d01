"""Nobody types a NUL byte and the database keeps none: a request that carries one is not understood, whichever field it came in."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from ratusz.config.errors import nothing_to_understand

UNTRANSLATABLE = "22P05"
"""What PostgreSQL says of "\\u0000" in JSON."""


class NulBytesRefused:
    """Middleware: 400 instead of 500, for addresses, filters, forms and JSON alike; any other error goes on as it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only what the database said of a NUL byte."""
        if not isinstance(exception, DataError):
            return None
        is_nul = "NUL (0x00)" in str(exception) or getattr(exception.__cause__, "sqlstate", "") == UNTRANSLATABLE
        return nothing_to_understand() if is_nul else None
