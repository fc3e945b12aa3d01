"""Codes of voters: made for letters from a file that is not kept, or for one person by a message; a check tells nothing else."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit import codes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.keys import keyed_digest
from ratusz.participation.voting import register_files, residents
from ratusz.participation.voting.actions.register import read_for, reading_of, require_room
from ratusz.participation.voting.actions.votes import require
from ratusz.participation.voting.models import LetterBatch, RegisterEntry, Vote, VoterCode, VoterRollEntry
from ratusz.participation.voting.register_files import Line
from ratusz.participation.voting.rules import VoteRefused

LENGTH, NUMBER_DIGITS = 13, 9
"""A code has twelve random symbols (59 bits) and one that finds a slip of the pen; its open number nine digits."""
MOST_LETTERS = 5000


@dataclass(frozen=True)
class PrintedCode:
    """One person's code as the letter says it; it lives in this request alone."""

    name: str = field(repr=False)
    number: str
    code: str = field(repr=False)

    @property
    def shown_code(self) -> str:
        """In groups of four."""
        return codes.formatted(self.code)

    @property
    def shown_number(self) -> str:
        """In groups of three."""
        return " ".join(self.number[start : start + 3] for start in range(0, len(self.number), 3))


@dataclass(frozen=True)
class Letter:
    """One letter: where it goes and the codes in it."""

    street: str = field(repr=False)
    place: str = field(repr=False)
    codes: tuple[PrintedCode, ...]


@dataclass(frozen=True)
class Letters:
    """What was made: letters for the printer, rows left out."""

    batch: LetterBatch
    letters: tuple[Letter, ...]
    unknown: int
    faults: int


def code_digest(vote: int, number: str, code: str) -> bytes:
    """All that the database keeps of a code."""
    return keyed_digest(f"voting-{vote}-code", number, code)


@transaction.atomic
def make_letters(*, vote: Vote, content: bytes, person: Any, by_household: bool = False, again: bool = False) -> Letters:
    """Makes codes for the people of a file with names and addresses who are in the register; older codes of theirs become void.

    `again`: the person knows that somebody of the file has a letter already. The file and the codes are kept nowhere.
    """
    require(person, "make_letters", vote)
    require_room(vote)
    reading = reading_of(vote)
    found = register_files.read_register(content, reading, for_letters=True)
    if len(found.lines) > MOST_LETTERS:
        raise VoteRefused(_("At most 5,000 letters are made at once. Divide the file, for example by streets."))
    vote = read_for(vote, reading)
    entries = {bytes(each.voter_key): each for each in RegisterEntry.objects.filter(vote=vote, voter_key__in=_keys(found.lines))}
    lines = [line for line in found.lines if line.voter_key in entries]
    if not lines:
        raise VoteRefused(_("Nobody of this file is in the register. First the register, then the letters."))
    _void(vote, list(entries.values()), again)
    households = _grouped(lines, by_household)
    batch = LetterBatch.objects.create(
        vote=vote, letters=len(households), people=len(lines), made_by=person, made_at=database_now()
    )
    letters = tuple(_letter(vote, batch, group, entries) for group in households)
    unknown, faults = len(found.lines) - len(lines), sum(found.counts.values())
    record(deed="voting.make_letters", subject=batch, after={"letters": len(letters), "people": len(lines), "unknown": unknown})
    return Letters(batch, letters, unknown, faults)


def _keys(lines: Sequence[Line]) -> list[bytes]:
    return [line.voter_key for line in lines]


def _void(vote: Vote, entries: list[RegisterEntry], again: bool) -> None:
    good = VoterCode.objects.filter(vote=vote, entry__in=entries, voided_at=None)
    number = good.count()
    if number and not again:
        words = ngettext(
            "%(n)s person of this file has a letter already.", "%(n)s people of this file have a letter already.", number
        )
        remedy = _("Say that you make new ones: the codes of the old letters stop working.")
        raise VoteRefused(f"{words % {'n': number}} {remedy}")
    good.update(voided_at=database_now())


def _grouped(lines: list[Line], by_household: bool) -> list[list[Line]]:
    """Letters in the order of streets, as the post wants them; people of one address in one letter where the city wants that."""

    def address(line: Line) -> tuple[str, str]:
        return residents.plain(line.place), residents.plain(line.street)

    ordered = sorted(lines, key=lambda line: (*address(line), residents.plain(line.name)))
    if not by_household:
        return [[line] for line in ordered]
    return [list(group) for _address, group in groupby(ordered, key=address)]


def _letter(vote: Vote, batch: LetterBatch, lines: list[Line], entries: dict[bytes, RegisterEntry]) -> Letter:
    made = [new_code(vote, entries[line.voter_key], line.name, batch) for line in lines]
    return Letter(lines[0].street, lines[0].place, tuple(made))


def new_code(vote: Vote, entry: RegisterEntry, name: str, batch: LetterBatch | None = None) -> PrintedCode:
    """One code for one entry of the register; call it in a transaction where older ones are void."""
    number, code = f"{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}}", codes.random_code(LENGTH)
    while VoterCode.objects.filter(vote=vote, number=number).exists():
        number = f"{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}}"
    VoterCode.objects.create(vote=vote, number=number, code_digest=code_digest(vote.pk, number, code), entry=entry, batch=batch)
    return PrintedCode(name, number, code)


def holder_of(vote: Vote, number: str, code: str, *, also_used: bool = False) -> RegisterEntry | None:
    """Whose code this is; None for one that is unknown, wrong, void or used up, after the same work.

    `also_used`: a guardian who has voted already still says yes for a child.
    """
    voted = VoterRollEntry.objects.filter(vote=vote, voter_key=OuterRef("entry__voter_key"))
    found = VoterCode.objects.filter(vote=vote, number=number).select_related("entry").annotate(has_voted=Exists(voted)).first()
    expected = bytes(found.code_digest) if found else bytes(32)
    is_right = hmac.compare_digest(expected, code_digest(vote.pk, number, code))
    if found is None or not is_right or found.voided_at:
        return None
    is_used = found.has_voted and vote.double_vote != Vote.DoubleVote.LAST and not also_used
    return None if is_used else found.entry
