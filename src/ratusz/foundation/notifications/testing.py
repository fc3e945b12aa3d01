"""A mail server and a text-message gateway on loopback that misbehave as told, for tests of adapters and of whole mailings."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

TEMPORARY, PERMANENT, BAD_ADDRESS = "451 4.3.0 later", "550 5.7.1 policy", "550 5.1.1 no such user"


class MailServer:
    """aiosmtpd on a free port. `faults` name what happens to the next recipients:

    temporary, permanent, bad_address (answers to RCPT), uncertain (connection reset after the dot), hang, slow (seconds after
    the dot),
    refuse_data, temporary_data (answers to the dot), drop (disconnects at RCPT).
    """

    def __init__(self, *faults: str, hang: float = 30.0, slow: float = 0.2):
        self.faults = deque(faults)
        self.kept: list[tuple[str, bytes]] = []
        self.hang, self.slow = hang, slow
        self.controller = _Controller(self, hostname="127.0.0.1", port=0)

    def __enter__(self) -> MailServer:
        self.controller.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, place: TracebackType | None) -> None:
        self.controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.place[1]}"

    async def handle_RCPT(self, server, session, envelope, address, options):
        session.fault = self.faults.popleft() if self.faults else ""
        answers = {"temporary": TEMPORARY, "permanent": PERMANENT, "bad_address": BAD_ADDRESS}
        if session.fault in answers:
            return answers[session.fault]
        if session.fault == "drop":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if session.fault == "hang":
            await asyncio.sleep(self.hang)
        if session.fault == "slow":
            await asyncio.sleep(self.slow)
        answers = {"refuse_data": "554 5.6.0 content", "temporary_data": "452 4.2.2 full"}
        if session.fault in answers:
            return answers[session.fault]
        self.kept.append((envelope.rcpt_tos[0], envelope.content))
        if session.fault == "uncertain":
            server.transport.abort()
        return "250 OK"


class _Controller(Controller):
    """A controller that may take any free port."""

    def factory(self):
        return SMTP(self.handler, hostname="mail.test", enable_SMTPUTF8=False)

    def _trigger_server(self) -> None:
        """The base connects to the port it was given, which is 0 where the system chooses."""
        socket.create_connection(self.place, timeout=5).close()

    @property
    def place(self) -> tuple[str, int]:
        """Where the server listens."""
        listening: Any = self.server
        return listening.sockets[0].getsockname()[:2]


class SmsGateway:
    """An HTTP double of a gateway on a free port: same faults by the same names, and the ids it has seen are never sent twice."""

    ANSWERS = {"temporary": 503, "permanent": 400, "bad_address": 422}

    def __init__(self, *faults: str, slow: float = 0.2):
        self.faults = deque(faults)
        self.kept: list[dict] = []
        self.slow = slow
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                gateway._answer(self)

            def log_message(self, *args):
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> SmsGateway:
        self.thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, place: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/sms"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        fault = self.faults.popleft() if self.faults else ""
        if fault in self.ANSWERS:
            return self._reply(request, self.ANSWERS[fault])
        is_known = any(kept["id"] == body["id"] for kept in self.kept)
        if not is_known:
            self.kept.append(body)
        if fault == "uncertain":
            return request.connection.close()
        if fault == "slow":
            time.sleep(self.slow)
        self._reply(request, 409 if is_known else 202)

    def _reply(self, request: BaseHTTPRequestHandler, code: int) -> None:
        request.send_response(code)
        request.send_header("Content-Length", "0")
        request.end_headers()
