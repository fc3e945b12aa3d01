"""Questions of an idea survey as they are written, asked and answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ONE, MANY, TEXT = "one", "many", "text"
MOST_QUESTIONS, MOST_CHOICES = 6, 12


def questions_from(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions that have words, numbered p1, p2, …; raises ValueError with the number of one whose choices are wrong."""
    found: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        words = row["words"].strip()
        if not words:
            continue
        lines = dict.fromkeys(line.strip() for line in row["choices"].splitlines() if line.strip())
        choices = [] if row["kind"] == TEXT else list(lines)
        if row["kind"] != TEXT and not 2 <= len(choices) <= MOST_CHOICES:
            raise ValueError(number)
        found.append({"code": f"p{len(found) + 1}", "words": words, "kind": row["kind"], "choices": choices})
    return found


def split(questions: list[dict[str, Any]], given: dict[str, Any]) -> tuple[dict[str, list[int]], dict[str, str]]:
    """What was chosen and what was written, of what is asked and of nothing else; choices that are none fall away."""
    choices: dict[str, list[int]] = {}
    words: dict[str, str] = {}
    for asked in questions:
        value = given.get(asked["code"])
        if asked["kind"] == TEXT:
            if isinstance(value, str) and value.strip():
                words[asked["code"]] = value.strip()
            continue
        numbers = value if isinstance(value, list) else [value]
        wanted = {int(each) for each in numbers if str(each).isdecimal() and len(str(each)) < 3}
        known = sorted(wanted & set(range(len(asked["choices"]))))
        if known and (asked["kind"] == MANY or len(known) == 1):
            choices[asked["code"]] = known
    return choices, words
