"""Which pools one voter may use, and which of several ballots of one voter counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from ratusz.participation.budget.engine.rules import EditionRules


def access_faults(rules: EditionRules, chosen: Mapping[str, Iterable[str]], own: Mapping[str, str] | None = None) -> list[str]:
    """Codes of the levels where a voter uses pools the rules do not give; empty when all is well.

    `chosen`: level code to the codes of the pools used there. `own`: level code to the pool of the place the voter lives in.
    Raises KeyError for a level the rules do not have.
    """
    broken = []
    for code, pools in chosen.items():
        level, used = rules.level(code), set(pools)
        most = {"own": 1, "one": 1, "up_to_n": level.access_most, "any": None}[level.access]
        elsewhere = level.access == "own" and bool(used - {(own or {}).get(code)})
        if elsewhere or (most is not None and len(used) > most):
            broken.append(code)
    return broken


def counted_ballots(policy: str, voters: Sequence[Hashable]) -> list[bool]:
    """Which ballots count, in order of casting, when a voter cast several: the first, the last, or none of them (all_void)."""
    first: dict[Hashable, int] = {}
    last: dict[Hashable, int] = {}
    for index, voter in enumerate(voters):
        first.setdefault(voter, index)
        last[voter] = index
    if policy == "first":
        return [first[voter] == index for index, voter in enumerate(voters)]
    if policy == "last":
        return [last[voter] == index for index, voter in enumerate(voters)]
    if policy == "all_void":
        return [first[voter] == last[voter] for voter in voters]
    raise ValueError(f"double_vote {policy!r}")
