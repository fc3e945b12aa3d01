"""A condition as up to three rows that are chosen from lists: a question with an answer, and for numbers and days a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.wording import value_words

ROWS = 3
SHORT = 60
Option = tuple[str, str]


def is_simple(condition: Any) -> bool:
    """Whether the rows can show it."""
    if not condition:
        return True
    tests = condition["tests"] if "join" in condition else [condition]
    return len(tests) <= ROWS and all("op" in each for each in tests)


def fields_for(content: c.Content, before: list[c.Item], condition: Any, prefix: str) -> Iterator[tuple[str, forms.Field]]:
    """Names and fields of the rows, with what stands now; none for a condition that the rows cannot show."""
    if not is_simple(condition):
        return
    tests = condition.get("tests", [condition]) if condition else []
    options = [("", "–"), *_options(content, before)]
    if len(options) == 1:
        return
    join = condition.get("join", "and") if condition else "and"
    yield (
        f"{prefix}_join",
        forms.ChoiceField(
            label=_("All or one of these"),
            choices=[("and", _("all must hold")), ("or", _("one is enough"))],
            initial=join,
            required=False,
        ),
    )
    for number in range(ROWS):
        test = tests[number] if number < len(tests) else None
        label = _("Condition %(number)s") % {"number": number + 1}
        initial = _chosen(test, options)
        yield f"{prefix}_{number}", forms.ChoiceField(label=label, choices=options, initial=initial, required=False)
        value = test.get("value") if test and initial.endswith("|") else ""
        yield (
            f"{prefix}_{number}_value",
            forms.CharField(
                label=_("number or day (2026-05-01), where the condition needs one"), max_length=30, required=False, initial=value
            ),
        )


def condition_from(clean: dict[str, Any], prefix: str, old: Any) -> Any:
    """The condition that the rows say; `old` where there are none. ValueError with the number of a row without its value."""
    if f"{prefix}_join" not in clean:
        return old
    tests = []
    for number in range(ROWS):
        if not (chosen := clean.get(f"{prefix}_{number}")):
            continue
        question, op, value = chosen.split("|")
        test: dict[str, Any] = {"question": question, "op": op}
        if op not in ("answered", "not_answered"):
            test["value"] = value or clean.get(f"{prefix}_{number}_value", "").strip().replace(",", ".")
            if not test["value"]:
                raise ValueError(number)
        tests.append(test)
    if len(tests) < 2:
        return tests[0] if tests else None
    return {"join": clean[f"{prefix}_join"] or "and", "tests": tests}


def _chosen(test: dict[str, Any] | None, options: list[Option]) -> str:
    if test is None:
        return ""
    known = {code for code, _words in options}
    exact = f"{test['question']}|{test['op']}|{test.get('value', '')}"
    return exact if exact in known else f"{test['question']}|{test['op']}|"


def _options(content: c.Content, before: list[c.Item]) -> Iterator[Option]:
    numbers = c.numbers_of(content)
    for item in before:
        if item["kind"] == c.INFO:
            continue
        words = c.text_of(item["text"], "pl")
        name = f"{numbers[item['code']]}. {words[:SHORT]}" + ("…" if len(words) > SHORT else "")
        yield from _of_item(item, name)


def _of_item(item: c.Item, name: str) -> Iterator[Option]:
    code, kind = item["code"], item["kind"]
    if kind in c.WITH_ROWS:
        for row in item.get("rows", ()):
            words = f"{name} – {c.text_of(row['text'], 'pl')}"
            yield from (
                (f"{code}.{row['code']}|is|{each}", f"{words}: {value_words(item, each, 'pl')}") for each in c.choice_codes(item)
            )
        return
    if kind in (c.SINGLE, c.YES_NO, c.SCALE, c.MULTIPLE):
        yes, no = ("has", "has_not") if kind == c.MULTIPLE else ("is", "is_not")
        for each in c.choice_codes(item):
            yield f"{code}|{yes}|{each}", f"{name}: {value_words(item, each, 'pl')}"
        for each in c.choice_codes(item):
            yield (
                f"{code}|{no}|{each}",
                _("%(question)s: anything but %(value)s") % {"question": name, "value": value_words(item, each, "pl")},
            )
    if kind in (c.NUMBER, c.DATE, c.SCALE):
        for op, words in (("ge", _("at least")), ("le", _("at most")), ("gt", _("more than")), ("lt", _("less than"))):
            yield f"{code}|{op}|", f"{name}: {words} …"
    yield f"{code}|answered|", _("%(question)s: was answered") % {"question": name}
    yield f"{code}|not_answered|", _("%(question)s: was not answered") % {"question": name}
