"""Which code prepared the demo's database last: with the same code there is nothing to prepare, and the start is twice as quick."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from ratusz.config.home import CHECKOUT

PACKAGE = Path(__file__).resolve().parents[1]
NAME = "prepared.json"


def accounts_if_prepared(home: Path) -> list[str] | None:
    """The demo's accounts as they were told at the preparation by this very code; None when it has to be prepared."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((home / NAME).read_text())
        if said["code"] == _code() and not os.environ.get("RATUSZ_DATABASE_URL"):
            return list(said["accounts"])
    return None


def remember(home: Path, accounts: list[str]) -> None:
    """To be said only after everything was prepared."""
    (home / NAME).write_text(json.dumps({"code": _code(), "accounts": accounts}))


def forget(home: Path) -> None:
    """Before anything is prepared, so that an interrupted preparation is repeated."""
    (home / NAME).unlink(missing_ok=True)


def _code() -> str:
    """Changes with every change of a file of ours, of the libraries' versions or of the environment."""
    digest = hashlib.sha256(f"{PACKAGE} {os.environ.get('RATUSZ_ENV', '')}".encode())
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if not name.endswith(".mo"):
                state = os.stat(os.path.join(folder, name))
                digest.update(f"{folder}/{name} {state.st_mtime_ns} {state.st_size}\n".encode())
    with contextlib.suppress(OSError):
        digest.update((CHECKOUT / "requirements" / "base.txt").read_bytes())
    return digest.hexdigest()
