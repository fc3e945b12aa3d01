"""Fetch a foreign address: the only way out of the house for anything a visitor, a feed or a form may have named."""

from __future__ import annotations

import ipaddress
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from http.client import HTTPException
from typing import TypeVar
from urllib.parse import urljoin

from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from ratusz.foundation.fetching import rules
from ratusz.foundation.fetching.adapters import pinned
from ratusz.foundation.fetching.rules import FetchRefused, IPAddress, Target
from ratusz.foundation.kit.plain_numbers import plain_number

Answer = TypeVar("Answer")
_PIECE = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchFailed(Exception):
    """The other side did not give what was asked. The text is a short code: a status, "timeout", "size", "type", "encoding" …"""


@dataclass(frozen=True)
class Fetched:
    """An answer. `url` is where it came from in the end; `status` is 200, or 304 with an empty body when nothing changed."""

    url: str
    status: int
    media_type: str
    body: bytes
    etag: str = ""
    last_modified: str = ""


def fetch(
    url: str,
    *,
    limit_bytes: int = 2_000_000,
    timeout: float = 10.0,
    accept: Sequence[str] = (),
    etag: str = "",
    last_modified: str = "",
) -> Fetched:
    """Gets an address by GET, in at most `timeout` seconds altogether and `limit_bytes` unpacked; memory stays near the limit.

    `accept` are media types ("application/rss+xml") or their beginnings ("image/"); empty takes any. Give `etag` and
    `last_modified` of the
    last answer to be told 304. Every redirect is checked like the first address; from https none leads to http.
    Raises FetchRefused before anything is sent to a forbidden address, FetchFailed for whatever goes wrong with an allowed one.
    """
    deadline = time.monotonic() + timeout
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in known.items() if value}
    target = rules.check_url(url, _exceptions())
    for _hop in range(rules.MOST_REDIRECTS + 1):
        answer = _ask(target, headers, deadline, limit_bytes, tuple(accept))
        if isinstance(answer, Fetched):
            return answer
        target = _following(target, answer)
    raise FetchFailed("redirects")


@dataclass(frozen=True)
class Looked:
    """What an address answers when it is only looked at. `moves` are the statuses of the redirects passed on the way to `url`."""

    url: str
    status: int
    media_type: str
    beginning: bytes = b""
    moves: tuple[int, ...] = ()


Gate = Callable[[Target], AbstractContextManager]
"""Opened around each single request, so that the caller can hold it back: f(target). What it gives, if anything, is called when the
other side has the connection."""


def look(
    url: str, *, method: str = "HEAD", timeout: float = 10.0, beginning_bytes: int = 0, gate: Gate = lambda target: nullcontext()
) -> Looked:
    """Whether an address answers, and where it leads: any status is an answer, at most `beginning_bytes` of a body are read.

    Every redirect is checked like the first address, and each request passes the `gate`, whose waiting does not count into
    `timeout` seconds a request. Raises FetchRefused before anything is sent to a forbidden address, FetchFailed without an answer.
    """
    target = rules.check_url(url, _exceptions())
    moves: list[int] = []
    for _hop in range(rules.MOST_REDIRECTS + 1):
        with gate(target) as arrived:
            answer, location = _look_once(target, method, time.monotonic() + timeout, beginning_bytes, arrived)
        if not location:
            return Looked(target.url, answer.status, answer.media_type, answer.body, tuple(moves))
        moves.append(answer.status)
        target = _following(target, location)
    raise FetchFailed("redirects")


def _look_once(
    target: Target, method: str, deadline: float, beginning: int, arrived: Callable[[], None] | None
) -> tuple[Fetched, str]:
    """One answer with the beginning of its body, and where it redirects to."""

    def converse(connection: pinned.HTTPConnection) -> tuple[Fetched, str]:
        if arrived:
            arrived()
        sent = {"Accept-Encoding": "identity", "User-Agent": f"Ratusz (+{settings.PUBLIC_ADDRESS})", "Accept": "*/*"}
        connection.request(
            method, target.path, headers=sent, preload_content=False, decode_content=False, enforce_content_length=False
        )
        response = connection.getresponse()
        location = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
        body = b"" if location or not beginning else response.read(beginning, decode_content=False)
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()[:100]
        return Fetched(target.url, response.status, media_type, body), location

    return _on_first_reachable(target, deadline, converse)


