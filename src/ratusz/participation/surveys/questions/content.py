"""How a questionnaire is written down, and how its parts are found.

    {"pages": [{"code": "s1", "title": {"pl": "…"}, "show_if": CONDITION, "items": [ITEM, …]}]}

An ITEM has "code" (such as "p3"), "kind", "text" (language to words) and, as its kind needs: "hint", "required", "required_if",
"show_if", "not_applicable" (words of the answer "does not concern me" by language), "choices" and "rows" ([{"code", "text"}]; a row
of sectors may have "shape", a GeoJSON geometry; a choice may ask for own words: "other"), "lowest", "highest", "low_words",
"high_words", "most", "pattern", "pattern_words", "shape" ("point", "line", "polygon", "any"), and "measures" ("age", "sex",
"district", "group": what a header question measures; "group" parts respondents).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]
Item = dict[str, Any]

INFO, CONSENT = "info", "consent"
SINGLE, MULTIPLE, YES_NO, SCALE = "single", "multiple", "yes_no", "scale"
MATRIX, SECTORS, RANKING = "matrix", "sectors", "ranking"
NUMBER, DATE, SHORT, LONG, FILE, MAP, DISTRICT = "number", "date", "short_text", "long_text", "file", "map", "district"
KINDS = (
    SINGLE, MULTIPLE, YES_NO, SCALE, MATRIX, RANKING, NUMBER, DATE, SHORT, LONG, FILE, MAP, SECTORS, DISTRICT, INFO, CONSENT,
)  # fmt: skip
WITH_CHOICES = (SINGLE, MULTIPLE, MATRIX, RANKING)
WITH_ROWS = (MATRIX, SECTORS)
WORDS = (SHORT, LONG)
YES, NO, NO_OPINION = "yes", "no", "none"
NOT_APPLICABLE = "na"
"""The code of the choice "does not concern me" of a question with choices; of others its value is {"na": true}."""
OTHER = "_other"
"""Own words of the choice "other" stand beside the answer under the code of the question and this ending."""
MEASURES = ("age", "sex", "district", "group")
SHORTEST, LONGEST_SHORT, LONGEST_WORDS = 1, 300, 20_000


def text_of(words: Any, language: str) -> str:
    """The words in a language; Polish where they are missing."""
    if not isinstance(words, dict):
        return str(words or "")
    return words.get(language) or words.get("pl") or ""


def pages_of(content: Content) -> list[dict[str, Any]]:
    """Its parts in order."""
    return list(content.get("pages", ()))


def items_of(content: Content) -> Iterator[Item]:
    """Every item in the order in which it is asked."""
    for page in pages_of(content):
        yield from page.get("items", ())


def questions_of(content: Content) -> list[Item]:
    """The items that are answered: all but words to read."""
    return [item for item in items_of(content) if item["kind"] != INFO]


def item_of(content: Content, code: str) -> Item | None:
    """The item of a code."""
    return next((item for item in items_of(content) if item["code"] == code), None)


def page_holding(content: Content, code: str) -> int:
    """The place of the part that asks it, from 0; -1 for none."""
    for number, page in enumerate(pages_of(content)):
        if any(item["code"] == code for item in page.get("items", ())):
            return number
    return -1


def numbers_of(content: Content) -> dict[str, int]:
    """Code of a question to the number that people read beside it, from 1."""
    return {item["code"]: number for number, item in enumerate(questions_of(content), 1)}


def choice_codes(item: Item) -> list[str]:
    """Codes that may be chosen in a question with choices, "does not concern me" included."""
    if item["kind"] in (YES_NO, SECTORS):
        codes = [YES, NO, NO_OPINION] if item.get("no_opinion", True) else [YES, NO]
    elif item["kind"] == SCALE:
        codes = [str(each) for each in scale_of(item)]
    else:
        codes = [each["code"] for each in item.get("choices", ())]
    return [*codes, NOT_APPLICABLE] if item.get("not_applicable") and item["kind"] != RANKING else codes


def row_codes(item: Item) -> list[str]:
    """Codes of the rows of a matrix or of sectors."""
    return [each["code"] for each in item.get("rows", ())]


def scale_of(item: Item) -> range:
    """The points of a scale."""
    return range(int(item.get("lowest", 1)), int(item.get("highest", 5)) + 1)


def group_question(content: Content) -> Item | None:
    """The question that parts respondents into groups which are never mixed."""
    return next((item for item in items_of(content) if item.get("measures") == "group"), None)
