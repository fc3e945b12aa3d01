"""Tags for our overrides of Wagtail's admin templates."""

from __future__ import annotations

import json

from django import template
from django.utils.safestring import SafeString

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
