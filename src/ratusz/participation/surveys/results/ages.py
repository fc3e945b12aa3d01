"""Ages as people and tables write them, "18–24", "do 17 lat", "65 lat i więcej", read as years."""

from __future__ import annotations

import re

from ratusz.foundation.kit.words import search_key

Ages = tuple[int, int | None]
"""The first and the last year of life inside; None: and more."""
OLDEST = 100
"""Where an open group ends when a part of it has to be told."""
_NUMBERS = re.compile(r"\d{1,3}")
_BELOW = re.compile(r"ponizej|mniej niz|przed ukonczeniem|<")
_UP_TO = re.compile(r"\bdo\b|i mniej|i mlod|najwyzej")
_ABOVE = re.compile(r"powyzej|ponad|wiecej niz|>")
_FROM = re.compile(r"\+|i wiecej|i star|\bod\b|wzwyz|co najmniej")


def ages_of(text: str) -> Ages | None:
    """The years of an age group; None for words that name none, or that are not certain."""
    numbers = [int(each) for each in _NUMBERS.findall(text)]
    if len(numbers) == 2:
        return (numbers[0], numbers[1]) if numbers[0] <= numbers[1] <= 120 else None
    if len(numbers) != 1 or numbers[0] > 120:
        return None
    return _open(search_key(text), numbers[0])


def _open(plain: str, number: int) -> Ages | None:
    if _BELOW.search(plain):
        return (0, number - 1) if number else None
    if _ABOVE.search(plain):
        return number + 1, None
    if _FROM.search(plain):
        return number, None
    return (0, number) if _UP_TO.search(plain) else (number, number)


def shared(inside: Ages, group: Ages) -> float:
    """The part of `group` (0 to 1) that lies inside, its years taken as equally many people."""
    first, last = group[0], OLDEST if group[1] is None else group[1]
    last = max(first, last)
    top = last if inside[1] is None else min(last, inside[1])
    return max(0, top - max(first, inside[0]) + 1) / (last - first + 1)
