"""HTML from anywhere reduced to its structure: styles, classes, scripts and Word's own marks go, headings and lists stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import nh3
from lxml import etree, html

TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "a",
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "img", "div", "blockquote",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto", "tel", "data", "picture", "pasted"}
"""`picture:` names a picture that came with a document, `pasted:` a file that came with pasted text; `data:` is one within it."""
DEEPEST = 200
"""Boxes within boxes: the parser stops reading at some 255 and drops what lies deeper."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: nobody sees them, and what follows reads otherwise than it is written."""
_BOXES = re.compile(r"(?:</?(?:div|blockquote|li|ul|ol|tr|td|th|table|section|article)\b[^<>]*>\s*)+", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^<>]*>")
_STYLES = re.compile(r"(\s)data-style(\s*=)", re.IGNORECASE)
"""How static/editing/paste.js sends the styles of pasted text, by which Word's lists are known."""
_NUMBERED = re.compile(r"^\W*(\d+|[a-z]|[ivx]+)[.)]", re.IGNORECASE)


@dataclass
class Cleaned:
    """Structure alone, and codes of what was left out (words stand in notes.py)."""

    html: str
    notes: list[str] = field(default_factory=list)


def clean(text: str) -> Cleaned:
    """What of pasted HTML a page can use; nothing in it can run or look like anything."""
    without_comments = _STYLES.sub(r"\1style\2", _CONDITIONAL.sub("", _without_comments(text.replace("\x00", ""))))
    tree = _tree(without_comments)
    flat = tree is not None and _is_too_deep(tree)
    if flat:
        tree = _tree(_flattened(without_comments))
    notes = _leave_out(tree) if tree is not None else []
    if flat:
        notes.append("too_deep")
    _lists_of_word(tree)
    kept = "" if tree is None else etree.tostring(tree, encoding="unicode", method="html")
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    plain = nh3.clean(kept, tags=set(TAGS), attributes=attributes, url_schemes=set(SCHEMES), link_rel=None)
    return Cleaned(_TURNING.sub("", plain), notes)


def _without_comments(text: str) -> str:
    """In one pass, also when thousands are opened and none is closed; one that stays open is left to the parser."""
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[place:start])
        place = end + 3
    return "".join([*kept, text[place:]])


def _tree(text: str) -> html.HtmlElement | None:
    if not text.strip():
        return None
    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return None


def _is_too_deep(tree: html.HtmlElement) -> bool:
    """Whether the parser came to where it stops; without recursion, which would stop as well."""
    waiting = [(tree, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth >= DEEPEST:
            return True
        waiting += [(child, depth + 1) for child in element]
    return False


def _flattened(text: str) -> str:
    """The same words without the boxes: paragraphs, headings, links and pictures, with a new paragraph at the edges of each box."""
    kept = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "a", "img", "del", "ins"}
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    return nh3.clean(_BOXES.sub("<p>", text), tags=kept, attributes=attributes, url_schemes=set(SCHEMES), link_rel=None)


def _leave_out(tree: html.HtmlElement) -> list[str]:
    """Takes out deleted text and comments of a tracked document; codes of what was there."""
    notes = []
    if tree.findall(".//del") or tree.findall(".//ins"):
        notes.append("tracked")
    comments = [each for each in tree.iter() if isinstance(each.tag, str) and _is_comment(each)]
    if comments:
        notes.append("comments")
    for element in [*tree.findall(".//del"), *comments]:
        if element.getparent() is not None:
            element.drop_tree()
    return notes


def _is_comment(element: html.HtmlElement) -> bool:
    marks = f"{element.get('class', '')} {element.get('style', '')}".lower()
    return "msocom" in marks or "mso-element:comment" in marks.replace(" ", "")


def _lists_of_word(tree: html.HtmlElement | None) -> None:
    """Word pastes its lists as paragraphs with a bullet typed in front; they become lists again."""
    if tree is None:
        return
    paragraphs = [each for each in tree.iter("p") if "mso-list" in each.get("style", "").lower()]
    current = None
    for paragraph in paragraphs:
        marker = [each for each in paragraph.iter("span") if "mso-list:ignore" in each.get("style", "").lower().replace(" ", "")]
        kind = "ol" if marker and _NUMBERED.match(marker[0].text_content().strip()) else "ul"
        for each in marker:
            if each.getparent() is not None:
                each.drop_tree()
        if current is None or paragraph.getprevious() is not current or current.tag != kind:
            current = html.Element(kind)
            paragraph.addprevious(current)
        paragraph.tag, paragraph.tail = "li", None
        current.append(paragraph)