def _following(target: Target, location: str) -> Target:
    """Where a redirect leads, checked like the first address; the other side may write anything there."""
    try:
        address = urljoin(target.url, location)
    except ValueError:
        raise FetchRefused("url") from None
    following = rules.check_url(address, _exceptions())
    if target.scheme == "https" and following.scheme == "http":
        raise FetchRefused("downgrade")
    return following


def _exceptions() -> frozenset[str]:
    return frozenset(settings.RATUSZ_FETCHING_EXCEPTIONS)


def _checked_addresses(target: Target) -> list[IPAddress]:
    """Every address the name has now must be public: a name with one foot inside is refused as a whole."""
    addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in pinned.resolve(target.host, target.port)]
    for address in addresses:
        if f"{address}:{target.port}" not in _exceptions():
            rules.check_address(address)
    return addresses


def _ask(target: Target, headers: dict[str, str], deadline: float, limit: int, accept: tuple[str, ...]) -> Fetched | str:
    """The answer, or the address a redirect names."""
    return _on_first_reachable(target, deadline, lambda connection: _converse(connection, target, headers, deadline, limit, accept))


def _on_first_reachable(target: Target, deadline: float, converse: Callable[[pinned.HTTPConnection], Answer]) -> Answer:
    """What is told over a connection. The second and later addresses are tried when the first cannot be reached."""
    failure: Exception = FetchFailed("connection")
    for address in _checked_addresses(target):
        try:
            with pinned.connected(target, address, deadline) as connection:
                connection.connect()
                return converse(connection)
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            if time.monotonic() >= deadline:
                raise FetchFailed("timeout") from error
            failure = FetchFailed(type(error).__name__)
    raise failure


def _converse(
    connection: pinned.HTTPConnection, target: Target, headers: dict[str, str], deadline: float, limit: int, accept: tuple[str, ...]
) -> Fetched | str:
    sent = {"Accept-Encoding": "gzip", "User-Agent": f"Ratusz (+{settings.PUBLIC_ADDRESS})", "Accept": _accept(accept), **headers}
    connection.request("GET", target.path, headers=sent, preload_content=False, decode_content=False, enforce_content_length=False)
    response = connection.getresponse()
    if response.status in _REDIRECTS and response.headers.get("Location"):
        return response.headers["Location"]
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    common = {"etag": response.headers.get("ETag", "")[:200], "last_modified": response.headers.get("Last-Modified", "")[:100]}
    if response.status == 304:
        return Fetched(target.url, 304, media_type, b"", **common)
    if response.status != 200:
        raise FetchFailed(str(response.status))
    if accept and not any(media_type == kind or (kind.endswith("/") and media_type.startswith(kind)) for kind in accept):
        raise FetchFailed("type")
    return Fetched(target.url, 200, media_type, _body(response, deadline, limit), **common)


def _accept(accept: tuple[str, ...]) -> str:
    return ", ".join(f"{kind}*" if kind.endswith("/") else kind for kind in accept) or "*/*"


def _body(response: BaseHTTPResponse, deadline: float, limit: int) -> bytes:
    """The unpacked body, refused as soon as it passes the limit, packed or not."""
    length = plain_number(response.headers.get("Content-Length", ""))
    if length is not None and length > limit:
        raise FetchFailed("size")
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed("encoding")
    unpacker = zlib.decompressobj(31) if "gzip" in encoding else None
    body, packed = bytearray(), 0
    while piece := response.read1(_PIECE, decode_content=False):
        packed += len(piece)
        body += _unpacked(unpacker, piece, limit - len(body)) if unpacker else piece
        if max(len(body), packed) > limit:
            raise FetchFailed("size")
    if time.monotonic() >= deadline:
        # The connection was cut: what looks like an end is none.
        raise FetchFailed("timeout")
    _check_end(response, unpacker, packed, length)
    return bytes(body)


def _unpacked(unpacker: "zlib._Decompress", piece: bytes, room: int) -> bytes:  # noqa: UP037 — the type has no public name
    """At most one byte more than there is room for."""
    try:
        return unpacker.decompress(piece, max(room, 0) + 1)
    except zlib.error:
        raise FetchFailed("encoding") from None


def _check_end(response: BaseHTTPResponse, unpacker: "zlib._Decompress | None", packed: int, length: int | None) -> None:  # noqa: UP037
    """A body cut short must not pass for a whole one."""
    if length is not None and packed < length:
        raise FetchFailed("incomplete")
    if unpacker is not None and not unpacker.eof:
        raise FetchFailed("incomplete")
