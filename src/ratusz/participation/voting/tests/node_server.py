"""The double of login.gov.pl as a real server on this machine, with keys that are stale, of another kind or a stranger's."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.serialization import Encoding

from ratusz.participation.voting.node_double import ISSUER, US, NodeDouble, pair


class Double(NodeDouble):
    """`with Double(folder) as double`: the server, and what it was asked."""

    def __init__(self, folder) -> None:
        super().__init__(folder, "")
        self.rsa = pair("rsa", days=10)
        self.stale, self.stranger = pair(days=-1, began=10), pair()
        self.person, self.kind = "", "ec"

    def __enter__(self) -> Double:
        double = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_facts) -> None:
                pass

            def do_GET(self) -> None:
                self._answer(200, b"login")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/sso":
                    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                    facts = double.request_of(form["SAMLRequest"])
                    self._answer(302, b"", double.send_back(facts, form["RelayState"], double.person))
                else:
                    self._answer(200, double.take_soap(self.path, body))

            def _answer(self, status: int, content: bytes, location: str = "") -> None:
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, artifact):
        return self.waiting.get(artifact) if self.wrong == "replayed" else super().take(artifact)

    def signer(self):
        found = {"wrong key": self.stranger, "stale certificate": self.stale}
        return found.get(self.wrong, self.rsa if self.kind == "rsa" else super().signer())

    def set_up(self, settings) -> None:
        """Our settings, as whoever runs the server puts them."""
        certificates = (self.stale[1], self.rsa[1], self.certificate)
        (self.folder / "node.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in certificates))
        settings.RATUSZ_NODE_SIGN_IN, settings.RATUSZ_NODE_ARTIFACTS = f"{self.address}/sso", f"{self.address}/artifacts"
        settings.RATUSZ_NODE_LOGOUT = f"{self.address}/logout"
        settings.RATUSZ_NODE_ISSUER, settings.RATUSZ_NODE_US = ISSUER, US
        settings.RATUSZ_NODE_CERTIFICATES, settings.RATUSZ_NODE_KEYS = str(self.folder / "node.pem"), str(self.folder)
