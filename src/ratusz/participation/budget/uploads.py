"""A file of a contest between the check and the confirmation: kept aside under a random name, gone after a day."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEPT_SECONDS = 24 * 3600
ENDINGS = (".pb.gz", ".pb", ".json", ".zip")
_NAME = re.compile(r"[0-9a-f]{32}(\.pb\.gz|\.pb|\.json|\.zip)")


def _folder() -> Path:
    folder = Path(settings.HOME) / "uploads" / "budget"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def put_aside(uploaded: UploadedFile) -> str:
    """Keeps an upload; the name to find it by. Older ones that nobody confirmed go."""
    for old in _folder().iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    ending = next(ending for ending in ENDINGS if str(uploaded.name).lower().endswith(ending))
    name = secrets.token_hex(16) + ending
    with open(_folder() / name, "xb") as file:
        for chunk in uploaded.chunks():
            file.write(chunk)
    return name


def kept(name: str) -> Path | None:
    """The file of that name; None when it is gone or the name is none of ours."""
    path = _folder() / name
    return path if _NAME.fullmatch(name) and path.exists() else None


def remove(name: str) -> None:
    """Removes a file that was put aside."""
    if _NAME.fullmatch(name):
        (_folder() / name).unlink(missing_ok=True)
