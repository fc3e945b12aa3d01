"""RATUSZ_HOME: the one folder of state on disk, its parts apart from each other."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """The folder of state that RATUSZ_HOME names; else `.ratusz` in the checkout, or the account's own for an installed package."""
    if named := os.environ.get("RATUSZ_HOME"):
        return Path(named).resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / ".ratusz"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "ratusz"


def secret(name: str) -> str:
    """A random secret kept in `home/secrets`, made at first use, readable by its owner only."""
    folder = home() / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        # Whole or not at all, and the first one wins, when processes and threads ask at once: each writes a file of its own.
        number, own = tempfile.mkstemp(prefix=f"{name}.", dir=folder)
        with open(number, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        os.unlink(own)
    return path.read_text()
