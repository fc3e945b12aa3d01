"""A Word document as clean HTML with its pictures apart; runs in a process of its own, on bytes that files have checked."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import mammoth
from django.utils.translation import gettext as _
from lxml import etree, html

from ratusz.foundation.files.rules import FileRefused

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Tytuł'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
comment-reference =>
"""
TAKEN = {"image/jpeg", "image/jpg", "image/png", "image/webp"}
MOST_PICTURES, MOST_BYTES = 50, 60 * 1024 * 1024
MOST_PARAGRAPHS = 20_000
"""With cells of tables and empty lines; many more take minutes, and nobody reads them on one page."""
_TRACKED = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ")


def converted(data: bytes) -> bytes:
    """JSON: html (pictures as src="picture:0"), pictures (name and base64), edges (paragraphs of headers and footers), notes.

    Notes are codes: tracked, comments, drawings, too_many_pictures; whoever tells people has the words.
    """
    reader = _Pictures()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        notes, paragraphs = _notes(archive), _paragraphs(archive)
    except Exception:
        raise _damaged() from None
    if paragraphs > MOST_PARAGRAPHS:
        raise FileRefused(_("This document has more than twenty thousand paragraphs. Send it in parts."), code="too_long")
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(reader.take), id_prefix="x"
        )
    except Exception:
        # A document may be broken in many ways; all mean the same to the person.
        raise _damaged() from None
    made = {"html": result.value, "pictures": reader.kept, "notes": [*notes, *sorted(reader.notes)], "edges": _edges(data)}
    return json.dumps(made).encode()


def _damaged() -> FileRefused:
    return FileRefused(_("The document is damaged. Save it again in your program and send it once more."), code="damaged")


def _paragraphs(archive: zipfile.ZipFile) -> int:
    """How many there are, counted in the bytes before anything is built of them."""
    text = archive.read("word/document.xml") if "word/document.xml" in archive.namelist() else b""
    return text.count(b"<w:p>") + text.count(b"<w:p ")


def _notes(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    text = archive.read("word/document.xml") if "word/document.xml" in names else b""
    notes = ["tracked"] if any(mark in text for mark in _TRACKED) else []
    has_comments = "word/comments.xml" in names and b"<w:comment " in archive.read("word/comments.xml")
    return notes + (["comments"] if has_comments else [])


_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _edges(data: bytes) -> list[str]:
    """What stands in headers and footers, each paragraph once: a letterhead, a number of the case."""
    found: dict[str, None] = {}
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in sorted(archive.namelist()):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
            for paragraph in root.iter(f"{_WORDS}p"):
                words = " ".join("".join(each.text or "" for each in paragraph.iter(f"{_WORDS}t")).split())
                if words:
                    found[words] = None
    return list(found)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a document in plain words. `style`: heading, text, item, row (cells parted by " | "), note, edge."""

    text: str
    style: str


def paragraphs_of(made: dict[str, Any]) -> list[Paragraph]:
    """What `converted` read, paragraph by paragraph and in order, without looks; none of the words is left out."""
    found: list[Paragraph] = []
    if made["html"].strip():
        _walk(html.fragment_fromstring(made["html"], create_parent="div"), found)
    return found + [Paragraph(words, "edge") for words in made.get("edges", ())]


_STYLES = {"p": "text", "li": "item", **{f"h{level}": "heading" for level in range(1, 7)}}
_BOXES = {"div", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "dl", "dt", "dd", "blockquote"}


def _walk(box: Any, found: list[Paragraph]) -> None:
    """Words loose in a box are a paragraph of their own, and so is each row of a table."""
    style = "item" if box.tag == "li" else "note" if str(box.get("id", "")).startswith("xfootnote") else "text"
    loose = [box.text or ""]
    for child in box:
        if child.tag == "tr":
            _add(found, [" | ".join(words for cell in child if (words := _words(cell)))], "row")
        elif child.tag in _STYLES and child.tag != "li":
            _add(found, loose, style)
            loose = []
            _add(found, [_words(child)], style if style in ("item", "note") and child.tag == "p" else _STYLES[child.tag])
        elif child.tag in _BOXES:
            _add(found, loose, style)
            loose = []
            _walk(child, found)
        else:
            loose.append("\n" if child.tag == "br" else _words(child))
        loose.append(child.tail or "")
    _add(found, loose, style)


def _add(found: list[Paragraph], pieces: list[str], style: str) -> None:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    if text := "\n".join(line for line in lines if line):
        found.append(Paragraph(text, style))


def _words(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        before = "\n" if child.tag in ("br", "p", "li") and "".join(pieces).strip() else ""
        pieces += [before, "" if child.tag == "br" else _words(child), child.tail or ""]
    return "".join(pieces)


class _Pictures:
    """Takes pictures out of the document, in order; what a browser cannot show is left out and noted."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str]] = []
        self.notes: set[str] = set()
        self.size = 0

    def take(self, image: Any) -> dict[str, str]:
        if image.content_type not in TAKEN:
            self.notes.add("drawings")
            return {"src": ""}
        with image.open() as source:
            content = source.read()
        self.size += len(content)
        if len(self.kept) >= MOST_PICTURES or self.size > MOST_BYTES:
            self.notes.add("too_many_pictures")
            return {"src": ""}
        ending = image.content_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
        self.kept.append({"name": f"obrazek-{len(self.kept) + 1}.{ending}", "content": base64.b64encode(content).decode()})
        return {"src": f"picture:{len(self.kept) - 1}"}
