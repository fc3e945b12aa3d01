"""A double of login.gov.pl in the demo, on this machine alone: one chooses who one is, and its answer goes the whole way.

With a vote whose voters are known by it.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from lxml import etree
from signxml.exceptions import SignXMLException

from ratusz.demo import voters, voting
from ratusz.demo.accounts import DOMAIN, is_demo_on_this_machine
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.participation.voting import actions
from ratusz.participation.voting.adapters.node import missing
from ratusz.participation.voting.node_double import NodeDouble

VOTE = "pokaz: głosowanie przez login.gov.pl"
REGISTERED = range(100, 420)
PEOPLE = (100, 160, 220, 280, 340, 50)
"""Numbers of made-up people one can be; the last is in no register."""
WRONG = (SignXMLException, etree.LxmlError, ValueError, TypeError, IndexError, AttributeError)
HANDLE = re.compile(r"[0-9a-f]{40}")


class KeptDouble(NodeDouble):
    """Several processes answer for it, so what waits lies in its folder."""

    def _path(self, artifact: str) -> Path | None:
        handle = b64decode(artifact)[-20:].hex()
        return self.folder / f"{handle}.json" if HANDLE.fullmatch(handle) else None

    def keep(self, artifact: str, facts: dict[str, str]) -> None:
        """As its base, in a file."""
        if path := self._path(artifact):
            path.write_text(json.dumps(facts), encoding="utf-8")

    def take(self, artifact: str) -> dict[str, str] | None:
        """As its base: the file goes with its first reader."""
        path = self._path(artifact)
        try:
            taken = path.rename(path.with_suffix(".taken")) if path else None
        except FileNotFoundError:
            return None
        if taken is None:
            return None
        facts: dict[str, str] = json.loads(taken.read_text(encoding="utf-8"))
        taken.unlink()
        return facts


def _double(request: HttpRequest) -> KeptDouble:
    if not is_demo_on_this_machine(request):
        raise Http404
    address = settings.RATUSZ_NODE_SIGN_IN.removesuffix("/sso")
    return KeptDouble(Path(settings.RATUSZ_NODE_KEYS), address, settings.RATUSZ_NODE_US)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Takes a signed request, asks who one is, and sends the browser back with an artifact."""
    double = _double(request)
    if request.method != "POST":
        return render(request, "demo/node.html", {})
    content, relay = request.POST.get("SAMLRequest", ""), request.POST.get("RelayState", "")
    try:
        facts = double.request_of(content)
    except WRONG:
        return HttpResponseBadRequest(
            _("This is no request that our service has signed."), content_type="text/plain; charset=utf-8"
        )
    chosen = request.POST.get("person", "")
    if chosen in {str(number) for number in PEOPLE}:
        return redirect(double.send_back(facts, relay, voters.pesel(int(chosen))))
    people = [(number, born_in(number), number in REGISTERED) for number in PEOPLE]
    return render(request, "demo/node.html", {"content": content, "relay": relay, "people": people})


def born_in(number: int) -> int:
    """The year in which one of them was born."""
    return (voters.FIRST_BIRTHDAY + timedelta(days=73 * number)).year


@never_cache
@csrf_exempt
@require_POST
def soap(request: HttpRequest, step: str) -> HttpResponse:
    """Exchanges an artifact, or ends a session."""
    try:
        answer = _double(request).take_soap(step, request.body)
    except WRONG:
        return HttpResponseBadRequest()
    return HttpResponse(answer, content_type="text/xml; charset=utf-8")


def load(report: Report) -> None:
    """The vote, its register and the keys. Repeatable."""
    if voting._exists(VOTE) or not voting._two() or missing():
        return
    report("głosowanie przez login.gov.pl")
    KeptDouble(Path(settings.RATUSZ_NODE_KEYS), "")
    with acting(system("demo")):
        now = database_now()
        edition = voting._edition(25, VOTE, now - voting.DAY, now + 10 * voting.DAY, {"identity.preset": "login_gov_pl"})
        vote = voting._opened(edition)
        coordinator, head = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("budget-coordinator", "head"))
        taken = actions.bring_register(vote=vote, content=voters._file(REGISTERED), person=coordinator)
        actions.take_register(brought=taken, person=head)
