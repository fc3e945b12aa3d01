"""What of a letter is proposed as remarks, where one ends, whose address stands in it. Pure but for the streets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ratusz.foundation.incoming.reading.quoting import GREETING, QUOTE, SIGNATURE, WORDS, Block, blocks_of, has_own_words
from ratusz.foundation.kit.personal_marks import HOME, personal_marks
from ratusz.foundation.territory.queries import find_district

GOES_ON, BEGINS, LEFT_OUT = "next", "new", "out"
CHOICES = (GOES_ON, BEGINS, LEFT_OUT)
MOST_BLOCKS = 80
"""Blocks with a choice of their own; the last one holds the rest of a longer letter."""


@dataclass(frozen=True)
class Marked:
    """A block of the letter with what is proposed for it."""

    block: Block
    choice: str


def marked(text: str) -> list[Marked]:
    """Every line of the letter in blocks: greeting, quotes and signature are proposed to be left out, each numbered point a remark.

    A letter that is nothing but a quote (a forwarded one) is proposed whole.
    """
    blocks = _few(blocks_of(text))
    own, numbered = has_own_words(blocks), _points(blocks)
    left_out = (GREETING, QUOTE, SIGNATURE) if own else (GREETING, SIGNATURE)
    found: list[Marked] = []
    for place, block in enumerate(blocks):
        if block.kind in left_out:
            choice = LEFT_OUT
        else:
            choice = BEGINS if place in numbered and any(each.choice == GOES_ON for each in found[numbered[0] :]) else GOES_ON
        found.append(Marked(block, choice))
    if found and all(each.choice == LEFT_OUT for each in found):
        return [Marked(each.block, GOES_ON) for each in found]
    return found


def _few(blocks: list[Block]) -> list[Block]:
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    rest = "\n\n".join(each.words for each in blocks[MOST_BLOCKS - 1 :])
    return [*blocks[: MOST_BLOCKS - 1], Block(rest, WORDS)]


def _points(blocks: Sequence[Block]) -> list[int]:
    """Places of blocks numbered 1, 2, 3 …; of two points at least, else none."""
    found: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind == WORDS and block.number == len(found) + 1:
            found.append(place)
    return found if len(found) > 1 else []


def composed(blocks: Sequence[Marked], chosen: Mapping[int, str]) -> str:
    """The text of the form: chosen blocks in order, a line of hyphens before each that begins a remark."""
    content = ""
    for place, each in enumerate(blocks):
        choice = chosen.get(place, each.choice)
        if choice == LEFT_OUT:
            continue
        content += (("\n---\n" if choice == BEGINS else "\n\n") if content else "") + _unquoted(each.block)
    return content


def _unquoted(block: Block) -> str:
    if block.kind != QUOTE:
        return block.words
    return "\n".join(line.lstrip("> ") if line.startswith(">") else line for line in block.words.split("\n"))


def address_in(text: str) -> str:
    """The address of whoever signed: one in the signature that the register of streets knows, else the first there; "" without."""
    signed = "\n".join(each.words for each in blocks_of(text) if each.kind == SIGNATURE)
    found = [" ".join(signed[each.start : each.end].split()) for each in personal_marks(signed) if each.kind == HOME]
    return next((each for each in found if find_district(address=each)), found[0] if found else "")


def language_of(text: str) -> str:
    """ "uk" for a letter in Cyrillic, else "pl": in this language its author is answered."""
    letters = [letter for letter in text[:5000] if letter.isalpha()]
    return "uk" if sum("Ѐ" <= letter <= "ӿ" for letter in letters) * 2 > len(letters) else "pl"
