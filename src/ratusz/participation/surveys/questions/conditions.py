"""Conditions on earlier answers: when a question is shown or must be answered, whom a quota counts.

A test is {"question": "p1", "op": "is", "value": "yes"}; of a matrix "p3.r1" names a row. A group is {"join": "and" | "or",
"tests": [tests and groups]}. Nothing answered makes every test false but "not_answered". An empty condition holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Condition = dict[str, Any] | None

OPS = ("is", "is_not", "has", "has_not", "lt", "le", "gt", "ge", "answered", "not_answered")
ORDER = {"lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b}


def holds(condition: Condition, answers: dict[str, Any]) -> bool:
    """Whether the condition holds for these answers (code to value)."""
    if not condition:
        return True
    if "join" in condition:
        found = (holds(each, answers) for each in condition.get("tests", ()))
        return any(found) if condition["join"] == "or" else all(found)
    return _test(condition["op"], _value(condition["question"], answers), condition.get("value"))


def _value(path: str, answers: dict[str, Any]) -> Any:
    code, _dot, row = path.partition(".")
    value = answers.get(code)
    return value.get(row) if row and isinstance(value, dict) else value


def _test(op: str, value: Any, wanted: Any) -> bool:
    is_answered = value not in (None, "", [], {})
    if op in ("answered", "not_answered"):
        return is_answered == (op == "answered")
    if not is_answered:
        return False
    if op in ORDER:
        return _ordered(op, value, wanted)
    if op in ("has", "has_not"):
        return (str(wanted) in _many(value)) == (op == "has")
    return (str(wanted) == _plain(value)) == (op == "is")


def _plain(value: Any) -> str:
    return "yes" if value is True else str(value)


def _many(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [_plain(value)]


def _ordered(op: str, value: Any, wanted: Any) -> bool:
    """Numbers as numbers, days as days; anything else is in no order."""
    try:
        return bool(ORDER[op](float(value), float(wanted)))
    except (TypeError, ValueError):
        is_day = isinstance(value, str) and len(value) == 10 and value[4:5] == "-"
        return is_day and bool(ORDER[op](value, str(wanted)))


def tests_of(condition: Condition) -> Iterator[dict[str, Any]]:
    """Every single test in it."""
    if not condition:
        return
    if "join" not in condition:
        yield condition
    for each in condition.get("tests", ()):
        yield from tests_of(each)


def asks_of(condition: Condition) -> set[str]:
    """Codes of the questions it looks at."""
    return {test["question"].partition(".")[0] for test in tests_of(condition)}
