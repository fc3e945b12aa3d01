"""Parts of public pages kept in memory until public content changes: menus, the map of districts, tables of published results.

A part depends on public content and on its key alone, never on who asks. The content version is read anew for every request, so a
change shows at once on every process; what depends on the clock is at most a minute late, as on a kept page.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

MOST_PARTS = 1000
"""Of one process. Most are a few kB; the largest, the rows of an edition's projects, takes 300 kB, and there is one an edition."""
SECONDS = 60

Part = TypeVar("Part")
_kept: OrderedDict[tuple, tuple[float, Any]] = OrderedDict()
_lock = Lock()


def kept(request: HttpRequest | None, make: Callable[[], Part], *key: Hashable) -> Part:
    """The part of this key as it was made for this language and content version, made now if it was not."""
    version = getattr(request, "content_version", None)
    if version is None or not settings.KEEP_PARTS:
        return make()
    full_key = (version, get_language(), *key)
    with _lock:
        until, part = _kept.get(full_key, (0.0, None))
    if until < time.monotonic():
        part = make()
        _keep(full_key, part)
    return part


def _keep(key: tuple, part: Any) -> None:
    with _lock:
        _kept[key] = (time.monotonic() + SECONDS, part)
        _kept.move_to_end(key)
        while len(_kept) > MOST_PARTS:
            _kept.popitem(last=False)


def forget_parts() -> None:
    """For tests and benches: the next request makes every part anew."""
    with _lock:
        _kept.clear()
