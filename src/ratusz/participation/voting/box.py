"""The short way into the ballot box: a ballot that is taken at once passes by sessions, accounts and menus, which it does not need.

It answers nothing but "taken". Whatever else there is to say (refused, closed, voted already, no proof, the database is away) is
said by the ordinary way, to which the same request goes on; a ballot that did get in meanwhile gets its receipt there, by its
form's number. Both ways check the form token and give the same headers; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import ResolverMatch, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from ratusz.participation.voting import identity
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views import ballot

BOX = re.compile(r"/glosuj/([-a-zA-Z0-9_]+)/(pl|en|uk)/urna/")

FORM = "application/x-www-form-urlencoded"


@lru_cache(maxsize=64)
def _match(path: str) -> ResolverMatch:
    """The same few addresses for weeks."""
    return resolve(path)


@lru_cache(maxsize=1)
def _policy() -> str:
    """The content security policy as its middleware writes it: it has no part that differs between answers."""
    return CSPMiddleware(lambda request: HttpResponse())(HttpRequest())[HEADER]


class FormToken(CsrfViewMiddleware):
    """The check of the form token; that it is wrong is said by the ordinary way."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


class BallotBox:
    """Middleware, before sessions and page cache, inside the log of requests and the headers of transport."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.token = FormToken(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and (where := BOX.fullmatch(request.path_info)) and request.content_type == FORM:
            with override(where[2]):
                answer = self._taken(request, where[1], where[2])
            if answer is not None:
                return answer
        return self.get_response(request)

    def _taken(self, request: HttpRequest, edition_slug: str, language: str) -> HttpResponse | None:
        """The answer to a ballot that is in the box; None for all others."""
        # As the ordinary way's decorator: a report of an error has no ballot in it.
        request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]
        try:
            request.get_host()
            request.resolver_match = _match(request.path_info)
            if not self._has_form_token(request):
                return None
            # The first question is the check whether the connection still lives: where it does not, the ordinary way opens another.
            connection.health_check_done = True
            found = identity.at_the_box(request, edition_slug)
            if found is None or found[1].state != Vote.State.OPEN:
                return None
            proof, vote = found
            return _with_headers(ballot.put_in(request, vote, proof, language), language)
        except (VoteRefused, SuspiciousOperation, BadRequest, UnreadablePostError):
            return None
        except (DatabaseError, InterfaceError):
            connection.health_check_done = False
            return None

    def _has_form_token(self, request: HttpRequest) -> bool:
        self.token.process_request(request)
        return self.token.process_view(request, ballot.put_in, (), {}) is None


def _with_headers(answer: HttpResponse, language: str) -> HttpResponse:
    """Those that the ordinary way's middleware gives. What is further out gives its own to both."""
    add_never_cache_headers(answer)
    answer["Content-Length"] = "0"
    answer["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    answer["Vary"] = "Accept-Language"
    answer["Content-Language"] = language
    answer[HEADER] = _policy()
    return answer
