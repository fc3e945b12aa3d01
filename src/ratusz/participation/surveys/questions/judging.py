"""What given answers are worth: hidden questions fall away, the rest is checked; the same for the page, paper and imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.conditions import asks_of, holds
from ratusz.participation.surveys.questions.values import is_empty, missing_in, wrong_with


@dataclass(frozen=True)
class Judged:
    """`content` is what may be kept, `dropped` the codes of hidden questions that were answered, `errors` code to sentence."""

    content: dict[str, Any]
    dropped: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)


def judge(content: c.Content, given: dict[str, Any], *, asks_all: bool = True, pages: Iterable[int] | None = None) -> Judged:
    """Goes through the questions in order; what was hidden is no answer for later conditions either. Foreign codes fall away.

    `asks_all` False lets required questions stay open, as on a paper card or in a draft. `pages` judges only these parts, from 0,
    with the others taken as they stand.
    """
    kept: dict[str, Any] = {}
    dropped: list[str] = []
    errors: dict[str, str] = {}
    judged = None if pages is None else set(pages)
    for number, page in enumerate(c.pages_of(content)):
        shown = holds(page.get("show_if"), kept)
        for item in page.get("items", ()):
            _judge_item(item, shown, given, (kept, dropped, errors), asks_all and (judged is None or number in judged))
    return Judged(kept, tuple(dropped), errors)


def _judge_item(item: c.Item, page_shown: bool, given: dict[str, Any], into: tuple[dict, list, dict], asks: bool) -> None:
    kept, dropped, errors = into
    code, value = item["code"], given.get(item["code"])
    if item["kind"] == c.INFO:
        return
    if not page_shown or not holds(item.get("show_if"), kept):
        if not is_empty(value):
            dropped.append(code)
        return
    if is_empty(value):
        value = None
    elif wrong := wrong_with(item, value):
        errors[code] = wrong
        return
    if asks and is_required(item, kept) and (missing := missing_in(item, value)):
        errors[code] = missing
    if value is not None:
        kept[code] = value
        _keep_other(item, value, given, kept)


def _keep_other(item: c.Item, value: Any, given: dict[str, Any], kept: dict[str, Any]) -> None:
    """Own words beside "other", only where it was chosen."""
    words = given.get(item["code"] + c.OTHER)
    chosen = value if isinstance(value, list) else [value]
    asks_words = any(each.get("other") and each["code"] in chosen for each in item.get("choices", ()))
    if asks_words and isinstance(words, str) and words.strip():
        kept[item["code"] + c.OTHER] = words.strip()[: c.LONGEST_SHORT]


def is_required(item: c.Item, answers: dict[str, Any]) -> bool:
    """Whether it must be answered, given what was answered before it."""
    condition = item.get("required_if")
    return bool(item.get("required", item["kind"] == c.CONSENT)) or (bool(condition) and holds(condition, answers))


def pages_shown(content: c.Content, answers: dict[str, Any]) -> list[int]:
    """Places of the parts that concern whoever gave these answers, from 0, those with nothing to show left out."""
    return [
        number for number, page in enumerate(c.pages_of(content))
        if holds(page.get("show_if"), _before(content, number, answers)) and items_to_show(content, number, answers)
    ]  # fmt: skip


def _before(content: c.Content, number: int, answers: dict[str, Any]) -> dict[str, Any]:
    earlier = {item["code"] for page in c.pages_of(content)[:number] for item in page.get("items", ())}
    return {code: value for code, value in answers.items() if code.removesuffix(c.OTHER) in earlier}


def _looks_at_page(content: c.Content, number: int, item: c.Item) -> bool:
    """Whether its condition looks at a question of the same part: then only the answers can tell."""
    own = {each["code"] for each in c.pages_of(content)[number].get("items", ())}
    return bool(asks_of(item.get("show_if")) & own)


def items_to_show(content: c.Content, number: int, answers: dict[str, Any]) -> list[c.Item]:
    """The items of one part for whoever answered so before; those that depend on the same part are shown with their condition."""
    before = _before(content, number, answers)
    page = c.pages_of(content)[number]
    return [
        item for item in page.get("items", ())
        if holds(item.get("show_if"), before) or _looks_at_page(content, number, item)
    ]  # fmt: skip


def group_of(content: c.Content, answers: dict[str, Any]) -> str:
    """The group of whoever gave these answers; "" where nothing parts respondents."""
    asked = c.group_question(content)
    value = answers.get(asked["code"]) if asked else ""
    return value if isinstance(value, str) else ""
