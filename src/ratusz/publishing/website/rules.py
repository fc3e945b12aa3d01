"""What may be asked of the portal, and how often; pure, the moment is an argument."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

TRIES = 20
TRIES_WITHIN = timedelta(minutes=10)
LONGEST_NUMBER = 80
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NOT_IN_A_NUMBER = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


class TooManyTries(Exception):
    """Somebody tries numbers too often; `wait_until` says when the next try is allowed."""

    def __init__(self, wait_until: datetime):
        super().__init__(_("Too many numbers were tried from this connection. Wait a few minutes and try again."))
        self.wait_until = wait_until


def normalised_number(text: str) -> str:
    """What was typed as the registry of receipts wants it: upper case, no spaces or invisible characters, plain dashes."""
    text = unicodedata.normalize("NFKC", text)
    return _NOT_IN_A_NUMBER.sub("", _DASHES.sub("-", text)).upper()[:LONGEST_NUMBER]


def check_tries(earlier: list[datetime], at: datetime) -> None:
    """At most 20 tries within 10 minutes; raises TooManyTries."""
    recent = sorted(moment for moment in earlier if moment > at - TRIES_WITHIN)
    if len(recent) >= TRIES:
        raise TooManyTries(recent[-TRIES] + TRIES_WITHIN)
