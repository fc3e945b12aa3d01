"""What upper modules put on the portal's pages: parts of the home page and of a district's page. Filled in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class PagePart:
    """A part of a page that another module brings: its heading, its own template and what that template reads."""

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    """Smaller comes first; news of the website stand at 50."""
    anchor: str = ""
    """Id of the part's heading, so that it can be linked to."""


home_parts: Registry[Callable[[datetime], PagePart | None]] = Registry("parts of the home page")
"""name -> f(at) giving the part, or None when there is nothing to show now."""

district_parts: Registry[Callable[[Any, datetime], PagePart | None]] = Registry("parts of a district's page")
"""name -> f(district, at) giving the part, or None when there is nothing to show."""


def parts_of_home(at: datetime) -> list[PagePart]:
    """The parts other modules bring to the home page at a moment, in order."""
    return _in_order(part(at) for part in home_parts)


def parts_of_district(district: Any, at: datetime) -> list[PagePart]:
    """The parts other modules bring to a district's page at a moment, in order."""
    return _in_order(part(district, at) for part in district_parts)


def _in_order(parts) -> list[PagePart]:
    return sorted((part for part in parts if part is not None), key=lambda part: part.order)
