"""The gate of public words: short, and nothing that names or reaches a private person."""

from __future__ import annotations

from datetime import datetime

from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC
from ratusz.governance.decisions.rules import DecisionRefused, check_words
from ratusz.publishing.gates.checks.personal import personal_data
from ratusz.publishing.gates.reading import Passage, Reading
from ratusz.publishing.gates.targets import targets_of


def check_public(at: datetime, *texts: str) -> None:
    """Raises DecisionRefused when a text is too long or holds personal data; the data are never repeated in the words."""
    texts = tuple(text for text in texts if text.strip())
    for text in texts:
        check_words(text, LONGEST_PUBLIC)
    reading = Reading(
        subject="decisions.words", kind="decisions.words", title="", passages=tuple(Passage(text) for text in texts), has_care=False
    )
    for found in personal_data(reading, targets_of("web", at), at):
        raise DecisionRefused(found.words)
