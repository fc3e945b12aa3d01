"""What upper modules say of the things that people support."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class SignerFacts:
    """What a signer said and what follows from it, for the thing's own rule."""

    name: str
    home: str
    district: Any
    """The district of the address; None where it is unknown or not certain."""
    is_child: bool = False
    channel: str = "online"


def _anybody(facts: SignerFacts, at: datetime) -> str:
    return ""


@dataclass(frozen=True)
class Supported:
    """What one thing asks of its supporters at a moment."""

    title: str
    url: str
    """Its public page."""
    needed: int
    basis: str
    """The legal basis of asking for signatures, printed on the sheet and the page."""
    who: str
    """Who may sign, in one sentence."""
    until: datetime | None = None
    """The first moment at which no signature is taken any more; None while nothing is set."""
    needs_district: bool = False
    """Whether the district of the address matters; the page then says which street has none."""
    is_online_allowed: bool = False
    """Off unless the city's rules say so ("wymaga zapisu"): `terms.term("is_online_allowed", at)` is the dated setting."""
    online_clause: str = ""
    """The article the rules must have before signatures are taken online; told wherever they are off."""
    guardian_below: int | None = None
    """Below which age a guardian signs; None: the setting of the pack."""
    kept_days: int | None = None
    """Days of keeping after the thing ended; None: the setting of the pack."""
    pesel_ground: str = ""
    """The recorded ground on which printed lists have a column for PESEL; "" prints none. Nobody types it into this program."""
    birth_ground: str = ""
    """The ground on which printed lists have a column for the date of birth; "" prints none. Nobody types it into this program."""
    check: Callable[[SignerFacts, datetime], str] = field(default=_anybody)
    """f(facts, at): words why this person may not sign, "" when they may. Pure."""


@dataclass(frozen=True)
class SupportedKind:
    """A kind of things. `of` gives what one asks for, by its subject key; None when there is no such thing."""

    name: Any
    of: Callable[[str], Supported | None]
    may_see: Callable[[Any, str, datetime], bool] = field(default=lambda person, subject, at: False)
    """f(person, subject, at): who besides the department may see its lists."""


supported_things: Registry[SupportedKind] = Registry("things that people support with signatures")
"""Named as the part of the subject before the colon: "budget.application" for "budget.application:12"."""


def thing_of(subject: str) -> Supported | None:
    """What the thing asks for now; None when its kind or itself is gone."""
    kind = subject.partition(":")[0]
    return supported_things[kind].of(subject) if kind in supported_things else None
