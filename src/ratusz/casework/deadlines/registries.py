"""Where upper modules plug in: their packs of rules, and what they do when a clock warns or runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ratusz.foundation.kit.registries import Registry

if TYPE_CHECKING:
    from ratusz.casework.deadlines.models import Clock

case_doors: Registry[Callable[[Any, Clock, datetime], bool]] = Registry("doors of the cases that clocks run on")
"""The subject's part before the number ("requests.request") -> f(person, clock, at): whether the person may open the case at its
address. Whoever registers here puts its cases on the desks itself, in its own words."""

case_readers: Registry[Callable[[Any, datetime], bool]] = Registry("who gets in where clocks lead")
"""The subject's part before the number -> f(person, at). A person of the unit who does not get in is led to the clock's own page,
which says what waits; unlike `case_doors`, the clock stays on the desk."""

clock_packs: Registry[Path] = Registry("packs of rules for clocks")
"""Module -> the TOML file with its rules; see packs/clocks.toml for the format."""

clock_listeners: Registry[Callable[[Clock, str], None]] = Registry("listeners to clocks")
"""name -> f(clock, step), called once for each "warned:1", "warned:2" … and "overdue", after a missed run too."""
