"""Where people come after signing in when they came from no page, and other ways in than the sign-in: registries for modules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from ratusz.foundation.kit.registries import Registry

homes: Registry[Callable[[Any, datetime], str]] = Registry("homes of staff without the admin")
"""Module -> f(person, at) giving an address of its own, or "" when the person has nothing to do there."""


def home_of(person: Any, at: datetime) -> str:
    """The first home a module has for somebody whom the admin would refuse; "" for everybody else."""
    if not person.is_staff or person.has_perm("wagtailadmin.access_admin"):
        return ""
    return next((address for home in homes if (address := home(person, at))), "")


other_doors: Registry[Callable[[HttpRequest], tuple[str, str] | None]] = Registry("other doors than the sign-in")
"""name -> f(request) giving (words, address) of another way in, shown under the sign-in, or None where it is shut."""
