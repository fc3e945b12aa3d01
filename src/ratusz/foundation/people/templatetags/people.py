"""Tags of the pages of accounts: other ways in than the sign-in."""

from __future__ import annotations

from typing import Any

from django import template

from ratusz.foundation.people.homes import other_doors

register = template.Library()


@register.simple_tag(takes_context=True)
def doors(context: dict[str, Any]) -> list[tuple[str, str]]:
    """(words, address) of every other way in that is open to this request."""
    request = context["request"]
    return [door for open_door in other_doors if (door := open_door(request)) is not None]
