"""A folder that the document system watches: packages go to `do-ezd`, answers come as small JSON files in `z-ezd`.

An answer is named like its package with `.json` at the end: {"przyjeto": true, "numer": "RPW/123/2026"} or
{"przyjeto": false, "powod": "brak metryki"}. Settled answers move to `z-ezd/wczytane`, unreadable ones to `z-ezd/nieczytelne`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ratusz.casework.documents.adapters import Answer, NotReached

LONGEST_ANSWER = 64 * 1024


class WatchedFolder:
    """Both folders stand in one that is shared with the document system."""

    def __init__(self, folder: str | Path) -> None:
        self.out = Path(folder) / "do-ezd"
        self.back = Path(folder) / "z-ezd"

    def hand(self, file_name: str, content: bytes) -> None:
        """Written under another name first, so that a half of it is never read."""
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            part = self.out / f".{file_name}.part"
            with part.open("wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            part.replace(self.out / file_name)
        except OSError as problem:
            raise NotReached(str(problem)) from problem

    def answers(self) -> Iterator[Answer]:
        """In the order of their names; a file that cannot be read is set aside."""
        try:
            waiting = sorted(self.back.glob("*.json")) if self.back.is_dir() else []
        except OSError as problem:
            raise NotReached(str(problem)) from problem
        for path in waiting:
            try:
                yield _answer(path)
            except (ValueError, KeyError, TypeError, OSError):
                self._move(path, "nieczytelne")

    def settle(self, answer: Answer) -> None:
        """The file moves away."""
        self._move(self.back / f"{answer.file_name}.json", "wczytane")

    def _move(self, path: Path, where: str) -> None:
        target = self.back / where
        target.mkdir(parents=True, exist_ok=True)
        path.replace(target / path.name)


def _answer(path: Path) -> Answer:
    if path.stat().st_size > LONGEST_ANSWER:
        raise ValueError("too long for an answer")
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    is_taken = said["przyjeto"]
    if not isinstance(is_taken, bool):
        raise ValueError("przyjeto is true or false")
    number, words = str(said.get("numer", "")).strip(), str(said.get("powod", ""))
    return Answer(path.name.removesuffix(".json"), is_taken, number[:120], words[:500])
