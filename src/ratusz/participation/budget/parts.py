"""Parts that rooms above the budget bring to its pages, drawn so that they are kept with the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import Registry
from ratusz.publishing.website.registries import PagePart


def drawn_parts(registry: Registry[Callable[[Any, datetime], PagePart | None]], subject: Any) -> SafeString:
    """Every part under its heading, in order; "" when no room has anything to say."""
    at = database_now()
    found = sorted((part for each in registry if (part := each(subject, at)) is not None), key=lambda part: part.order)
    drawn = ((render_to_string("budget/part.html", {"part": part, **part.context}),) for part in found)
    return format_html_join("", "{}", drawn)
