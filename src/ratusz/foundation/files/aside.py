"""A file between its check and the confirmation: kept aside under a random name, gone after a day."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Aside:
    """One module's files that wait for a confirmation; only the given endings are taken, longer ones first."""

    folder_name: str
    endings: Sequence[str]

    def _folder(self) -> Path:
        folder = Path(settings.HOME) / "uploads" / self.folder_name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def put(self, uploaded: UploadedFile) -> str:
        """Keeps an upload; the name to find it by. Older ones that nobody confirmed go. StopIteration for another ending."""
        for old in self._folder().iterdir():
            if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                old.unlink(missing_ok=True)
        ending = next(ending for ending in self.endings if str(uploaded.name).lower().endswith(ending))
        name = secrets.token_hex(16) + ending
        with open(self._folder() / name, "xb") as file:
            for chunk in uploaded.chunks():
                file.write(chunk)
        return name

    def _is_ours(self, name: str) -> bool:
        return re.fullmatch(r"[0-9a-f]{32}(\.[a-z.]+)", name) is not None and name[32:] in self.endings

    def path(self, name: str) -> Path | None:
        """The file of that name; None when it is gone or the name is none of ours."""
        path = self._folder() / name
        return path if self._is_ours(name) and path.exists() else None

    def remove(self, name: str) -> None:
        """Removes a file that was put aside."""
        if self._is_ours(name):
            (self._folder() / name).unlink(missing_ok=True)
