"""Staff: whether login.gov.pl is connected, which certificates are in use until when, and what it has to know about us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.voting.adapters import node as adapter
from ratusz.participation.voting.adapters.node import Node, NodeAway
from ratusz.participation.voting.door_words import node_stop
from ratusz.participation.voting.views.node_identity import back_address
from ratusz.participation.voting.views.staff_doors import require_may

SOON = timedelta(days=30)
"""A certificate that ends within this time is told of: a new one takes the node some weeks."""


@never_cache
@require_safe
def connection(request: HttpRequest) -> HttpResponse:
    """Asks the node whether it answers, and lists what is set. Keys are shown nowhere."""
    require_may(request, "see_register")
    found: Node | None = None
    problem = ""
    try:
        found = adapter.node()
    except NodeAway as away:
        problem = node_stop(away)
    context: dict[str, Any] = {"problem": problem, "back": back_address(), "node": found}
    if found:
        context |= {"is_up": found.is_up(), "rows": list(_rows(found, database_now()))}
    return render(request, "voting/staff/node.html", context)


def _rows(node: Node, at: datetime) -> Iterator[dict[str, Any]]:
    for one in node.certificates:
        yield _row(_("login.gov.pl signs with it"), one, at)
    yield _row(_("we sign with it"), node.our_certificate, at)
    yield _row(_("assertions are sealed for it"), node.opening_certificate, at)


def _row(use: str, certificate: x509.Certificate, at: datetime) -> dict[str, Any]:
    ends = certificate.not_valid_after_utc
    if at > ends or at < certificate.not_valid_before_utc:
        state = _("not valid: nothing that is signed with it is taken")
    else:
        state = _("ends soon: order a new one") if ends - at < SOON else _("valid")
    return {"use": use, "ends": polish_date(ends), "state": state, "fingerprint": certificate.fingerprint(SHA256()).hex(":")[:23]}
