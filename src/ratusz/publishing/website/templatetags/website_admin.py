"""Tags for our overrides of Wagtail's admin templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ratusz.publishing.website.admin_widgets import start_element

register = template.Library()


@register.simple_tag
def start(what: str, *arguments) -> SafeString:
    """`{% start "InlinePanel" options %}`: what admin_start.js starts."""
    return start_element(what, *arguments)


@register.filter
def from_json(text: str):
    """A JSON text of Wagtail's widgets as a value."""
    return json.loads(text)


@register.filter
def in_words(value: Any) -> Any:
    """Yes, no and nothing as people write them, where Wagtail prints Python's True, False and None."""
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value
