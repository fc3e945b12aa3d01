"""What may be uploaded, how large, how long it is kept, who may read it: pure, the moment is an argument."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*%\x00-\x1f]')


class FileRefused(ValidationError):
    """The file is not taken; the message says what is wrong and what to do, in the person's words. `code` names the reason."""


@dataclass(frozen=True)
class Kind:
    """A kind of file people may send. `largest` in bytes."""

    media_type: str
    extension: str
    largest: int


KINDS = {
    "jpeg": Kind("image/jpeg", "jpg", 15 * MEGABYTE),
    "png": Kind("image/png", "png", 15 * MEGABYTE),
    "webp": Kind("image/webp", "webp", 15 * MEGABYTE),
    "pdf": Kind("application/pdf", "pdf", 25 * MEGABYTE),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", 15 * MEGABYTE),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", 15 * MEGABYTE),
    "odt": Kind("application/vnd.oasis.opendocument.text", "odt", 15 * MEGABYTE),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", "ods", 15 * MEGABYTE),
    "svg": Kind("image/svg+xml", "svg", 2 * MEGABYTE),
}
IMAGES = ("jpeg", "png", "webp")
DOCUMENTS = ("pdf", "docx", "odt")
SHEETS = ("xlsx", "ods")
DRAWINGS = ("svg",)
"""Only for purposes that name it: a drawing is never shown under our name, only downloaded."""
EVERYTHING = (*IMAGES, *DOCUMENTS, *SHEETS)
LARGEST = max(kind.largest for kind in KINDS.values())


def clean_name(name: str, extension: str) -> str:
    """A harmless name to show and to download under: no folders, no control or direction marks, the extension that its content
    has."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    stem = _FORBIDDEN_IN_NAMES.sub("", name)
    while (shorter := re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)) != stem:
        stem = shorter
    stem = " ".join(stem.split()).strip(". ")[: LONGEST_NAME - len(extension) - 1].rstrip(". ")
    if not stem or _WINDOWS_DEVICES.match(stem):
        stem = "plik"
    return f"{stem}.{extension}"


def may(person: Any, deed: str, file: Any = None, at: datetime | None = None) -> bool:
    """Whether a person may `read` a file or `settle_quarantine`.

    Reading: whoever sent it, whoever the module says whose purpose it is (`registry.file_purposes`), staff with the right to
    all files.
    """
    if not getattr(person, "is_active", False):
        return False
    if deed == "settle_quarantine":
        return person.has_perm("ratusz_files.change_storedfile")
    return file.uploaded_by_id == person.pk or _module_lets(person, file, at) or person.has_perm("ratusz_files.view_storedfile")


def _module_lets(person: Any, file: Any, at: datetime | None) -> bool:
    from ratusz.foundation.files.registry import file_purposes

    return file.purpose in file_purposes and file_purposes[file.purpose].may_read(person, file, at)
