"""The text of a notice as a plain structure: headings, paragraphs and lists of pieces with weight and links. Nothing else is kept.

A block is {"kind": "heading"|"paragraph"|"bullets"|"numbers", "lines": [[piece, …], …]}, a piece
{"text": …, "bold"?: true, "url"?: …}.
Whatever is pasted becomes this, so no markup of anybody else is ever shown.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ratusz.foundation.kit.links import is_safe_url

Block = dict[str, Any]
MOST_CHARACTERS = 40_000
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul": "bullets", "ol": "numbers"}
PARTS = {"p", "div", "section", "article", "blockquote", "td", "th", "tr", "table", "tbody", "thead", "body", "html", "[document]"}
DROPPED = {"script", "style", "head", "title", "iframe", "object", "svg", "img", "template"}
BOLD = {"b", "strong"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ0-9„(])")
_NUMBERED = re.compile(r"\d+[.)]\s+(?=\S)")
_SHORT = re.compile(r"(?:\b(?:r|ul|nr|np|tel|tj|godz|m\.in|im|al|pl|art|ust|pkt|dr|mgr|inż|św|ok|tzw|itd|itp))\.$", re.IGNORECASE)


def from_html(html: str) -> list[Block]:
    """The structure of pasted or typed markup; scripts, pictures, styles, tables' frames and unsafe links are dropped."""
    blocks: list[Block] = []
    # Inside a tag, because a bare word with a dot makes Beautiful Soup warn that it may be the name of a file.
    _walk(BeautifulSoup(f"<div>{html[: MOST_CHARACTERS * 4]}</div>", "html.parser"), blocks, [])
    return [block for block in blocks if block["lines"]]


def from_text(text: str) -> list[Block]:
    """Paragraphs parted by empty lines; lines that all begin with a dash or a number are a list."""
    blocks = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith(("- ", "– ", "• ")) for line in lines):
            blocks.append({"kind": "bullets", "lines": [[{"text": line[2:].strip()}] for line in lines]})
        elif lines and all(_NUMBERED.match(line) for line in lines):
            blocks.append({"kind": "numbers", "lines": [[{"text": _NUMBERED.sub("", line)}] for line in lines]})
        elif lines:
            blocks.append({"kind": "paragraph", "lines": [[{"text": " ".join(lines)}]]})
    return blocks


def _walk(tag: Tag, blocks: list[Block], open_line: list[dict]) -> None:
    """Goes through the markup; `open_line` gathers loose text until a part begins or ends."""
    for child in tag.children:
        if isinstance(child, Tag) and child.name in DROPPED:
            continue
        if isinstance(child, Tag) and (child.name in HEADINGS or child.name in LISTS or child.name in PARTS):
            _close(blocks, open_line)
            _part(child, blocks)
        elif isinstance(child, Tag) and child.name == "br":
            _close(blocks, open_line)
        elif isinstance(child, Tag) or type(child) is NavigableString:
            # Comments and declarations are subclasses of NavigableString: Word hides much in them.
            open_line.extend(_pieces(child))
    _close(blocks, open_line)


def _part(tag: Tag, blocks: list[Block]) -> None:
    if tag.name in HEADINGS:
        blocks.append({"kind": "heading", "lines": [line for line in [_joined(_pieces(tag, keeps_bold=False))] if line]})
    elif tag.name in LISTS:
        lines = [_joined(_pieces(item)) for item in tag.find_all("li")]
        blocks.append({"kind": LISTS[tag.name], "lines": [line for line in lines if line]})
    else:
        _walk(tag, blocks, [])


def _close(blocks: list[Block], open_line: list[dict]) -> None:
    if line := _joined(open_line):
        blocks.append({"kind": "paragraph", "lines": [line]})
    open_line.clear()


def _pieces(node: Any, *, bold: bool = False, url: str = "", keeps_bold: bool = True) -> list[dict]:
    if not isinstance(node, Tag):
        if type(node) is not NavigableString:
            return []
        piece: dict = {"text": re.sub(r"\s+", " ", str(node))}
        return [piece | ({"bold": True} if bold else {}) | ({"url": url} if url else {})]
    if node.name in DROPPED or node.name in LISTS:
        return []
    if node.name == "a":
        href = str(node.get("href") or "")
        url = href if is_safe_url(href) else ""
    bold = keeps_bold and (bold or node.name in BOLD)
    return [piece for child in node.children for piece in _pieces(child, bold=bold, url=url, keeps_bold=keeps_bold)]


def _joined(pieces: list[dict]) -> list[dict]:
    """Pieces of equal kind joined, the line's ends trimmed, empty ones gone."""
    line: list[dict] = []
    for piece in pieces:
        if line and {**line[-1], "text": ""} == {**piece, "text": ""}:
            line[-1] = {**line[-1], "text": re.sub(r" +", " ", line[-1]["text"] + piece["text"])}
        else:
            line.append(dict(piece))
    while line and not line[0]["text"].strip():
        line.pop(0)
    while line and not line[-1]["text"].strip():
        line.pop()
    if line:
        line[0]["text"] = line[0]["text"].lstrip()
        line[-1]["text"] = line[-1]["text"].rstrip()
    return line


def text_of(line: list[dict]) -> str:
    """A line without weight and links."""
    return "".join(piece["text"] for piece in line)


def lines_of(blocks: list[Block]) -> list[str]:
    """Each heading, paragraph and item of a list as plain text, in order."""
    return [text_of(line) for block in blocks for line in block["lines"]]


def sentences_of(text: str) -> list[str]:
    """The sentences of a line; an abbreviation ("ul.", "godz.") ends none."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and _SHORT.search(found[-1]):
            found[-1] += " " + part
        else:
            found.append(part)
    return [part.strip() for part in found if part.strip()]


FRAMES = {"heading": "<h2>{}</h2>", "paragraph": "<p>{}</p>", "bullets": "<ul>{}</ul>", "numbers": "<ol>{}</ol>"}


def to_html(blocks: list[Block]) -> SafeString:
    """Markup for a page; every text is escaped here, and links are checked once more."""
    return format_html_join("\n", "{}", ((_block_html(block),) for block in blocks))


def _block_html(block: Block) -> SafeString:
    lines = ((_line_html(line),) for line in block["lines"])
    if block["kind"] in LISTS.values():
        return format_html(FRAMES[block["kind"]], format_html_join("", "<li>{}</li>", lines))
    return format_html_join("", FRAMES[block["kind"]], lines)


def _line_html(line: list[dict]) -> SafeString:
    return format_html_join("", "{}", ((_piece_html(piece),) for piece in line))


def _piece_html(piece: dict) -> SafeString | str:
    shown = format_html("<strong>{}</strong>", piece["text"]) if piece.get("bold") else piece["text"]
    url = piece.get("url", "")
    return format_html('<a href="{}">{}</a>', url, shown) if url and is_safe_url(url) else shown
