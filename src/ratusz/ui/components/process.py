"""A process in time, and what a person holds after doing something in it."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string

from ratusz.ui.parts import Stage

register = template.Library()


@register.inclusion_tag("ui/parts/clock_line.html")
def clock_line(stages: Sequence[Stage], title: str = "", button_label: str = "", button_url: str = ""):
    """A process as dated stages with today marked, and the one thing one can do now as its one button."""
    return {"stages": stages, "title": title, "button_label": button_label, "button_url": button_url}


@register.simple_block_tag
def receipt(content: str, code: str, title: str, proves_not: str = "", save_url: str = "", save_label: str = ""):
    """Proof for a person: the code large, what it proves (the content) and what it does not; print and save."""
    context = {
        "content": content,
        "code": code,
        "title": title,
        "proves_not": proves_not,
        "save_url": save_url,
        "save_label": save_label,
    }
    return render_to_string("ui/parts/receipt.html", context)
