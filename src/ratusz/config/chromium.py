"""The system's Chromium for the browser tests; installed by the system's package manager where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess

from ratusz.config.progress import Step, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW_TO_INSTALL = (
    "testy w przeglądarce: nie ma Chromium; zainstaluj je (Debian, Ubuntu: apt-get install chromium; "
    "Fedora: dnf install chromium) albo wskaż w RATUSZ_CHROMIUM"
)


def find() -> str | None:
    """The path of a Chromium on this machine."""
    if named := os.environ.get("RATUSZ_CHROMIUM"):
        return named
    return next(filter(None, map(shutil.which, NAMES)), None)


def find_or_install() -> str | None:
    """As `find`; as root on Debian it is installed when missing. None: the caller says HOW_TO_INSTALL."""
    return find() or (_install() if os.geteuid() == 0 and shutil.which("apt-get") else None)


def _install() -> str | None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with Step("Instaluję Chromium (apt-get)"):
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", *command], capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment)
    if done.returncode:
        say(f"apt-get nie zainstalował Chromium:\n{done.stderr[-1500:]}")
    return find()
