"""Residents cast their ballots by the same action as the website's, several processes at once; what they chose is kept as truth."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, field

from django.db import connection, connections

from ratusz.participation.voting.actions import cast_ballot
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import AlreadyVoted
from ratusz.participation.voting.simulation.channels import key_of
from ratusz.participation.voting.simulation.residents import PAPER, City, Resident, resident

CHUNK = 250
PEOPLE_PER_TELEPHONE = 2


@dataclass
class Truth:
    """What the makers of the ballots know and the office does not: each number with its resident. Never stored."""

    ballots: dict[str, int] = field(default_factory=dict)
    """Number on the receipt -> number of the resident."""
    tokens: dict[str, str] = field(default_factory=dict)
    """Number on the receipt -> link "this was not me", of those who will complain."""
    refused_again: int = 0
    repeated: int = 0

    def add(self, other: Truth) -> None:
        """Takes over what another process did."""
        self.ballots |= other.ballots
        self.tokens |= other.tokens
        self.refused_again += other.refused_again
        self.repeated += other.repeated


def cast_all(vote: Vote, city: City, voters: int, *, processes: int, between: Callable[[int], None]) -> Truth:
    """All residents but those with a paper card vote; `between` is called about twice a second with how many did."""
    truth = Truth()
    starts = range(0, voters, CHUNK)
    if processes < 2:
        for start in starts:
            truth.add(_chunk(vote.pk, city, start, min(start + CHUNK, voters)))
            between(len(truth.ballots))
        return truth
    connections.close_all()  # no connection is shared with the children
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork"), initializer=_begin) as pool:
        open_chunks = {pool.submit(_chunk, vote.pk, city, start, min(start + CHUNK, voters)) for start in starts}
        while open_chunks:
            done, open_chunks = wait(open_chunks, timeout=0.5, return_when=FIRST_COMPLETED)
            for each in done:
                truth.add(each.result())
            between(len(truth.ballots))
    return truth


def _begin() -> None:
    connection.close()


def _chunk(vote_id: int, city: City, start: int, end: int) -> Truth:
    vote = Vote.objects.select_related("edition").get(pk=vote_id)
    truth = Truth()
    for each in _residents(city, start, end):
        if each.channel != PAPER:
            _cast(vote, each, truth)
    return truth


def _residents(city: City, start: int, end: int) -> Iterator[Resident]:
    return (resident(city, number) for number in range(start, end))


def _cast(vote: Vote, voter: Resident, truth: Truth) -> None:
    key = key_of(vote, voter)
    facts = {
        "edition": vote.edition, "voter_key": key, "choices": voter.choices, "channel": voter.channel, "age_band": voter.age_band,
        "district": voter.district, "line": f"192.0.2.{voter.number % 250}:{voter.number // 15}",
        "contact": f"zmyślony telefon {voter.number // PEOPLE_PER_TELEPHONE}", "is_told": False,
        **({"officer": 1 + voter.number % 7, "point": f"P{voter.number % 12}"} if voter.channel != "web" else {}),
    }  # fmt: skip
    done = cast_ballot(**facts, idempotency_key=f"formularz {voter.number}")
    truth.ballots[done.code] = voter.number
    if voter.complains:
        truth.tokens[done.code] = done.notice_token
    if voter.sends_twice:
        truth.repeated += cast_ballot(**facts, idempotency_key=f"formularz {voter.number}").code == done.code
    if voter.tries_again:
        try:
            cast_ballot(**facts, idempotency_key=f"drugi formularz {voter.number}")
        except AlreadyVoted:
            truth.refused_again += 1
