"""HTTP connections dialled to an address that was checked before; the name stays for TLS (SNI, certificate) and the Host header.

urllib3 resolves a name when it connects; a name that answers differently the second time (DNS rebinding) would lead us inside.
So the one
method that opens the socket is replaced.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from ratusz.foundation.fetching.rules import FetchRefused, IPAddress, Target


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, asked once. Raises FetchRefused when there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise FetchRefused("unknown_host") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def ssl_context() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities; tests replace this."""
    return ssl.create_default_context()


class _Pinned:
    """Opens its socket to `address`; `raw` is that socket, so that a deadline can end whatever happens on it."""

    address: str
    port: int
    timeout: Any
    raw: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        self.raw = socket.create_connection((self.address, self.port), timeout=self.timeout)
        return self.raw


class PinnedHTTP(_Pinned, HTTPConnection):
    """Without TLS."""


class PinnedHTTPS(_Pinned, HTTPSConnection):
    """With TLS for the name, not for the address."""


@contextmanager
def connected(target: Target, address: IPAddress, deadline: float) -> Iterator[HTTPConnection]:
    """A connection that is cut at `deadline` (time.monotonic), also from a server that sends one byte a second."""
    left = max(deadline - time.monotonic(), 0.001)
    connection = _connection(target, str(address), left)
    timer = threading.Timer(left, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.close()
        if connection.raw:
            connection.raw.close()


def _connection(target: Target, address: str, timeout: float) -> PinnedHTTP | PinnedHTTPS:
    if target.scheme == "https":
        made: PinnedHTTP | PinnedHTTPS = PinnedHTTPS(target.host, target.port, timeout=timeout, ssl_context=ssl_context())
    else:
        made = PinnedHTTP(target.host, target.port, timeout=timeout)
    made.address = address
    return made


def _cut(connection: PinnedHTTP | PinnedHTTPS) -> None:
    for way in (getattr(connection, "sock", None), connection.raw):
        try:
            if way is not None:
                way.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
