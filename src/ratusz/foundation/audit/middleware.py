"""Puts the signed-in person, the address and the request's number into the record's context for the time of one request."""

from __future__ import annotations

import re
import secrets

from ratusz.foundation.audit.acting import NOBODY, acting, counting_records, person
from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.addresses import client_address

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(request) -> str:
    """The proxy's X-Request-ID when it looks like one (it goes into the log), else a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


class ActingMiddleware:
    """Stands after AuthenticationMiddleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = request_id(request)
        # Reading the account costs a query, so a visitor without a session is not asked for one.
        account = request.user if request.session.session_key else None
        actor = person(account) if account is not None and account.is_authenticated else NOBODY
        with acting(actor, address=client_address(request), request_id=request.id), counting_records() as recorded:
            response = self.get_response(request)
            is_change = request.method not in SAFE_METHODS and response.status_code < 400
            if is_change and not recorded and actor.kind == "person" and account.is_staff:
                record_request(request)
            return response


def record_request(request) -> None:
    """The safety net: a staff request that may have changed something and left no entry of its own leaves its address here."""
    match = request.resolver_match
    record(deed="audit.staff_request", subject=match.view_name if match else "", after={"method": request.method})
