"""What differs between two versions of a notice, sentence by sentence: pure, for people who read and for those who listen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ratusz.publishing.intranet.structure import lines_of, sentences_of

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """Neighbouring sentences that share a fate."""

    kind: str
    text: str


Line = tuple[Piece, ...]


def difference(older: Any, newer: Any) -> list[Line]:
    """The lines of the newer version with what was added and taken out; both have title, lead and body."""
    return list(_lines(_texts(older), _texts(newer)))


def has_changed(older: Any, newer: Any) -> bool:
    """Whether a reader would notice anything."""
    return _texts(older) != _texts(newer)


def _texts(version: Any) -> list[str]:
    return [text for text in (version.title, version.lead, *lines_of(version.body)) if text]


def _lines(older: list[str], newer: list[str]) -> Iterator[Line]:
    for fate, start, end, new_start, new_end in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if fate == "equal":
            yield from ((Piece(SAME, text),) for text in newer[new_start:new_end])
            continue
        gone, come = older[start:end], newer[new_start:new_end]
        # Line against line as far as both go, so that one changed sentence does not repeat a whole paragraph.
        for before, after in zip(gone, come, strict=False):
            yield _within(before, after)
        yield from ((Piece(REMOVED, text),) for text in gone[len(come) :])
        yield from ((Piece(ADDED, text),) for text in come[len(gone) :])


def _within(before: str, after: str) -> Line:
    older, newer = sentences_of(before), sentences_of(after)
    pieces: list[Piece] = []
    for fate, start, end, new_start, new_end in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if fate == "equal":
            pieces.append(Piece(SAME, " ".join(newer[new_start:new_end])))
            continue
        if start < end:
            pieces.append(Piece(REMOVED, " ".join(older[start:end])))
        if new_start < new_end:
            pieces.append(Piece(ADDED, " ".join(newer[new_start:new_end])))
    return tuple(pieces)
