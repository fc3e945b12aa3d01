"""What upper modules bring to the page of a request: what may become of it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ratusz.casework.requests.models import Request
from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class FollowUp:
    """A thing that a request may become, such as a decision of the President."""

    name: Any
    label: Any
    """Words of the button."""
    made: Callable[[Request, Any, datetime], tuple[str, str] | None]
    """f(request, person, at): its number and its address ("" for whoever may not see it), once it was made."""
    address: Callable[[Request, Any, datetime], str]
    """f(request, person, at): where the button sends its POST; "" for whoever may not make it."""


follow_ups: Registry[FollowUp] = Registry("what a request may become elsewhere")
