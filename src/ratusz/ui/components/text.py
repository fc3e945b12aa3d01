"""What orders and frames running text."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ratusz.ui import drawing
from ratusz.ui.parts import Download, Link, Step, Tile

register = template.Library()


def _part(name: str, **context) -> SafeString:
    return render_to_string(f"ui/parts/{name}.html", context)


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]):
    """The way from the home page to the parent of this page."""
    return {"links": links}


@register.inclusion_tag("ui/parts/phase_banner.html")
def phase_banner(phase: str, text: str, url: str = "", link_label: str = ""):
    """One line on top: what phase this page or process is in."""
    return {"phase": phase, "text": text, "url": url, "link_label": link_label}


@register.simple_block_tag
def masthead(content: str, title: str, kicker: str = "", tone: str = "plain", tiles: Sequence[Tile] = (), marked: int = 0):
    """The head of a page: `kicker` above the h1, lead or facts as content.

    `tone`: "plain", or "panel" (full-width blue) for the one thing that is open now. `tiles` draw the city beside it on wide
    screens, with the district number `marked` in yellow: an ornament, so the words must say the same.
    """
    city = _city(tuple(tiles), marked) if tiles else ""
    return _part("masthead", content=content, title=title, kicker=kicker, tone=tone, city=city)


@lru_cache(maxsize=64)
def _city(tiles: tuple[Tile, ...], marked: int) -> SafeString:
    """The same tiles always make the same drawing."""
    return _part("masthead_city", map=drawing.tile_map(tiles), marked=marked)


@register.simple_block_tag
def notification(content: str, title: str = "", kind: str = "important"):
    """Tells of something outside the page's own text. `kind`: "important" or "success" (the result of what was just done)."""
    return _part("notification", content=content, title=title, kind=kind)


@register.simple_block_tag
def inset(content: str):
    """Sets a passage apart from the text around it."""
    return _part("inset", content=content)


@register.simple_block_tag
def warning(content: str):
    """What goes wrong, or is lost, if one does not heed it."""
    return _part("warning", content=content)


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False):
    """A part of the text that only some need. Several in a row inside <div class="accordion"> make an accordion."""
    return _part("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def pull_quote(content: str, who: str, role: str = ""):
    """A sentence somebody said, large, with who said it."""
    return _part("pull_quote", content=content, who=who, role=role)


@register.simple_block_tag
def answer_box(content: str, unit: str, role: str = "", day: date | None = None, changes: str = "", asked: str = ""):
    """The office's answer: who answered (unit, role), when, what changes; beside what was asked."""
    return _part("answer_box", content=content, unit=unit, role=role, day=day, changes=changes, asked=asked)


@register.inclusion_tag("ui/parts/contents_list.html")
def contents_list(links: Sequence[Link], title: str = ""):
    """Links to the parts of a long page."""
    return {"links": links, "title": title}


@register.inclusion_tag("ui/parts/step_by_step.html")
def step_by_step(steps: Sequence[Step], heading_level: int = 2):
    """The order in which a person does something, one step after another."""
    return {"steps": steps, "heading_level": heading_level}


@register.inclusion_tag("ui/parts/date_block.html")
def date_block(day: date, label: str = "", time: str = ""):
    """A date to be seen from afar: day large, month and year below, weekday; `label` says what happens then."""
    return {"day": day, "label": label, "time": time}


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", link_label: str = ""):
    """Why there is nothing here and what one can do instead."""
    return {"title": title, "text": text, "url": url, "link_label": link_label}


@register.inclusion_tag("ui/parts/file_list.html")
def file_list(files: Sequence[Download], title: str = ""):
    """Files to download; each with its format and size."""
    return {"files": files, "title": title}


@register.inclusion_tag("ui/parts/picture.html")
def picture(url: str, alt: str, caption: str = "", credit: str = "", width: int | None = None, height: int | None = None):
    """A picture with its caption and author. An empty `alt` says it is an ornament."""
    return {"url": url, "alt": alt, "caption": caption, "credit": credit, "width": width, "height": height}


@register.inclusion_tag("ui/parts/page_feedback.html")
def page_feedback(url: str = "/kontakt/"):
    """The link at the end of a page to tell that something is unclear or broken."""
    return {"url": url}


@register.inclusion_tag("ui/parts/cookie_note.html")
def cookie_note():
    """Says that reading this site sets no cookies."""
    return {}


@register.inclusion_tag("ui/parts/easy_slot.html")
def easy_slot(url: str):
    """The same in easy-to-read text (ETR)."""
    return {"url": url}


@register.inclusion_tag("ui/parts/sign_slot.html")
def sign_slot(url: str, length: str = "", transcript_url: str = ""):
    """The same in Polish Sign Language (PJM): a film with captions; its length in words; its transcript."""
    return {"url": url, "length": length, "transcript_url": transcript_url}
