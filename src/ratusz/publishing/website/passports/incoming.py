"""A picture on its way in: told by its content, drawn anew without what cameras write into it, made smaller when it is huge."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from django.core.files.base import ContentFile
from PIL import Image, IptcImagePlugin

from ratusz.foundation.files.inspection import inspect
from ratusz.foundation.files.rules import IMAGES, KINDS, clean_name

MOST_KEPT_PIXELS = 24_000_000
"""Enough for a page of the informator; more only fills the disk."""
SAVED: dict[str, dict[str, int]] = {"jpeg": {"quality": 88}, "png": {}, "webp": {"quality": 88, "method": 2}}
"""As the check of files keeps them; WebP by its quick method, for this is done while somebody waits."""
ARTIST, DESCRIPTION, COPYRIGHT = 0x013B, 0x010E, 0x8298
IPTC_AUTHOR, IPTC_CREDIT, IPTC_CAPTION = (2, 80), (2, 110), (2, 120)


class CleanPicture(ContentFile):
    """Bytes of a picture that passed; the picture's field keeps it as it is."""

    def __init__(self, content: bytes, name: str | None = None, *, came_as: str = ""):
        super().__init__(content, name=name)
        self.came_as = came_as or hash_of(content)
        """SHA-1 of the file as it came, before it was drawn anew."""


def hash_of(data: bytes) -> str:
    """As Wagtail reckons the hash of a picture's file."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Proposal:
    """What the camera or the photographer wrote into the file: proposals for the form, no facts."""

    author: str = ""
    caption: str = ""


def clean_picture(data: bytes, name: str) -> CleanPicture:
    """The picture to keep: JPEG, PNG or WebP, without EXIF and place, at most 24 megapixels. Raises FileRefused in words."""
    inspected = inspect(data, IMAGES)
    kept = _made_smaller(inspected.data, inspected.kind)
    return CleanPicture(kept, name=clean_name(name, KINDS[inspected.kind].extension), came_as=hash_of(data))


def _made_smaller(data: bytes, kind: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
        pixels = image.width * image.height
        if pixels <= MOST_KEPT_PIXELS:
            return data
        scale = (MOST_KEPT_PIXELS / pixels) ** 0.5
        size = int(image.width * scale), int(image.height * scale)
        image.draft(None, size)
        smaller = image.resize(size)
    kept = io.BytesIO()
    smaller.save(kept, kind.upper(), **SAVED[kind])
    return kept.getvalue()


def proposal_of(data: bytes) -> Proposal:
    """Author and caption as written in the file; empty when there are none or they cannot be read. Never where it was taken."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
            iptc = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:
        # Broken metadata break readers in many ways; they are a convenience only.
        return Proposal()
    author = _text(exif.get(ARTIST)) or _text(iptc.get(IPTC_AUTHOR)) or _text(iptc.get(IPTC_CREDIT)) or _text(exif.get(COPYRIGHT))
    return Proposal(author=author[:160], caption=(_text(iptc.get(IPTC_CAPTION)) or _text(exif.get(DESCRIPTION)))[:255])


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    words = str(value or "").encode("latin-1", errors="ignore") if _is_mangled(value) else None
    text = words.decode("utf-8", errors="replace") if words is not None else str(value or "")
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter == " ").split())


def _is_mangled(value: object) -> bool:
    """Whether UTF-8 was read as Latin-1, which is how EXIF's text is read; Polish letters show it."""
    if not isinstance(value, str):
        return False
    try:
        return value.encode("latin-1").decode("utf-8") != value
    except (UnicodeDecodeError, UnicodeEncodeError):
        return False
