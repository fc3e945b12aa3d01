"""A small IMAP server with TLS on this machine, for tests: it knows what the adapter asks and keeps letters in memory."""

from __future__ import annotations

import datetime as dt
import re
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "tajne/haslo"


def make_certificate(folder: Path) -> Path:
    """A PEM file with a key and a certificate of 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    built = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - dt.timedelta(days=1), now + dt.timedelta(days=9)
    )
    built = built.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    signed = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    path = folder / "imap.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@dataclass
class Held:
    """One letter of the server."""

    content: bytes
    arrived: str = "06-May-2024 11:00:00 +0200"
    flags: set[str] = field(default_factory=set)


class FakeImap(socketserver.ThreadingTCPServer):
    """Serves `letters` by their numbers. `keeps_flags` False: only the flags every server knows, as old ones do."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: dict[int, Held] = {}
        self.keeps_flags = True
        self.refuses_marks = False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def end(self) -> None:
        """Stops serving."""
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: FakeImap

    def handle(self) -> None:
        self._say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _space, rest = line.strip().partition(b" ")
            words = rest.decode().split(" ", 2)
            name = words[1].upper() if words[0].upper() == "UID" else words[0].upper()
            answer = getattr(self, f"_{name.lower()}", lambda _given: "BAD unknown")(words[-1] if len(words) > 1 else "")
            self._say(tag + b" " + answer.encode())
            if name == "LOGOUT":
                return

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _capability(self, _given: str) -> str:
        self._say(b"* CAPABILITY IMAP4rev1")
        return "OK done"

    def _login(self, given: str) -> str:
        return "OK done" if PASSWORD in given else "NO [AUTHENTICATIONFAILED] wrong"

    def _select(self, given: str) -> str:
        self._say(f"* {len(self.server.letters)} EXISTS".encode())
        self._say(b"* OK [PERMANENTFLAGS (\\Seen \\Deleted" + (b" \\*" if self.server.keeps_flags else b"") + b")] kept")
        return "OK [READ-WRITE] done" if "INBOX" in given else "NO no such folder"

    def _search(self, given: str) -> str:
        without = re.findall(r"UNKEYWORD (\S+)", given) + (["\\Seen"] if "UNSEEN" in given else [])
        found = [number for number, each in sorted(self.server.letters.items()) if not each.flags & set(without)]
        self._say(b"* SEARCH " + " ".join(map(str, found)).encode())
        return "OK done"

    def _fetch(self, given: str) -> str:
        number, _space, what = given.partition(" ")
        held = self.server.letters.get(int(number))
        if held is None:
            return "OK done"
        if "RFC822.SIZE" in what:
            self._say(f'* 1 FETCH (UID {number} RFC822.SIZE {len(held.content)} INTERNALDATE "{held.arrived}")'.encode())
            return "OK done"
        part = held.content[: int(re.search(r"<0\.(\d+)>", what)[1])]  # type: ignore[index]
        self._say(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(part)}}}".encode() + b"\r\n" + part + b")")
        return "OK done"

    def _store(self, given: str) -> str:
        if self.server.refuses_marks:
            return "NO not now"
        number, _space, rest = given.partition(" ")
        self.server.letters[int(number)].flags |= set(re.search(r"\((.*)\)", rest)[1].split())  # type: ignore[index]
        return "OK done"

    def _logout(self, _given: str) -> str:
        self._say(b"* BYE")
        return "OK done"
