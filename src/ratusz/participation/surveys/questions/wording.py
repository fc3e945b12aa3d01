"""Conditions in words, for whoever sees a question that may not concern them: on a long page and on paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.surveys.questions import content as c


def condition_words(content: c.Content, condition: Any, language: str) -> str:
    """ "if in question 3 you chose: yes"; "" for none."""
    if not condition:
        return ""
    if "join" in condition:
        parts = [condition_words(content, each, language) for each in condition.get("tests", ())]
        glue = " " + (_("or") if condition["join"] == "or" else _("and")) + " "
        return glue.join(filter(None, parts))
    return _test(content, condition, language)


def _test(content: c.Content, test: dict[str, Any], language: str) -> str:
    code, _dot, row = test["question"].partition(".")
    item = c.item_of(content, code)
    if item is None:
        return ""
    where = str(c.numbers_of(content).get(code, code))
    if row:
        where += f" ({_row_words(item, row, language)})"
    words = {
        "is": _("in question %(number)s you chose: %(value)s"), "has": _("in question %(number)s you chose: %(value)s"),
        "is_not": _("in question %(number)s you chose anything but: %(value)s"),
        "has_not": _("in question %(number)s you chose anything but: %(value)s"),
        "lt": _("in question %(number)s you gave less than %(value)s"),
        "le": _("in question %(number)s you gave at most %(value)s"),
        "gt": _("in question %(number)s you gave more than %(value)s"),
        "ge": _("in question %(number)s you gave at least %(value)s"),
        "answered": _("you answered question %(number)s"), "not_answered": _("you did not answer question %(number)s"),
    }  # fmt: skip
    return words[test["op"]] % {"number": where, "value": value_words(item, test.get("value"), language)}


def _row_words(item: c.Item, row: str, language: str) -> str:
    return next((c.text_of(each["text"], language) for each in item.get("rows", ()) if each["code"] == row), row)


def value_words(item: c.Item, value: Any, language: str) -> str:
    """One choice, or any other single value, as people read it."""
    fixed = {c.YES: _("Yes"), c.NO: _("No"), c.NO_OPINION: _("No opinion")}
    if item["kind"] in (c.YES_NO, c.SECTORS) and value in fixed:
        return fixed[value]
    if value == c.NOT_APPLICABLE:
        return c.text_of(item.get("not_applicable"), language)
    found = next((c.text_of(each["text"], language) for each in item.get("choices", ()) if each["code"] == value), "")
    return found or str(value)


def shown_words(content: c.Content, item: c.Item, language: str) -> str:
    """Sentences that say whom a question concerns, and when it has to be answered; "" when everybody and whenever one wants."""
    shown, needed = (condition_words(content, item.get(name), language) for name in ("show_if", "required_if"))
    said = [_("Answer if %(condition)s.") % {"condition": shown}] if shown else []
    if needed and not item.get("required"):
        said.append(_("An answer is needed if %(condition)s.") % {"condition": needed})
    return " ".join(said)
