"""What is wrong with a questionnaire before it is published: questions nobody can reach, loops, missing words and answers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.conditions import asks_of, holds, tests_of

MOST_WORLDS = 20_000
"""Combinations of answers that are tried to find a question that nobody can reach; more are believed to be fine."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `code` is the question or the part it is in; a warning does not stop the publishing."""

    code: str
    words: str
    is_warning: bool = False


def problems_of(content: c.Content, languages: Iterable[str]) -> list[Problem]:
    """All problems, in the order of the questions."""
    if not c.questions_of(content):
        return [Problem("", _("There is no question yet. Add one."))]
    found = [*_codes(content), *_groups(content)]
    for number, item in enumerate(c.items_of(content)):
        found += [*_parts(item), *_words(item, languages), *_references(content, number, item)]
    found += _pages(content, languages)
    if not found:
        found += _unreachable(content)
    return found


def _codes(content: c.Content) -> Iterator[Problem]:
    codes = [item["code"] for item in c.items_of(content)]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem(code, _("Two questions have this code."))


def _groups(content: c.Content) -> Iterator[Problem]:
    parting = [item for item in c.items_of(content) if item.get("measures") == "group"]
    for item in parting[1:]:
        yield Problem(item["code"], _("Only one question may part respondents into groups."))
    for item in parting[:1]:
        if item["kind"] != c.SINGLE or not item.get("required"):
            yield Problem(item["code"], _("The question that parts respondents has one answer and must be answered."))


def _parts(item: c.Item) -> Iterator[Problem]:
    code = item["code"]
    if item["kind"] in c.WITH_CHOICES and len(item.get("choices", ())) < 2:
        yield Problem(code, _("Write at least two answers to choose from."))
    if item["kind"] in c.WITH_ROWS and not item.get("rows"):
        yield Problem(code, _("Write the rows of this question."))
    if item["kind"] == c.SCALE and not 2 <= len(c.scale_of(item)) <= 11:
        yield Problem(code, _("A scale has from 2 to 11 points."))
    if item["kind"] in (c.NUMBER, c.DATE) and not _is_in_order(item.get("lowest"), item.get("highest")):
        yield Problem(code, _("The lowest value is above the highest one: nobody can answer."))
    if item.get("pattern") and not _is_pattern(item["pattern"]):
        yield Problem(code, _("This pattern cannot be read. Mend it or take it out."))
    if item["kind"] == c.MATRIX and len(item.get("choices", ())) > 7:
        yield Problem(code, _("More than seven columns do not fit on a telephone: fewer are better."), is_warning=True)


def _is_in_order(lowest: Any, highest: Any) -> bool:
    return lowest in (None, "") or highest in (None, "") or lowest <= highest


def _is_pattern(pattern: str) -> bool:
    """Whether it can be read and cannot run for ever: nothing repeated inside something repeated."""
    if re.search(r"[+*}]\)?[+*{]|\([^)]*[+*][^)]*\)[+*{]", pattern):
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _words(item: c.Item, languages: Iterable[str]) -> Iterator[Problem]:
    places = [("", item.get("text"))] + [("hint", item[name]) for name in ("hint",) if item.get(name)]
    places += [(each["code"], each.get("text")) for name in ("choices", "rows") for each in item.get(name, ())]
    places += [(name, item[name]) for name in ("low_words", "high_words", "pattern_words", "not_applicable") if item.get(name)]
    for language in languages:
        lacking = [place for place, words in places if not (isinstance(words, dict) and str(words.get(language, "")).strip())]
        if lacking:
            what = _("The words are missing in the language “%(language)s”.") if language != "pl" else _("Words are missing.")
            yield Problem(item["code"], what % {"language": language} if language != "pl" else what)


def _pages(content: c.Content, languages: Iterable[str]) -> Iterator[Problem]:
    for number, page in enumerate(c.pages_of(content)):
        if not page.get("items"):
            yield Problem(page["code"], _("This part has no question."))
        before = {item["code"] for each in c.pages_of(content)[:number] for item in each.get("items", ())}
        if asks_of(page.get("show_if")) - before:
            yield Problem(page["code"], _("Whether this part is shown depends on a question of the same part or a later one."))
        for language in languages:
            titles = page.get("title") or {}
            if any(titles.values()) and not titles.get(language):
                yield Problem(page["code"], _("The words are missing in the language “%(language)s”.") % {"language": language})


