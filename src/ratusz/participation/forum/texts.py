"""Words of a comment as safe HTML: a small part of Markdown, nothing that runs or looks like ours, links that lend no weight."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "a", "code"}
SCHEMES = ("https://", "http://", "mailto:")
RELATION = "nofollow ugc noopener noreferrer"
LONGEST_PREVIEW = 200
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the direction of writing: what follows would read otherwise than it is written."""
_BARE_LINK = re.compile(r"(?<![\w(<\[\"'=/])https?://[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;:!?]")
_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+|[*_`#\[\]]|\(https?://[^)\s]*\)", re.MULTILINE)
"""A sign of quoting is one at the beginning of a line alone: elsewhere it is what somebody wrote."""


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True})
    return reader.disable(
        ["image", "html_block", "html_inline", "heading", "lheading", "hr", "code", "fence", "reference", "entity"]
    )


@lru_cache(maxsize=4096)
def rendered(words: str) -> SafeString:
    """The words of a comment as HTML. Whatever else than `TAGS` comes out of them is shown as it was typed, or is gone."""
    drawn = _markdown().render(_BARE_LINK.sub(r"<\g<0>>", _TURNING.sub("", words)))
    clean = nh3.clean(
        drawn, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=RELATION,
        attribute_filter=lambda _tag, name, value: value if name != "href" or value.startswith(SCHEMES) else None,
    )  # fmt: skip
    return mark_safe(clean)


def plain(words: str, length: int = LONGEST_PREVIEW) -> str:
    """The beginning of the words without marks, cut between words: for lists, feeds and search."""
    text = " ".join(_MARKS.sub("", _TURNING.sub("", words)).split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",.;:-") + "…"
