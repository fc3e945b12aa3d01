"""Names of places on the screens of messages."""

from django import template

from ratusz.publishing.messages.outlets import outlet_of

register = template.Library()


@register.simple_tag
def outlet_name(code: str) -> str:
    """The place as staff read it."""
    return str(outlet_of(code).name)
