"""What a kind of meeting asks to be known of it: words to show, what is still missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ratusz.casework.meetings.kinds import Ask, MeetingKind


def asked(kind: MeetingKind, *when: str) -> list[Ask]:
    """What the kind asks, before or after the meeting, in the order of its pack."""
    return [each for each in kind.asks if each.when in when]


def missing(kind: MeetingKind, answers: dict[str, Any], when: str) -> list[str]:
    """Labels of what is needed then and not written yet."""
    return [each.label for each in asked(kind, when) if each.is_needed and answers.get(each.code) in (None, "")]


def said(kind: MeetingKind, answers: dict[str, Any], *, only_public: bool) -> Iterable[tuple[str, str]]:
    """Label and value of what is written."""
    for each in kind.asks:
        value = answers.get(each.code)
        if value not in (None, "") and (each.is_public or not only_public):
            yield each.label, str(value)


def cleaned(kind: MeetingKind, given: dict[str, Any]) -> dict[str, Any]:
    """What the kind asks and no more: figures as numbers, words without spaces around."""
    found = {each.code: given.get(each.code) for each in kind.asks if each.code in given}
    return {code: value.strip() if isinstance(value, str) else value for code, value in found.items()}
