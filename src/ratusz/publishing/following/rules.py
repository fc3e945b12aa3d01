"""What is worth a letter to followers, what may be followed and how it is named in links; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

FRESH = timedelta(days=3)
"""What was published longer ago than this and only now comes to the wire (an import, a moved page) is no news to anybody."""
LINK_LIVES = timedelta(days=7)
KINDS = ("district", "topic", "unit")


ASKS, ASKS_WITHIN, ASKS_KEPT = 20, timedelta(minutes=10), timedelta(days=1)


class AskedTooOften(Exception):
    """Too many addresses were written from one connection."""

    def __str__(self) -> str:
        return str(_("Too many questions came from this connection. Wait ten minutes and send it again."))


def check_asks(earlier: Iterable[datetime], at: datetime) -> None:
    """At most 20 from a connection within 10 minutes; raises AskedTooOften."""
    if sum(moment > at - ASKS_WITHIN for moment in earlier) >= ASKS:
        raise AskedTooOften


class NothingChosen(ValueError):
    """Somebody wants to follow, but nothing."""

    def __str__(self) -> str:
        return str(_("Choose at least one district, topic or unit."))


@dataclass(frozen=True)
class Choice:
    """One thing to follow: its kind and its number, "topic:5" in forms and links."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


def read_choices(codes: Iterable[Any]) -> list[Choice]:
    """Choices from codes; what is no code is left out, each is kept once, in the order of kinds and numbers."""
    found = set()
    for code in codes:
        kind, _colon, number = str(code).partition(":")
        if kind in KINDS and number.isascii() and number.isdecimal() and len(number) < 18:
            found.add(Choice(kind, int(number)))
    return sorted(found, key=lambda choice: (KINDS.index(choice.kind), choice.number))


def is_worth_telling(event: str, published_at: datetime, at: datetime) -> bool:
    """New things while they are fresh; corrections always, for whoever read the mistake must read the correction."""
    return event == "corrected" or (event == "new" and at - published_at < FRESH)
