"""Made-up residents: who they are and how they vote, from a seed, so that any of them can be made again by number. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

AGES = (("<18", 19), ("18-29", 16), ("30-44", 29), ("45-59", 18), ("60-74", 13), ("75+", 5))
"""Shares in percent, after published editions of Katowice."""
CHANNELS = (("web", 93), ("point", 7))
PAPER = "paper"
MOST_CARDS = 60
"""Two clerks type each card: enough of them to show the way, not more."""
LEAST_BETWEEN_CARDS, DECLARE_EVERY, FIRST_DECLARES = 10, 500, 7
PARTS = (("both", 81), ("local", 14), ("city", 5))
ALL_TO_ONE = 0.65


@dataclass(frozen=True)
class Box:
    """One pool's part of the ballot with how liked its projects are."""

    code: str
    numbers: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class City:
    """What residents choose from: the city's part, and districts with how many live there."""

    city: Box
    districts: tuple[Box, ...]
    people: tuple[int, ...]
    seed: int
    voters: int = 0

    @property
    def between_cards(self) -> int:
        """One of so many residents votes on paper."""
        return max(LEAST_BETWEEN_CARDS, self.voters // MOST_CARDS)


@dataclass(frozen=True)
class Resident:
    """One voter of the simulation."""

    number: int
    district: str
    age_band: str
    channel: str
    choices: Mapping[str, Mapping[str, int]]
    tries_again: bool
    """Sends another ballot later; the first one is final."""
    sends_twice: bool
    """Presses the button again: the same form comes a second time."""
    complains: bool
    declares: bool
    """Is in no register and declares first."""

    @property
    def parts(self) -> str:
        """Which parts of the ballot were used."""
        return "both" if len(self.choices) == len(("local", "city")) else "local" if self.district in self.choices else "city"


def box(code: str, numbers: Sequence[str], seed: int) -> Box:
    """A part with favourites drawn from the seed."""
    random = Random(f"{seed} {code}")
    return Box(code, tuple(numbers), tuple(random.paretovariate(1.2) for _number in numbers))


def resident(city: City, number: int) -> Resident:
    """Resident `number`, always the same for a seed."""
    random = Random(f"{city.seed} resident {number}")
    home = random.choices(city.districts, city.people)[0]
    parts = _one(random, PARTS)
    boxes = {"both": (home, city.city), "local": (home,), "city": (city.city,)}[parts]
    age, drawn = _one(random, AGES), _one(random, CHANNELS)
    # A child's card needs a guardian, too: children here vote on the website and at points.
    channel = PAPER if number % city.between_cards == 0 and age != AGES[0][0] else drawn
    by_form = channel != PAPER
    return Resident(
        number=number, district=home.code, age_band=age, channel=channel,
        choices={each.code: _points(random, each) for each in boxes}, tries_again=by_form and random.random() < 0.01,
        sends_twice=by_form and random.random() < 0.01, complains=by_form and random.random() < 0.0008,
        declares=number % DECLARE_EVERY == FIRST_DECLARES,
    )  # fmt: skip


def _one(random: Random, shares: Sequence[tuple[str, int]]) -> str:
    return random.choices([name for name, _share in shares], [share for _name, share in shares])[0]


def _points(random: Random, part: Box) -> dict[str, int]:
    """Three points as residents give them: mostly all to one project, else two and one or one each; a few leave points unused."""
    first = random.choices(part.numbers, part.weights)[0]
    if random.random() < ALL_TO_ONE:
        return {first: random.choice((3, 3, 3, 3, 3, 3, 3, 2))}
    others = [number for number in dict.fromkeys(random.choices(part.numbers, part.weights, k=6)) if number != first]
    if len(others) > 1 and random.random() < 0.5:
        return {first: 1, others[0]: 1, others[1]: 1}
    return {first: 2, others[0]: 1} if others else {first: 3}
