"""A Word document as clean HTML with its pictures apart; runs in a process of its own, on bytes that files have checked."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import mammoth
from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import FileRefused

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Tytuł'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
comment-reference =>
"""
TAKEN = {"image/jpeg", "image/jpg", "image/png", "image/webp"}
MOST_PICTURES, MOST_BYTES = 50, 60 * 1024 * 1024
_TRACKED = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ")


def converted(data: bytes) -> bytes:
    """JSON: html (pictures as src="picture:0"), pictures (name and base64), notes (codes, words stand in notes.py)."""
    reader = _Pictures()
    try:
        notes = _notes(zipfile.ZipFile(io.BytesIO(data)))
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(reader.take), id_prefix="x"
        )
    except Exception:
        # A document may be broken in many ways; all mean the same to the person.
        raise FileRefused(
            _("The document is damaged. Save it again in your program and send it once more."), code="damaged"
        ) from None
    return json.dumps({"html": result.value, "pictures": reader.kept, "notes": [*notes, *sorted(reader.notes)]}).encode()


def _notes(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    text = archive.read("word/document.xml") if "word/document.xml" in names else b""
    notes = ["tracked"] if any(mark in text for mark in _TRACKED) else []
    has_comments = "word/comments.xml" in names and b"<w:comment " in archive.read("word/comments.xml")
    return notes + (["comments"] if has_comments else [])


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
