"""What modules tell about their numbers and cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Series:
    """A series of numbers that begins anew each year. `pattern` knows {year} and {number}, such as "U/{year}/{number:04}"."""

    name: Any
    pattern: str


@dataclass(frozen=True)
class Paper:
    """One file of a case. `made_at` and `title` go into the list of the package."""

    name: str
    title: str
    media_type: str
    content: bytes
    made_at: datetime
    is_public: bool = False


@dataclass(frozen=True)
class CaseKind:
    """A kind of case: its words, its class in the file plan, and its papers by the case's subject."""

    name: Any
    plan_class: str
    papers: Callable[[str], Iterable[Paper]]
    may_see: Callable[[Any, str, datetime], bool] = field(default=lambda person, subject, at: False)
    """f(person, subject, at): who besides the department may open the case and its papers."""


number_series: Registry[Series] = Registry("series of numbers")
"""Named "module.noun"."""
case_kinds: Registry[CaseKind] = Registry("kinds of cases")
"""Named "module.noun"."""
