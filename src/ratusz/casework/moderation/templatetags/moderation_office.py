"""{% moderation_nav %}: the screens of moderation that the person may open, as links on top of each."""

from __future__ import annotations

from typing import Any

from django import template

from ratusz.casework.moderation import rules
from ratusz.foundation.units.who_asks import with_deed

register = template.Library()


@register.inclusion_tag("moderation/staff/nav.html", takes_context=True)
def moderation_nav(context: Any) -> dict[str, bool]:
    """Links of whoever sees the queue, keeps places, leads."""
    request = context["request"]
    return {deed: rules.may(*with_deed(request, deed)) for deed in ("see", "keep", "lead")}
