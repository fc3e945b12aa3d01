"""When two sendings are one: the same person, address and words from one rendering of a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

TOKEN = "csrfmiddlewaretoken"
"""Django masks this field anew each time it draws a page, so it tells one rendering from the next, without JavaScript."""


def key_of(person: str, path: str, fields: Mapping[str, list[str]], files: Iterable[tuple[str, str, int]]) -> str:
    """The digest by which a sending is known; empty when the form does not say from which rendering it comes.

    The words count too: what was sent, brought back by the browser's button and changed is a new deed.
    """
    if not any(fields.get(TOKEN, ())):
        return ""
    sent = [person, path, sorted((name, list(values)) for name, values in fields.items()), sorted(files)]
    return hashlib.sha256(json.dumps(sent).encode()).hexdigest()
