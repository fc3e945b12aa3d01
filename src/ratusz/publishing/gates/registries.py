"""Gates and readers of all modules; upper modules fill them in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry

from .findings import Gate
from .reading import Reading


@dataclass(frozen=True)
class Reader:
    """How one kind of text becomes a Reading, and how it is found again by its key."""

    read: Callable[[Any], Reading]
    load: Callable[[str], Any] = lambda number: None
    """From what stands after the colon of the subject's key; None when it is gone."""
    may_see: Callable[[Any, Any, datetime], bool] = lambda person, thing, at: False
    """Whether the person may see the thing and its findings at that moment."""

    def __call__(self, thing: Any) -> Reading:
        return self.read(thing)


gates: Registry[Gate] = Registry("gates")
"""Code ("W04") -> gate."""
readers: Registry[Reader] = Registry("readers of texts")
"""Kind ("page") -> reader; the subject's key is "<kind>:<number>"."""


def thing_of(subject: str) -> tuple[Reader, Any] | None:
    """The reader and the thing of a key, or None when the kind is unknown or the thing gone."""
    kind, _, number = subject.rpartition(":")
    if kind not in readers:
        return None
    reader = readers[kind]
    thing = reader.load(number)
    return None if thing is None else (reader, thing)
