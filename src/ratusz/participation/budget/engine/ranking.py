"""Order of counting: by support, ties by the chain."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ratusz.participation.budget.engine.contest import Decisions, Project

DRAWN = ("lot", "manual")
_DIGITS = re.compile(r"(\d+)")


def number_key(number: str) -> tuple:
    """Key of `earlier_number`: digits as numbers, so that 9 comes before 10 and L12/02 before L12/11."""
    return tuple(int(part) if index % 2 else part for index, part in enumerate(_DIGITS.split(number)))


def lot_key(seed: str, number: str) -> bytes:
    """Place in the lot: SHA-256 of the published seed followed by the project number, both UTF-8."""
    return hashlib.sha256(seed.encode() + number.encode()).digest()


def ballot_order(order: str, numbers: Iterable[str], seed: str = "") -> list[str]:
    """Project numbers as they stand on the ballot, for display only: by number, or by lot from the published seed."""
    return sorted(numbers, key=number_key if order == "number" else lambda number: lot_key(seed, number))


@dataclass(frozen=True)
class Block:
    """A run of the order with equal support: `begin` inclusive, `end` exclusive."""

    begin: int
    end: int
    settled_by: tuple[str, ...]
    drawn: tuple[tuple[int, int], ...]
    """Parts that only lot or manual separates, without a recorded order."""
    reference: str = ""


@dataclass(frozen=True)
class Ranking:
    """Positions of projects in the order of counting, and the blocks of equal support in it."""

    order: tuple[int, ...]
    blocks: tuple[Block, ...]


def rank(
    projects: Sequence[Project],
    positions: Iterable[int],
    support: Sequence[int],
    voters: Sequence[int],
    chain: Sequence[str],
    decisions: Decisions,
) -> Ranking:
    """Sorts `positions` by support, highest first. A recorded decision replaces lot and manual; the number ends every chain."""
    keys = _link_keys(projects, voters, decisions)
    order = sorted(positions, key=lambda p: (-support[p], *(keys[link](p) for link in chain), keys["earlier_number"](p)))
    result: list[int] = []
    blocks: list[Block] = []
    for _, group in groupby(order, key=support.__getitem__):
        members = list(group)
        if len(members) > 1:
            members, block = _settle(projects, members, len(result), chain, keys, decisions)
            blocks.append(block)
        result.extend(members)
    return Ranking(tuple(result), tuple(blocks))


def _link_keys(projects: Sequence[Project], voters: Sequence[int], decisions: Decisions) -> dict[str, Callable]:
    return {
        "cheaper": lambda p: projects[p].cost,
        "dearer": lambda p: -projects[p].cost,
        "more_voters": lambda p: -voters[p],
        "earlier_number": lambda p: number_key(projects[p].number),
        "lot": lambda p: lot_key(decisions.seed, projects[p].number),
        "manual": lambda p: 0,
    }


def separating(
    projects: Sequence[Project], members: Sequence[int], voters: Sequence[int], chain, decisions: Decisions
) -> tuple[str, ...]:
    """The links of the chain that put tied projects in their order; `decision` for a recorded one."""
    return rank(projects, members, [0] * len(projects), voters, chain, decisions).blocks[0].settled_by


def _settle(projects, members: list[int], begin: int, chain, keys, decisions: Decisions) -> tuple[list[int], Block]:
    """One block: its order with a recorded decision applied, the links that were needed, the parts that still need a decision."""
    settled: list[str] = []
    drawn: list[tuple[int, int]] = []
    reference = ""
    result: list[int] = []
    before_draw = list(_until_drawn(chain))
    for _, group in groupby(members, key=lambda p: tuple(keys[link](p) for link in before_draw)):
        part = list(group)
        if len(part) > 1:
            decision = _decision_for({projects[p].number for p in part}, decisions)
            if decision:
                part.sort(key=lambda p: decision.order.index(projects[p].number))
                settled.append("decision")
                reference = decision.reference
            else:
                # A chain without lot or manual ends by number: that too is settled by the rules, nobody needs to decide.
                drawn_link = next((link for link in chain if link in DRAWN), None)
                settled.append(drawn_link or "earlier_number")
                if drawn_link:
                    drawn.append((begin + len(result), begin + len(result) + len(part)))
        result.extend(part)
    used = [link for index, link in enumerate(before_draw) if _separates(members, before_draw[:index], link, keys)]
    return result, Block(begin, begin + len(members), tuple(dict.fromkeys(used + settled)), tuple(drawn), reference)


def _until_drawn(chain: Sequence[str]) -> Iterable[str]:
    for link in chain:
        if link in DRAWN:
            return
        yield link


def _separates(members: list[int], earlier: Sequence[str], link: str, keys) -> bool:
    seen: dict[tuple, set] = {}
    for p in members:
        seen.setdefault(tuple(keys[name](p) for name in earlier), set()).add(keys[link](p))
    return any(len(values) > 1 for values in seen.values())


def _decision_for(numbers: set[str], decisions: Decisions):
    return next((decision for decision in decisions.ties if numbers <= set(decision.order)), None)
