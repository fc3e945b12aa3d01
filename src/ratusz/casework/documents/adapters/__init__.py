"""The document system (EZD) of the Office: what hands it a package and what reads its answers back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Answer:
    """What the document system says of one package: its file's name, whether it was taken, the number it got, or why not."""

    file_name: str
    is_taken: bool
    number: str = ""
    words: str = ""


class NotReached(Exception):
    """The document system cannot be reached now; it is tried again later."""


class DocumentSystem(Protocol):
    """A place that takes packages. Handing over the same file again must do no harm."""

    def hand(self, file_name: str, content: bytes) -> None:
        """Gives a package; raises NotReached."""

    def answers(self) -> Iterable[Answer]:
        """Answers since the last time they were settled; an answer may come twice. Raises NotReached."""

    def settle(self, answer: Answer) -> None:
        """The answer is written down here: it need not come again."""


def document_system() -> DocumentSystem | None:
    """The one this installation names in RATUSZ_EZD_FOLDER; None where packages are downloaded and carried by hand."""
    from django.conf import settings

    from ratusz.casework.documents.adapters.watched_folder import WatchedFolder

    return WatchedFolder(settings.EZD_FOLDER) if settings.EZD_FOLDER else None
