""" "Did you mean": the nearest known word for a word nobody wrote, within one or two slips of the finger."""

from __future__ import annotations

from collections.abc import Iterable


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, leave out, change or swap to get from one word to the other; limit + 1 when more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            cost = 0 if letter == against else 1
            best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if before_last and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                best = min(best, before_last[column - 2] + 1)
            current.append(best)
        if min(current) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)


def nearest(folded: str, known: Iterable[tuple[str, str, int]]) -> str:
    """The known word nearest to `folded`; `known` gives (word, word without accents, how often). "" when none is near enough.

    In a short word a slip stands after the first letter: most words that differ in it are other words.
    """
    limit = 1 if len(folded) < 8 else 2
    best: tuple[int, int, str] | None = None
    for word, key, often in known:
        if key[:1] != folded[:1] and limit == 1:
            continue
        slips = distance(folded, key, limit)
        if slips <= limit and (best is None or (slips, -often, word) < best):
            best = (slips, -often, word)
    return best[2] if best else ""
