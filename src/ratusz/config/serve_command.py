"""`ratusz serve`: the web as on a server, behind a proxy that speaks TLS."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from ratusz.config import ordinary_user
from ratusz.config.private_database import database
from ratusz.config.processes import web_command


def main(arguments: list[str]) -> int:
    """Collects static files under names with their hash, brings a private database up to date, and serves until SIGTERM."""
    os.environ["RATUSZ_STATIC"] = "manifest"
    with database():
        if not os.environ.get("RATUSZ_DATABASE_URL"):
            subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "ratusz.config.entry", "manage", "collectstatic", "--noinput", "-v0"], check=True)
        workers = int(os.environ.get("RATUSZ_WEB_WORKERS") or max(2, os.cpu_count() or 1))
        return _serve([*web_command(os.environ.get("RATUSZ_BIND", "127.0.0.1:8000"), workers), *arguments])


def _serve(command: list[str]) -> int:
    """Hands our end on to gunicorn, which finishes the requests in hand; 0 after that."""
    program, *arguments = command
    process = subprocess.Popen(
        [*ordinary_user.command(ordinary_user.AS_WE_ARE, death_signal=signal.SIGTERM, program=program), *arguments],
        start_new_session=True,
    )  # fmt: skip

    def end(number: int, frame: object) -> None:
        process.terminate()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
    return process.wait()
