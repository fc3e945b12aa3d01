"""Gate W09 for words that do not stand on a page of the portal: public minutes of meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ratusz.casework.meetings.registries import PublicWords
from ratusz.publishing.gates.checks.personal import personal_data
from ratusz.publishing.gates.findings import BLOCK
from ratusz.publishing.gates.reading import Passage, Reading
from ratusz.publishing.gates.targets import targets_of


def personal_words(texts: list[str], at: datetime) -> Iterator[PublicWords]:
    """What W09 finds in them; a PESEL or an account is let through by nobody."""
    passages = tuple(Passage(text) for text in texts if text.strip())
    reading = Reading(subject="meetings.words", kind="meetings.words", title="", passages=passages, has_care=False)
    for found in personal_data(reading, targets_of("web", at), at):
        yield PublicWords(found.words, is_final=found.severity in ("", BLOCK))
