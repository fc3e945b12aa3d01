"""Changes to a questionnaire: each takes the content and gives a new one; codes are never used again within a survey."""

from __future__ import annotations

import copy
import re
from typing import Any

from ratusz.participation.surveys.questions import content as c

MOST_ITEMS, MOST_PAGES, MOST_CHOICES, MOST_ROWS = 150, 20, 40, 60


class NoRoom(ValueError):
    """The questionnaire is as long as it may be."""


def empty() -> c.Content:
    """A questionnaire with one part and no question."""
    return {"pages": [{"code": "s1", "title": {}, "items": []}], "last": 0}


def with_page(content: c.Content, title: dict[str, str]) -> c.Content:
    """A new part at the end. Raises NoRoom."""
    made = copy.deepcopy(content)
    if len(made["pages"]) >= MOST_PAGES:
        raise NoRoom
    made["pages"].append({"code": f"s{_highest(made, 's') + 1}", "title": title, "items": []})
    return made


def with_page_facts(content: c.Content, code: str, title: dict[str, str], show_if: Any) -> c.Content:
    """Another title or condition of a part. KeyError when it is gone."""
    made = copy.deepcopy(content)
    page = _page(made, code)
    page["title"] = title
    page.pop("show_if", None)
    if show_if:
        page["show_if"] = show_if
    return made


def without_page(content: c.Content, code: str) -> c.Content:
    """Without that part and its questions; the last one stays, emptied. KeyError when it is gone."""
    made = copy.deepcopy(content)
    page = _page(made, code)
    _remember(made)
    if len(made["pages"]) == 1:
        page["items"] = []
    else:
        made["pages"].remove(page)
    return made


def with_item(content: c.Content, page_code: str, item: dict[str, Any]) -> tuple[c.Content, str]:
    """A new item at the end of a part, and its code. Raises NoRoom, KeyError."""
    made = copy.deepcopy(content)
    if sum(1 for _item in c.items_of(made)) >= MOST_ITEMS:
        raise NoRoom
    code = f"p{_next(made)}"
    _page(made, page_code)["items"].append({**copy.deepcopy(item), "code": code})
    return made, code


def with_changed_item(content: c.Content, item: dict[str, Any]) -> c.Content:
    """The item of this code as it is now. KeyError when it is gone."""
    made = copy.deepcopy(content)
    page, place = _place(made, item["code"])
    page["items"][place] = copy.deepcopy(item)
    return made


def without_item(content: c.Content, code: str) -> c.Content:
    """Without the item. KeyError when it is gone."""
    made = copy.deepcopy(content)
    _remember(made)
    page, place = _place(made, code)
    del page["items"][place]
    return made


def duplicated(content: c.Content, code: str) -> tuple[c.Content, str]:
    """The item once more, right below it, with a code of its own. Raises NoRoom, KeyError."""
    made = copy.deepcopy(content)
    if sum(1 for _item in c.items_of(made)) >= MOST_ITEMS:
        raise NoRoom
    page, place = _place(made, code)
    new = f"p{_next(made)}"
    page["items"].insert(place + 1, {**copy.deepcopy(page["items"][place]), "code": new})
    return made, new


def moved(content: c.Content, code: str, step: int) -> c.Content:
    """The item one place up (-1) or down (1); over the edge of a part it goes into the next one. KeyError when it is gone."""
    made = copy.deepcopy(content)
    page, place = _place(made, code)
    target = place + step
    if 0 <= target < len(page["items"]):
        page["items"].insert(target, page["items"].pop(place))
        return made
    neighbour = made["pages"].index(page) + step
    if 0 <= neighbour < len(made["pages"]):
        item = page["items"].pop(place)
        into = made["pages"][neighbour]["items"]
        into.insert(0 if step > 0 else len(into), item)
    return made


def moved_page(content: c.Content, code: str, step: int) -> c.Content:
    """The part one place up (-1) or down (1). KeyError when it is gone."""
    made = copy.deepcopy(content)
    place = made["pages"].index(_page(made, code))
    target = place + step
    if 0 <= target < len(made["pages"]):
        made["pages"].insert(target, made["pages"].pop(place))
    return made


def joined(content: c.Content, other: c.Content) -> c.Content:
    """The parts of another questionnaire (of the library) after our own, with codes of their own; their conditions follow."""
    made = copy.deepcopy(content)
    start = _next(made)
    names = {item["code"]: f"p{start + number}" for number, item in enumerate(c.items_of(other))}
    if len(names) + sum(1 for _item in c.items_of(made)) > MOST_ITEMS or len(made["pages"]) + len(other["pages"]) > MOST_PAGES:
        raise NoRoom
    first = _highest(made, "s") + 1
    for number, page in enumerate(copy.deepcopy(other)["pages"]):
        page["code"] = f"s{first + number}"
        made["pages"].append(_renamed(page, names))
    made["pages"] = [page for page in made["pages"] if page["items"] or page.get("title")] or made["pages"][:1]
    return made


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Codes in items and conditions replaced."""
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: _renamed(each, names) for key, each in value.items()}
    if "kind" in made:
        made["code"] = names.get(value["code"], value["code"])
    if "op" in made:
        code, dot, row = value["question"].partition(".")
        made["question"] = names.get(code, code) + dot + row
    return made


def _page(content: c.Content, code: str) -> dict[str, Any]:
    found = next((page for page in content["pages"] if page["code"] == code), None)
    if found is None:
        raise KeyError(code)
    return found


def _place(content: c.Content, code: str) -> tuple[dict[str, Any], int]:
    for page in content["pages"]:
        for number, item in enumerate(page["items"]):
            if item["code"] == code:
                return page, number
    raise KeyError(code)


def _highest(content: c.Content, letter: str) -> int:
    codes = [page["code"] for page in content["pages"]] if letter == "s" else [item["code"] for item in c.items_of(content)]
    found = [int(code[1:]) for code in codes if re.fullmatch(letter + r"\d{1,6}", code)]
    return max(found, default=0)


def _remember(content: c.Content) -> None:
    """A code that was given once is not given again: a condition or an export would take one question for another."""
    content["last"] = max(content.get("last", 0), _highest(content, "p"))


def _next(content: c.Content) -> int:
    _remember(content)
    content["last"] += 1
    return content["last"]
