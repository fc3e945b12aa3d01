"""A text typed without any program's help: an empty line parts paragraphs, ## begins a heading, - an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from lxml import html

from .blocks import Block, html_of_blocks

_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:|/)[^\s()]+)\)")
_STRONG = re.compile(r"\*\*(?!\s)([^*]+?)(?<!\s)\*\*")
_EM = re.compile(r"(?<![*\w])\*(?![\s*])([^*]+?)(?<!\s)\*(?![*\w])")
_ITEM = re.compile(r"^\s*(?:[-–•*]|(\d{1,3})[.)])\s+(.*)$")


def html_of_text(text: str) -> str:
    """Plain text as HTML; whatever looks like HTML in it is shown as typed."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(piece for part in parts for piece in _pieces(part.strip("\n").split("\n")))


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """One part between empty lines: headings on lines of their own, runs of items, the rest a paragraph."""
    words: list[str] = []
    items: list[str] = []
    kind = ""
    for line in [*lines, "\x00"]:
        item, heading = _ITEM.match(line), re.match(r"^(#{2,3})\s+(.+)$", line)
        this = "" if item is None else "ol" if item[1] else "ul"
        if items and this != kind:
            yield f"<{kind}>{''.join(items)}</{kind}>"
            items = []
        if words and (item or heading or line == "\x00"):
            yield f"<p>{'<br>'.join(words)}</p>"
            words = []
        kind = this
        if item:
            items.append(f"<li>{_inline(item[2])}</li>")
        elif heading:
            level = f"h{len(heading[1])}"
            yield f"<{level}>{escape(heading[2].strip())}</{level}>"
        elif line.strip() and line != "\x00":
            words.append(_inline(line.strip()))


def _inline(line: str) -> str:
    safe = _LINK.sub(r'<a href="\2">\1</a>', escape(line))
    return _EM.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", safe))


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """The same text for a plain field, so that it can be changed without scripts."""
    whole = html_of_blocks(blocks)
    if not whole:
        return ""
    tree = html.fragment_fromstring(whole, create_parent="div")
    return "\n\n".join(part for element in tree if (part := _typed(element)))


def _typed(element: html.HtmlElement) -> str:
    if element.tag in ("h2", "h3"):
        return f"{'#' * int(element.tag[1])} {_words(element)}"
    if element.tag in ("ul", "ol"):
        marks = (f"{number}." if element.tag == "ol" else "-" for number, _item in enumerate(element, 1))
        return "\n".join(f"{mark} {_words(item)}" for mark, item in zip(marks, element, strict=True))
    return _words(element)


def _words(element: html.HtmlElement) -> str:
    parts = [_plain(element.text)]
    for child in element:
        parts += [_wrapped(child), _plain(child.tail)]
    return "".join(parts).strip()


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _wrapped(child: html.HtmlElement) -> str:
    if child.tag == "br":
        return "\n"
    inner = _words(child)
    if child.tag in ("strong", "b"):
        return f"**{inner}**"
    if child.tag in ("em", "i"):
        return f"*{inner}*"
    return f"[{inner}]({child.get('href')})" if child.tag == "a" and child.get("href") else inner
