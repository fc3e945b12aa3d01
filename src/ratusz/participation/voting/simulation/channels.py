"""Ways into a simulated vote beside the website: the register from a file, declarations of people not in it, paper cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import Pesel, check_digit, read_pesel
from ratusz.participation.voting import actions, residents
from ratusz.participation.voting.actions.paper import CardFacts
from ratusz.participation.voting.models import PaperCard, Vote
from ratusz.participation.voting.simulation.residents import PAPER, Resident

AGES = {"<18": (14, 16), "18-29": (18, 28), "30-44": (30, 43), "45-59": (45, 58), "60-74": (60, 73), "75+": (75, 90)}
ORDINALS = 10_000
POINT = "P1"
CARDS_AT_ONCE = 500


def pesel_of(voter: Resident, day: date) -> Pesel:
    """A number nobody was given on purpose, another one for each resident, with an age of the resident's band on that day."""
    first, last = AGES[voter.age_band]
    age = first + voter.number % (last - first + 1)
    turn = voter.number // ORDINALS
    year, month, day_of_month = day.year - age - 1, 1 + turn % 12, 1 + turn // 12 % 28
    ten = f"{year % 100:02}{month + (20 if year >= 2000 else 0):02}{day_of_month:02}{voter.number % ORDINALS:04}"
    return read_pesel(ten + str(check_digit([int(digit) for digit in ten])), day)


def key_of(vote: Vote, voter: Resident) -> bytes:
    """By what this resident is known on every way in."""
    return residents.key_by_pesel(vote.pk, pesel_of(voter, local_day(vote.opens_at)))


def bring_register(vote: Vote, people: Iterable[Resident], first: Any, second: Any) -> int:
    """One person brings the file, another one takes it; whoever will declare does not stand in it. How many were added."""
    day = local_day(vote.opens_at)
    rows = [f"{pesel_of(each, day).number};{each.district}" for each in people if not each.declares]
    content = "\r\n".join(["PESEL;Dzielnica", *rows, ""]).encode()
    brought = actions.bring_register(vote=vote, content=content, person=first)
    return actions.take_register(brought=brought, person=second).added


def declare(vote: Vote, people: Iterable[Resident], officer: Any) -> None:
    """People who are in no register declare and are let in."""
    for each in people:
        made = actions.declare(
            vote=vote, voter_key=key_of(vote, each), name=f"Osoba Zmyślona {each.number}", street="ul. Zmyślona 1", contact="",
            grounds="Zmyślone podstawy.", district=each.district, has_pesel=True, age_band=each.age_band, needs_guardian=False,
        )  # fmt: skip
        actions.decide_declaration(declaration=made, grant=True, reasons="Zmyślone ustalenia.", person=officer)


def hand_out(vote: Vote, people: Sequence[Resident]) -> dict[int, Resident]:
    """Each of these people gets a paper card at a point: number of the card -> the resident."""
    point = actions.add_point(vote=vote, code=POINT, name="Punkt zmyślony", address="ul. Zmyślona 2", person=None)
    numbers: list[int] = []
    for start in range(0, len(people), CARDS_AT_ONCE):
        numbers += actions.issue_cards(point=point, count=len(people[start : start + CARDS_AT_ONCE]), person=None)
    return dict(zip(numbers, people, strict=True))


def type_cards(vote: Vote, cards: Mapping[int, Resident], clerks: Sequence[Any], between: Callable[[], None]) -> dict[str, int]:
    """Two clerks type each card; number on the receipt -> number of the resident."""
    found = {}
    for number, each in cards.items():
        facts = CardFacts(key_of(vote, each).hex(), choices=each.choices)
        card = PaperCard.objects.select_related("vote").get(vote=vote, number=number)
        for clerk in clerks:
            card, cast = actions.type_card(card=card, facts=facts, person=clerk)
        assert cast is not None, f"card {number}: {card.state} {card.reason}"
        found[cast.code] = each.number
        between()
    return found


def on_paper(people: Iterable[Resident]) -> list[Resident]:
    """Those who vote on a paper card."""
    return [each for each in people if each.channel == PAPER]
