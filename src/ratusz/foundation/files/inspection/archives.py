"""ZIP archives, of which modern documents are made: bombs, lies about sizes, paths that lead out, archives within."""

from __future__ import annotations

import io
import struct
import zipfile

from django.utils.translation import gettext as _

from ratusz.foundation.files.rules import MEGABYTE, FileRefused
from ratusz.foundation.kit.zips import NOT_OUR_ZIP

MOST_ENTRIES = 2000
MOST_UNPACKED = 200 * MEGABYTE
MOST_RATIO = 100
"""Of a part over one megabyte; text of a document seldom packs better than twentyfold."""
_ARCHIVE_MARKS = (
    b"PK\x03\x04",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MZ",
    b"\x7fELF",
)
_PIECE = 256 * 1024


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, after its directory was checked; raises FileRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError):
        raise FileRefused(_damaged(), code="damaged") from None
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        _refuse_bomb()
    if len({entry.filename.casefold() for entry in entries}) != len(entries) or not _fills_the_file(data, entries):
        raise FileRefused(_damaged(), code="damaged")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        _refuse_bomb()
    return archive


def _fills_the_file(data: bytes, entries: list[zipfile.ZipInfo]) -> bool:
    """Nothing before, nothing behind, and no two entries share bytes (the trick of the densest bombs)."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        return False
    comment_length = struct.unpack_from("<H", data, end + 20)[0]
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    is_apart = all(start + size <= following for (start, size), (following, _size) in zip(places, places[1:], strict=False))
    return end + 22 + comment_length == len(data) and is_apart and bool(places) and places[0][0] == 0


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    leads_out = name.startswith(("/", "\\")) or ".." in parts or "\\" in name or "\x00" in name or ":" in name
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if leads_out or is_link:
        raise FileRefused(_damaged(), code="paths")
    if entry.flag_bits & 0x1:
        raise FileRefused(_("The document is locked with a password. Save it without one and send it again."), code="encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(_damaged(), code="damaged")
    if entry.file_size > MEGABYTE and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        _refuse_bomb()


def look_through(archive: zipfile.ZipFile) -> None:
    """Unpacks every part in small pieces, so that a lie in the directory shows; raises FileRefused for archives and programs
    within."""
    total = 0
    for entry in archive.infolist():
        total = _unpack(archive, entry, total)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, total: int) -> int:
    is_xml = entry.filename.endswith((".xml", ".rels"))
    is_first = True
    try:
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                total += len(piece)
                if total > MOST_UNPACKED:
                    _refuse_bomb()
                if is_first and piece.startswith(_ARCHIVE_MARKS):
                    raise FileRefused(_("There are other files inside the document. Send them one by one."), code="nested")
                if is_xml and (b"<!ENTITY" in piece or b"<!DOCTYPE" in piece):
                    raise FileRefused(_damaged(), code="entities")
                is_first = False
    except NOT_OUR_ZIP:
        raise FileRefused(_damaged(), code="damaged") from None
    return total


def _refuse_bomb() -> None:
    raise FileRefused(_("The document unpacks to far too much. Save it again in your program, or as a PDF."), code="bomb")


def _damaged() -> str:
    return _("The document is damaged. Save it again in your program and send it once more.")
