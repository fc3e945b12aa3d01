"""A document system in memory, for tests and the demo; the same tests run on it and on the watched folder."""

from __future__ import annotations

from ratusz.casework.documents.adapters import Answer, NotReached


class FakeDocumentSystem:
    """Keeps what it was given and answers what it is told to."""

    def __init__(self) -> None:
        self.packages: dict[str, bytes] = {}
        self.waiting: dict[str, Answer] = {}
        self.is_down = False

    def hand(self, file_name: str, content: bytes) -> None:
        self._check()
        self.packages[file_name] = content

    def say(self, file_name: str, *, number: str = "", reason: str = "") -> None:
        """The document system takes a package under a number, or refuses it for a reason."""
        self.waiting[file_name] = Answer(file_name, not reason, number, reason)

    def answers(self) -> list[Answer]:
        self._check()
        return list(self.waiting.values())

    def settle(self, answer: Answer) -> None:
        self.waiting.pop(answer.file_name, None)

    def _check(self) -> None:
        if self.is_down:
            raise NotReached("down")
