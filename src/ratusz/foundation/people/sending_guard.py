"""What keeps machines out of public forms without a puzzle: a trap, a sum the browser does or a short wait, and limits as rows."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django import forms
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext, ngettext

from ratusz.foundation.kit.links import LinkRefused, read_link, sign_link
from ratusz.foundation.people.actions.limits import use_up, use_up_here

LINK = "people.proof"
OPEN_FOR = timedelta(hours=6)
"""How long a form may lie open before it is sent."""
SENDINGS = 5
"""How often one challenge may be used: a form that was refused is sent again without a new sum."""
HOUR = timedelta(hours=1)


class SendingRefused(ValueError):
    """The form cannot be taken so; the message says why and what to do."""


@dataclass(frozen=True)
class Challenge:
    """A sum for the browser, signed by us: bound to one kind of form, with the moment the form was opened."""

    purpose: str
    nonce: str
    bits: int
    issued_at: float
    """Seconds since 1970."""


@dataclass(frozen=True)
class Guard:
    """What the tag `sending_guard` draws."""

    challenge: str
    bits: int
    answer: str
    wait_seconds: int
    trap: str
    """Id of the field that people do not see."""


def issue(purpose: str, at: datetime, bits: int | None = None) -> str:
    """A challenge for a form opened at `at`; by default as hard as the settings say."""
    content = [purpose, secrets.token_hex(8), settings.RATUSZ_PROOF_BITS if bits is None else bits, int(at.timestamp())]
    return sign_link(LINK, content, at + OPEN_FOR)


def read_challenge(token: str, purpose: str, at: datetime) -> Challenge:
    """Raises SendingRefused for one that is not ours, of another form, or whose time is over."""
    try:
        found = Challenge(*read_link(LINK, token, at))
        if found.purpose == purpose:
            return found
    except (LinkRefused, TypeError):
        pass
    raise SendingRefused(gettext("The form was open for too long. Press the button once more: what you typed is still here."))


def is_solved(token: str, answer: str, bits: int) -> bool:
    """Whether SHA-256 of "token:answer" begins with `bits` zero bits; the same sum stands in ui/scripts/proof-worker.js."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > 16:
        return False
    return int.from_bytes(hashlib.sha256(f"{token}:{answer}".encode()).digest(), "big") >> (256 - bits) == 0


def solve(token: str, bits: int) -> str:
    """The browser's sum, for tests and figures."""
    return next(str(number) for number in count() if is_solved(token, str(number), bits))


class GuardedForm(forms.Form):
    """A public form with `{% sending_guard form %}` in its <form>. What it refuses stands above the form, and what was typed stays.

    `at` is the moment of the request, `line` what limits count by (`client_line(request)`); "" counts nobody.
    """

    guard_purpose = "form"
    """Names the kind of form, as "forum.comment": challenges and limits are its own."""
    sendings_an_hour = 20
    """From one line of the net, with the browser's sum done."""
    waited_an_hour = 6
    """From one line, without the sum but after the wait."""

    def __init__(self, *args: Any, at: datetime, line: str = "", **named: Any):
        super().__init__(*args, **named)
        self.at, self.line = at, line
        self.guard = self._guard(self.data if self.is_bound else {})

    def _guard(self, posted: Mapping[str, Any]) -> Guard:
        token, answer = str(posted.get("proof_challenge", "")), str(posted.get("proof_answer", ""))
        try:
            bits = read_challenge(token, self.guard_purpose, self.at).bits
        except SendingRefused:
            token, answer, bits = issue(self.guard_purpose, self.at), "", settings.RATUSZ_PROOF_BITS
        trap = self.auto_id % self.add_prefix("homepage") if self.auto_id and "%s" in str(self.auto_id) else "homepage"
        return Guard(token, bits, answer, settings.RATUSZ_PROOF_WAIT_SECONDS, trap)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self._check_sending()
        except SendingRefused as refusal:
            self.add_error(None, str(refusal))

    def _check_sending(self) -> None:
        if self.data.get("homepage"):
            raise SendingRefused(gettext("A field that people do not see was filled in. Press the button once more."))
        token, answer = str(self.data.get("proof_challenge", "")), str(self.data.get("proof_answer", ""))
        challenge = read_challenge(token, self.guard_purpose, self.at)
        did_work = is_solved(token, answer, challenge.bits)
        if not did_work:
            self._check_wait(challenge)
        kind, most = ("proof", self.sendings_an_hour) if did_work else ("wait", self.waited_an_hour)
        if self.line and not _take(f"{kind}.{self.guard_purpose}"[:40], self.line, most, HOUR):
            words = gettext("Many forms came from this connection. Wait an hour and send it again: what you typed is still here.")
            raise SendingRefused(words)
        if not _take("proof.used", challenge.nonce, SENDINGS, OPEN_FOR):
            self.guard = self._guard({})
            words = gettext("This form was sent several times. Press the button once more: what you typed is still here.")
            raise SendingRefused(words)

    def _check_wait(self, challenge: Challenge) -> None:
        left = int(challenge.issued_at + settings.RATUSZ_PROOF_WAIT_SECONDS - self.at.timestamp())
        if left > 0:
            words = ngettext(
                "Your browser did not finish its check, so the form needs a wait. Wait %(seconds)s second and send it again.",
                "Your browser did not finish its check, so the form needs a wait. Wait %(seconds)s seconds and send it again.",
                left,
            )
            raise SendingRefused(words % {"seconds": left})


def _take(kind: str, key: str, most: int, within: timedelta) -> bool:
    """A limit's row; in the transaction of a form that is carried out once, where there is one."""
    take = use_up_here if connection.in_atomic_block else use_up
    return take(kind=kind, key=key, most=most, within=within)
