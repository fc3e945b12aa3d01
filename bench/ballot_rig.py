"""A web server of our own on a database of our own, with voters who stand before the box: for the bench and the fault tests."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from ratusz.config.database_server import DatabaseServer

TOKEN = "0123456789abcdefghijklmnopqrstuv"
RECEIPT = re.compile(r"potwierdzenie=\"?([A-Z2-7]{27}):")


@dataclass
class Voter:
    """One voter with a proof and the form that is about to be sent."""

    key: bytes
    cookie: str
    form: str


@dataclass
class Rig:
    """`with Rig() as rig`: database and web end with the block."""

    workers: int = 2
    folder: tempfile.TemporaryDirectory = field(default_factory=lambda: tempfile.TemporaryDirectory(prefix="rb"))
    web: subprocess.Popen | None = None
    beside: list[subprocess.Popen] = field(default_factory=list)
    """Other servers that run at the same time."""
    path: str = ""

    def __enter__(self) -> Rig:
        os.environ.pop("RATUSZ_DATABASE_URL", None)
        os.environ |= {"RATUSZ_HOME": self.folder.name, "DJANGO_SETTINGS_MODULE": "ratusz.config.settings", "RATUSZ_ADDRESS": ""}
        self.database = DatabaseServer(Path(self.folder.name))
        self.database.start(ends_with_us=True)
        subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], check=True, stdout=subprocess.DEVNULL)
        self.port = _free_port()
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        return self

    def __exit__(self, *_error: object) -> None:
        from django.db import connections

        self.kill_web()
        for other in self.beside:
            _kill(other)
        connections.close_all()
        self.database.stop()
        self.folder.cleanup()

    def open_vote(self, closes_in: timedelta | None = None) -> None:
        """A vote of an edition of its own; open for a day unless said otherwise."""
        from ratusz.foundation.kit.clock import database_now
        from ratusz.participation.voting.factories import open_vote_on

        self.vote = open_vote_on(**({"closes_at": database_now() + closes_in} if closes_in else {}))
        self.path = f"/glosuj/{self.vote.edition.slug}/pl/urna/"

    def voters(self, number: int, start: int = 0) -> list[Voter]:
        """With proofs as an identity adapter leaves them."""
        from django.http import HttpResponse

        from ratusz.participation.voting import identity
        from ratusz.participation.voting.actions import IdentityProof, hold_proof
        from ratusz.participation.voting.factories import number as project

        made, edition = [], self.vote.edition
        for n in range(start, start + number):
            key = sha256(f"voter {n}".encode()).digest()
            answer = HttpResponse()
            held = hold_proof(vote=self.vote, proof=IdentityProof(key, age_band="30-44", contact=f"wyborca{n}@example.pl"))
            identity.set_cookie(answer, identity.COOKIE, f"{self.vote.pk}:{held}")
            form = {
                "csrfmiddlewaretoken": TOKEN, "klucz": f"{n:032}", "dzielnica": "L1",
                f"p/L1/{project(edition, 'L1', n % 4 + 1)}": "2", f"p/L1/{project(edition, 'L1', (n + 1) % 4 + 1)}": "1",
                f"p/M/{project(edition, 'M', n % 5 + 1)}": "3",
            }  # fmt: skip
            cookie = answer.cookies[identity.COOKIE].OutputString().split(";")[0]
            made.append(Voter(key, f"{cookie}; csrftoken={TOKEN}", urlencode(form)))
        return made

    def start_web(self, application: str = "ratusz.config.wsgi:application") -> None:
        self.web = self._serve(application, self.port)

    def start_beside(self, application: str) -> int:
        """Another application under a port of its own, which it gives back."""
        port = _free_port()
        self.beside.append(self._serve(application, port))
        return port

    def _serve(self, application: str, port: int) -> subprocess.Popen:
        command = [
            sys.executable, "-m", "gunicorn", "-c", "python:ratusz.config.gunicorn_settings", "-b", f"127.0.0.1:{port}",
            "-w", str(self.workers), application,
        ]  # fmt: skip
        web = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent.parent)
        for _try in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return web
            time.sleep(0.05)
        raise RuntimeError("the web did not start")

    def kill_web(self) -> None:
        """kill -9 of the master and all its workers: the session that is ours."""
        if self.web:
            _kill(self.web)
        self.web = None

    def kill_database(self) -> None:
        """kill -9 of the postmaster, then a start with its recovery."""
        os.kill(int((self.database.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while self.database.is_running():
            time.sleep(0.02)
        self.database.start(ends_with_us=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _kill(web: subprocess.Popen) -> None:
    if web.poll() is None:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()


class Sender:
    """One browser's connection."""

    def __init__(self, port: int):
        self.port, self.connection = port, None

    def post(self, path: str, body: str, cookie: str = "") -> tuple[int, str]:
        """(status, cookies that were set); (0, "") where no answer came.

        A kept connection that the server ended meanwhile is no answer either: as browsers do, the form goes once more on a new one.
        """
        is_kept = self.connection is not None
        answer = self._post_once(path, body, cookie)
        return self._post_once(path, body, cookie) if is_kept and not answer[0] else answer

    def _post_once(self, path: str, body: str, cookie: str) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Host": "localhost"}
        try:
            self.connection.request("POST", path, body, headers)
            answer = self.connection.getresponse()
            answer.read()
            return answer.status, " ".join(answer.headers.get_all("Set-Cookie") or [])
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            return 0, ""

    def answer(self, path: str, voter: Voter) -> tuple[int, str]:
        """Status, and the number on the receipt; "" where the ballot was not acknowledged."""
        status, cookies = self.post(path, voter.form, voter.cookie)
        found = RECEIPT.search(cookies)
        return status, found.group(1) if status == 302 and found else ""

    def cast(self, path: str, voter: Voter) -> str:
        """The number on the receipt; "" where the ballot was not acknowledged."""
        return self.answer(path, voter)[1]
