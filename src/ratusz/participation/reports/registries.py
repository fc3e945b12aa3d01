"""What others bring to a report: whom we heard, further parts of it, and decisions that carry its effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry

report_parts: Registry[tuple[str, Callable[[Any, datetime], list[Any]]]] = Registry("parts that others write into a report")
"""name -> (code of the section, f(consultation, at) giving blocks of casework.documents without personal data). Codes: see
`gathering.SECTIONS`; "heard" is whom we heard against who lives there."""


@dataclass(frozen=True)
class Decided:
    """A decision that carries out what a report promised."""

    title: str
    state: str
    """In words: "zrobione", "w toku"."""
    url: str = ""
    day: date | None = None


@dataclass(frozen=True)
class EffectDoor:
    """A thing elsewhere that carries a promised effect out, such as a decision of the President."""

    label: Any
    """Words of the button."""
    made: Callable[[Any, Any, datetime], tuple[str, str] | None]
    """f(effect, person, at): its number and its address ("" for whoever may not see it), once it was made."""
    address: Callable[[Any, Any, datetime], str]
    """f(effect, person, at): where the button sends its POST; "" for whoever may not make it."""


effect_doors: Registry[EffectDoor] = Registry("what carries an effect of a consultation out")
decisions: Registry[Callable[[Any, datetime], Iterable[Decided]]] = Registry("decisions after a consultation")
"""name -> f(consultation, at); governance fills it."""
