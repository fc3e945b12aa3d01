"""ClamAV's daemon, by its INSTREAM command: the bytes go through a socket, nothing is written for it to a disk."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from ratusz.foundation.files.adapters import ScannerDown

_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ClamdScanner:
    """`address` is unix:/path or tcp:host:port; `timeout` in seconds for each step."""

    def __init__(self, address: str | None = None, timeout: float | None = None):
        self.address = address or settings.RATUSZ_CLAMD
        self.timeout = timeout or settings.RATUSZ_CLAMD_TIMEOUT

    def scan(self, data: bytes) -> str:
        try:
            answer = self._ask(data)
        except OSError as error:
            raise ScannerDown(type(error).__name__) from error
        if answer == "stream: OK":
            return ""
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer[len("stream: ") : -len(" FOUND")]
        # A limit of the daemon's own, a broken database, half an answer: no verdict is no pass.
        raise ScannerDown(answer[:40] or "no answer")

    def _connect(self) -> socket.socket:
        scheme, _colon, rest = self.address.partition(":")
        if scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            try:
                connection.connect(rest)
            except OSError:
                connection.close()
                raise
            return connection
        host, _colon, port = rest.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=self.timeout)

    def _ask(self, data: bytes) -> str:
        with self._connect() as connection:
            connection.sendall(b"zINSTREAM\x00")
            for start in range(0, len(data), _PIECE):
                piece = data[start : start + _PIECE]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            return _answer(connection)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and b"\x00" not in answer and (piece := connection.recv(1024)):
        answer += piece
    return answer.rstrip(b"\x00\n").decode("utf-8", "replace") if answer.endswith(b"\x00") else ""
