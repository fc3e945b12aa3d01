"""Keeps the markup of components that are drawn from their arguments alone: menus, footers, maps, bars."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_DRAWINGS = 300
"""Of one component in one process; a map of districts takes 9 kB."""


def drawn_once(draw: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """The same arguments in the same language give the same markup, so it can't be stale; what can't be a key is drawn anew."""

    @lru_cache(maxsize=MOST_DRAWINGS, typed=True)
    def kept(_language: str | None, *arguments: Any, **named: Any) -> SafeString:
        return draw(*arguments, **named)

    @wraps(draw)
    def drawn(*arguments: Any, **named: Any) -> SafeString:
        if settings.DEBUG:
            return draw(*arguments, **named)
        frozen = [_frozen(argument) for argument in arguments]
        try:
            return kept(get_language(), *frozen, **{name: _frozen(argument) for name, argument in named.items()})
        except TypeError:
            return draw(*arguments, **named)

    return drawn


def _frozen(argument: Any) -> Any:
    return tuple(argument) if isinstance(argument, list) else argument
