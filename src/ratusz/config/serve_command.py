"""`ratusz serve`: the web as on a server, behind a proxy that speaks TLS."""

from __future__ import annotations

import os
import subprocess
import sys

from ratusz.config.private_database import database
from ratusz.config.processes import web_command


def main(arguments: list[str]) -> int:
    """Collects static files under names with their hash, brings a private database up to date, and serves until SIGTERM."""
    os.environ["RATUSZ_STATIC"] = "manifest"
    with database():
        if not os.environ.get("RATUSZ_DATABASE_URL"):
            subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], check=True)
        subprocess.run([sys.executable, "-m", "ratusz.config.entry", "manage", "collectstatic", "--noinput", "-v0"], check=True)
        workers = int(os.environ.get("RATUSZ_WEB_WORKERS") or max(2, (os.cpu_count() or 1)))
        return subprocess.run([*web_command(os.environ.get("RATUSZ_BIND", "127.0.0.1:8000"), workers), *arguments]).returncode