def _references(content: c.Content, number: int, item: c.Item) -> Iterator[Problem]:
    before = {each["code"]: each for each in list(c.items_of(content))[:number]}
    known = {each["code"] for each in c.items_of(content)}
    for name in ("show_if", "required_if"):
        for test in tests_of(item.get(name)):
            asked = test["question"].partition(".")[0]
            if asked not in known:
                yield Problem(item["code"], _("Its condition looks at a question that is not there any more."))
            elif asked not in before:
                yield Problem(item["code"], _("Its condition goes in a loop: it looks at this question or a later one."))
            elif not _may_be_answered(before[asked], test):
                yield Problem(item["code"], _("Its condition waits for an answer that nobody can give."))


def _may_be_answered(item: c.Item, test: dict[str, Any]) -> bool:
    """Whether the value in a test is one of the answers of the question; numbers, days and words may be any."""
    if test["op"] not in ("is", "is_not", "has", "has_not") or item["kind"] in (c.NUMBER, c.DATE, *c.WORDS, c.DISTRICT):
        return item["kind"] != c.INFO
    known = ["yes"] if item["kind"] == c.CONSENT else c.choice_codes(item)
    return str(test.get("value")) in known


def _unreachable(content: c.Content) -> Iterator[Problem]:
    """Questions that no combination of answers shows; called when every condition looks at earlier answers that exist."""
    for page in c.pages_of(content):
        for item in page.get("items", ()):
            conditions = [page.get("show_if"), item.get("show_if")]
            if any(conditions) and not _can_hold(content, conditions):
                yield Problem(item["code"], _("Nobody can reach this question: its conditions exclude one another."))


def _can_hold(content: c.Content, conditions: list[Any]) -> bool:
    """Tries all answers to the questions that the conditions look at, with what shows these in turn."""
    needed = _closure(content, conditions)
    tests = [test for each in [*conditions, *(item.get("show_if") for item in needed)] for test in tests_of(each)]
    worlds = [[None, *_samples(item, tests)] for item in needed]
    size = 1
    for each in worlds:
        size *= len(each)
    if size > MOST_WORLDS:
        return True
    for world in itertools.product(*worlds):
        answers: dict[str, Any] = {}
        for item, value in zip(needed, world, strict=True):
            if value is not None and all(holds(each, answers) for each in _shows(content, item)):
                answers[item["code"]] = value
        if all(holds(each, answers) for each in conditions):
            return True
    return False


def _shows(content: c.Content, item: c.Item) -> list[Any]:
    page = c.pages_of(content)[c.page_holding(content, item["code"])]
    return [page.get("show_if"), item.get("show_if")]


def _closure(content: c.Content, conditions: list[Any]) -> list[c.Item]:
    """Questions that matter for the conditions, in the order in which they are asked."""
    wanted: set[str] = set()
    waiting = set().union(*(asks_of(each) for each in conditions))
    while waiting:
        code = waiting.pop()
        wanted.add(code)
        item = c.item_of(content, code)
        if item is not None:
            waiting |= set().union(*(asks_of(each) for each in _shows(content, item))) - wanted
    return [item for item in c.items_of(content) if item["code"] in wanted]


def _samples(item: c.Item, tests: list[dict[str, Any]]) -> list[Any]:
    """Answers of a question that matter for the tests."""
    own = [test for test in tests if test["question"].partition(".")[0] == item["code"]]
    values = [test.get("value") for test in own if test.get("value") not in (None, "")]
    if item["kind"] == c.MULTIPLE:
        named = sorted({str(each) for each in values} & set(c.choice_codes(item))) + c.choice_codes(item)[:1]
        few = list(dict.fromkeys(named))[:6]
        return [list(each) for size in range(1, len(few) + 1) for each in itertools.combinations(few, size)]
    if item["kind"] in c.WITH_ROWS:
        return [{test["question"].partition(".")[2]: choice} for test in own for choice in c.choice_codes(item)]
    if item["kind"] == c.SCALE:
        return list(c.scale_of(item))
    if item["kind"] in (c.SINGLE, c.YES_NO):
        return c.choice_codes(item)
    if item["kind"] == c.CONSENT:
        return [True]
    return _around(item, values)


def _around(item: c.Item, values: list[Any]) -> list[Any]:
    """Of numbers the named ones and those beside them, within what the question allows; of others the named ones and another."""
    if item["kind"] != c.NUMBER:
        return [*dict.fromkeys(str(each) for each in values), "x"]
    lowest, highest = item.get("lowest"), item.get("highest")
    near = {float(each) + step for each in values for step in (-1, 0, 1)} | {
        float(each) for each in (lowest, highest) if each is not None
    }
    return sorted(
        each for each in near or {0.0}
        if (lowest is None or each >= float(lowest)) and (highest is None or each <= float(highest))
    )  # fmt: skip
