"""A maildir folder: `new` holds what came, a letter taken moves to `cur` with the flag S (seen).

By hand in a few lines: the standard library's mailbox.Maildir takes a whole letter apart before it can mark it, however hostile.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ratusz.foundation.incoming.adapters import Came, NotReached
from ratusz.foundation.incoming.rules import LARGEST, LONGEST_HEADERS

_DELIVERED = re.compile(r"^(\d{9,11})\.")
INFO = ":2,"


class MaildirMailbox:
    """Reads `new`, and what a mail program moved to `cur` without reading it. Links and folders in it are left alone."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / "new").is_dir():
            raise NotReached(f"{self.folder.name}/new")

    def waiting(self, most: int) -> Iterator[Came]:
        refused = ""
        for place, name in self._names()[:most]:
            try:
                came = self._came(place, name)
            except OSError as problem:  # one file that cannot be opened keeps no other waiting, and is told of
                refused = f"{name[:20]}: {problem.strerror}"
                continue
            if came is not None:
                yield came
        if refused:
            raise NotReached(refused)

    def _names(self) -> list[tuple[str, str]]:
        try:
            fresh = [("new", name) for name in os.listdir(self.folder / "new")]
            cur = self.folder / "cur"
            moved = [("cur", name) for name in os.listdir(cur) if "S" not in name.rpartition(INFO)[2]] if cur.is_dir() else []
        except OSError as problem:
            raise NotReached(problem.strerror or str(problem)) from problem
        return sorted((each for each in [*fresh, *moved] if not each[1].startswith(".")), key=lambda each: each[1])

    def _came(self, place: str, name: str) -> Came | None:
        path = self.folder / place / name
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return None
            number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with open(number, "rb") as file:
                facts = os.fstat(file.fileno())
                is_whole = facts.st_size <= LARGEST
                content = file.read(LARGEST + 1 if is_whole else LONGEST_HEADERS)
        except FileNotFoundError:  # another worker took it, or a mail program moved it
            return None
        return Came(f"{place}/{name}", _arrived(name, facts.st_mtime), facts.st_size, content, is_whole)

    def mark(self, came: Came) -> None:
        place, _line, name = came.key.partition("/")
        base, info, flags = name.rpartition(INFO)
        marked = f"{base}{info}{''.join(sorted({*flags, 'S'}))}" if info else f"{name}{INFO}S"
        try:
            (self.folder / "cur").mkdir(exist_ok=True)
            os.rename(self.folder / place / name, self.folder / "cur" / marked)
        except FileNotFoundError:
            return
        except OSError as problem:
            raise NotReached(problem.strerror or str(problem)) from problem

    def close(self) -> None:
        """Nothing to let go."""


def _arrived(name: str, changed: float) -> datetime:
    """The server writes the second of the delivery into the name; a copied folder has new times of its files."""
    match = _DELIVERED.match(name)
    said = int(match[1]) if match else changed
    return datetime.fromtimestamp(min(said, changed) if said > 0 else changed, UTC)
