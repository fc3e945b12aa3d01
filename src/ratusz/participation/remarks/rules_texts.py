"""What may be done with a consulted text, and what is refused in which words; pure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.remarks.texts.pieces import LONGEST

LONGEST_CHANGES = 2000


class TextRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


def check_draft(version: Any) -> None:
    """Raises TextRefused for a published version."""
    if version is None or version.is_published:
        raise TextRefused(_("A published version never changes. Send the corrected file as the next version."))


def check_words(words: str) -> str:
    """The words without spaces at their ends. Raises TextRefused for none or too many."""
    words = words.strip()
    if not words:
        raise TextRefused(_("A passage has words. To take it out, use the button under it."))
    if len(words) > LONGEST:
        raise TextRefused(_("A passage has at most 4,000 characters. Split it by an empty line."))
    return words


def check_changes(number: int, words: str) -> str:
    """What changes in a later version. Raises TextRefused for nothing or too much."""
    words = words.strip()
    if number > 1 and not words:
        raise TextRefused(_("Write what changes and why: everybody reads it above the new version."))
    if len(words) > LONGEST_CHANGES:
        raise TextRefused(_("What changes has at most 2,000 characters. Shorten it."))
    return words


def check_open(consultation: Any) -> None:
    """Raises TextRefused once the report is published."""
    if consultation.reported_at is not None:
        raise TextRefused(_("The report is published: the text it is about does not change any more."))
