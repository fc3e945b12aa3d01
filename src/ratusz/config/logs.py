"""Logs as lines of JSON in UTC, with the number of the request, and without what identifies or lets in a person.

What is taken out is replaced by its kind, so that a line still tells what happened. Better one harmless number too many taken out
than one PESEL left: see trust.md, sections 2.2 and 8.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

request_number: ContextVar[str] = ContextVar("request_number", default="")

SECRET_NAMES = (
    r"(?:pass(?:word)?|has[łl]o|secret|token|code|kod|otp|key|klucz|session(?:id)?|csrf\w*|authorization|cookie|pesel|signature)"
)
VALUE = r"""(?:(?:bearer|basic)\s+)?("[^"]*"|'[^']*'|[^\s,;&"'})]+)"""
PREFIX_48 = r"(?<![\w.])(?:\(?(?:\+|00)48\)?[ \u00a0.-]?)?"

HIDDEN = [
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (rf"(\b\w*{SECRET_NAMES}\w*[\"']?\s*[=:]\s*){VALUE}", r"\1[secret]"),
        (r"\b(?:bearer|basic)\s+[\w.~+/=-]{8,}", "[secret]"),
        (r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", "[e-mail]"),
        (r"\b[\w-]{6,}:[\w-]{5,}:[\w-]{20,}", "[signed]"),
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[a-z0-9_-]{24,}={0,2}(?![\w-])", "[token]"),
        (r"(?:\+|\b00)48[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{3}(?!\w)", "[phone]"),
        (r"(?<!\d)(?:\d[ \u00a0-]?){10}\d(?!\d)", "[PESEL]"),
        (PREFIX_48 + r"\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{3}(?!\w)", "[phone]"),
        (PREFIX_48 + r"\(?\d{2}\)?[ \u00a0-]\d{3}[ \u00a0-]\d{2}[ \u00a0-]\d{2}(?!\w)", "[phone]"),
        (r"\b(kod\w*|code|otp)\b(\D{0,12})\d{4,8}\b", r"\1\2[code]"),
        (r"(?<![\w.:-])\d{6}(?![\w.:-]|\.\d)", "[code]"),
    )
]
"""Pattern -> what stands there instead. Names of secrets go first, so that their whole value is taken."""

ALWAYS_THERE = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "request", "taskName"}


def without_personal_data(text: str) -> str:
    """The text with PESEL, phones, e-mail addresses, codes, tokens and passwords replaced by their kinds."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


class JsonLine(logging.Formatter):
    """One record as one line of JSON. Extra fields are kept, filtered like the message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
        }
        if number := request_number.get():
            line["request"] = number
        for name, value in record.__dict__.items():
            if name not in ALWAYS_THERE and not name.startswith("_"):
                line[name] = value if isinstance(value, (int, float)) else _extra(name, value)
        if record.exc_info:
            line["error"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _extra(name: str, value: object) -> str:
    return "[secret]" if re.fullmatch(rf"(?i)\w*{SECRET_NAMES}\w*", name) else without_personal_data(str(value))


class RequestLog:
    """Middleware, outermost: numbers each request, sends the number back in X-Request-ID and writes one line about it.

    The line has the route, not the address: a signed link or a search query never reaches the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _number_given(request) or uuid.uuid4().hex
        token = request_number.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            self._write(request, response, time.perf_counter() - began)
            return response
        finally:
            request_number.reset(token)

    def _write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.route if request.resolver_match else "-"
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        figures = {"status": response.status_code, "ms": round(seconds * 1000)}
        logger.log(level, "%s %s", request.method, route, extra=figures)


def _number_given(request: HttpRequest) -> str:
    """A proxy may have numbered the request already; anything but a plain number of its kind is not taken over."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if re.fullmatch(r"[0-9a-f-]{16,64}", given) else ""


logger = logging.getLogger("ratusz.requests")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ratusz.config.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    # Libraries tell their warnings only; what goes on is told by our own loggers.
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own loggers would print past the filter; a 4xx is told by our line about the request.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "ratusz": {"level": "INFO"},
    },
}
"""For Django and gunicorn alike; stderr is what systemd, containers and the demo keep."""
