"""A file as lines of text within bounds: no long line, no zero byte, no more than so many bytes, whatever it claims to be."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ratusz.foundation.kit.command_line import file_error
from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget.pabulib.errors import PabulibError

CHUNK = 1 << 16
LONGEST_LINE = 1 << 18
MOST_LINES = 3_000_000
MOST_BYTES = 512 << 20
"""After unpacking. The largest contest at hand has 4 MB, the largest city's twenty times that."""


@dataclass
class Progress:
    """How many bytes were read so far."""

    bytes: int = 0


def text_lines(stream: BinaryIO, most_bytes: int, progress: Progress) -> Iterator[str]:
    """Lines with their ends, decoded. Raises PabulibError at the first line that can't be one."""
    number, rest = 1, b""
    while chunk := _next(stream, number):
        progress.bytes += len(chunk)
        if progress.bytes > most_bytes:
            raise PabulibError("too_big", number, limit=most_bytes >> 20)
        if number == 1 and not rest and chunk.startswith(b"\xef\xbb\xbf"):
            raise PabulibError("bom", 1)
        whole, newline, rest = (rest + chunk).rpartition(b"\n")
        if len(rest) > LONGEST_LINE:
            raise PabulibError("line_too_long", number + whole.count(b"\n") + len(newline), limit=LONGEST_LINE >> 10)
        if number > MOST_LINES:
            raise PabulibError("too_many_lines", number, limit=grouped(MOST_LINES))
        if newline:
            # Not splitlines(): it would also split at characters that are part of a text, such as U+2028.
            for line in _decoded(whole, number).split("\n"):
                yield line + "\n"
                number += 1
    if rest:
        yield _decoded(rest, number)


def _decoded(raw: bytes, number: int) -> str:
    if b"\0" in raw:
        raise PabulibError("zero_byte", number + raw.count(b"\n", 0, raw.index(b"\0")))
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        byte = error.start - before.rfind(b"\n")
        raise PabulibError("not_utf8", number + before.count(b"\n"), byte=byte) from error


def _next(stream: BinaryIO, number: int) -> bytes:
    try:
        return stream.read(CHUNK)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise PabulibError("not_gzip", number) from error
    except OSError as error:
        raise PabulibError("unreadable", number, detail=file_error(error)) from error


def plain(cell: str) -> str:
    """A cell without blanks at its edges; line breaks inside it as LF, whatever wrote them."""
    return cell.strip().replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell.strip()


def open_stream(path: Path) -> BinaryIO:
    """The file's bytes, unpacked when it is gzip by content. Raises PabulibError when it can't be opened."""
    try:
        stream = open(path, "rb")  # noqa: SIM115 the caller closes it
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
    except OSError as error:
        raise PabulibError("unreadable", detail=file_error(error)) from error
    return unpacked(stream) if packed else stream


def unpacked(stream: BinaryIO) -> BinaryIO:
    """A stream over gzip content; closing it closes what is under it."""
    opened = gzip.GzipFile(fileobj=stream)
    opened.myfileobj = stream  # type: ignore[assignment]  # what GzipFile closes with itself
    return opened  # type: ignore[return-value]
