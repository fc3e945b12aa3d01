"""The last answer when a page could not be made: 503 with when to come back if the database is away, else 500.

Neither touches the database or the template engine: both may be what broke.
"""

from __future__ import annotations

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

RETRY_SECONDS = 30
logger = logging.getLogger("ratusz.errors")

PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1">{style}</head>
<body><main id="tresc" class="width main"><h1>{title}</h1><p>{what}</p><p>{what_to_do}</p></main></body>
</html>
"""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500; it is called while the exception is being handled."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return database_is_away()
    return HttpResponse(
        _page(
            _("Something broke on our side"),
            _("The page could not be made. We have a record of the error and will look into it."),
            _("Go back and try once more. If you sent a form, first check whether we sent you a confirmation."),
        ),
        status=500,
    )


def database_is_away() -> HttpResponse:
    """Says that nothing was saved, so that nobody believes that a form went through."""
    response = HttpResponse(
        _page(
            _("The service is not available for the moment"),
            _("We are already at work on it. What you were sending has not been saved."),
            _("Leave this page open and refresh it in a minute."),
        ),
        status=503,
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def nothing_to_understand() -> HttpResponse:
    """For what no person types: the database cannot keep it, so it is not even asked again."""
    words = _("Something in the address or in the form cannot be read.")
    response = HttpResponse(
        _page(_("We do not understand this request"), words, _("Go back, type it anew and send it once more.")), status=400
    )
    response["Cache-Control"] = "no-store"
    return response


def _page(title: str, what: str, what_to_do: str) -> str:
    return PAGE.format(title=title, what=what, what_to_do=what_to_do, style=_style(), language=get_language() or "pl")


def _style() -> str:
    try:
        from ratusz.ui.assets import address

        return f'<link rel="stylesheet" href="{address("ratusz.css")}">'
    except Exception:
        # A plain page is better than none.
        logger.exception("no style sheet for the error page")
        return ""
