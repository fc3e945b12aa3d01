"""What stands out among opened ballots, in words: for the staff's screen and the protocol."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.documents.blocks import Block, Heading, Table, Text
from ratusz.foundation.kit.words import grouped
from ratusz.participation.voting import searching_opened
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.odd_choices import BlankRate, Given

PARTS = {"local": gettext_lazy("the local part"), "city": gettext_lazy("the city-wide part")}


@dataclass(frozen=True)
class OddShown:
    """The report as tables of words; `count` says how many flags there are."""

    count: int
    blanks: list[tuple[str, str, str, str]]
    ages: list[tuple[str, str, str, str, str]]
    equals: list[tuple[str, str, str, str]]
    chance: str


def report(vote: Vote) -> OddShown | None:
    """None before the ballots are opened."""
    found = searching_opened.odd_opened(vote)
    if found is None:
        return None
    # A number is unique within its pool alone.
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for code, number, name in vote.edition.projects.values_list("pool__code", "number", "name"):
        names[code][number] = name
    chance = _("{compared} comparisons of ages; about {chance} would stand out by chance alone.")
    return OddShown(
        found.count,
        [_blank(rate) for rate in found.blanks],
        [
            (pool.name, f"{names[pool.code][odd.number]} ({odd.number})", odd.age, _of(odd.seen, odd.of), _number(odd.expected))
            for pool in found.pools
            for odd in pool.ages.found
        ],
        [
            (pool.name, _given(odd.given, names[pool.code]), grouped(odd.seen), _number(odd.expected))
            for pool in found.pools
            for odd in pool.equals
        ],
        chance.format(compared=grouped(found.compared), chance=_number(found.by_chance)),
    )


def _blank(rate: BlankRate) -> tuple[str, str, str, str]:
    earlier = ", ".join(f"{year}: {_percent(each)}" for year, each in rate.earlier) or "–"
    verdicts = {None: _("no earlier year to compare with"), False: _("as in other years"), True: _("not as in other years")}
    return str(PARTS[rate.part]), f"{_of(rate.blank, rate.of)}, {_percent(rate.rate)}", earlier, verdicts[rate.is_odd]


def _given(given: Given, names: dict[str, str]) -> str:
    return "; ".join(f"{names[number]} ({number}): {points}" for number, points in given)


def _of(seen: int, of: int) -> str:
    return _("{seen} of {of}").format(seen=grouped(seen), of=grouped(of))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{_number(100 * share)}%"


BLANKS = (
    gettext_lazy("Part left blank"), gettext_lazy("In this vote"), gettext_lazy("In earlier years"), gettext_lazy("Comparison"),
)  # fmt: skip
AGES = (
    gettext_lazy("Pool"), gettext_lazy("Project"), gettext_lazy("Age"), gettext_lazy("Voters of this age"),
    gettext_lazy("Expected"),
)  # fmt: skip
EQUALS = (gettext_lazy("Pool"), gettext_lazy("The same choice"), gettext_lazy("Ballots"), gettext_lazy("Expected"))


def tables(shown: OddShown) -> list[tuple[str, tuple, list]]:
    """Title, columns and rows of each table; empty ones too, so that nobody asks whether it was looked for."""
    return [
        (_("Parts left blank"), BLANKS, shown.blanks),
        (_("Ages of a project's voters"), AGES, shown.ages),
        (_("Equal choices of several projects"), EQUALS, shown.equals),
    ]


def blocks(vote: Vote) -> Iterator[Block]:
    """For the protocol: the blank parts beside earlier years, and how much else stands out."""
    shown = report(vote)
    if shown is None:
        return
    yield Heading(_("What stands out among opened ballots"))
    if shown.blanks:
        yield Table([str(each) for each in BLANKS], shown.blanks, caption=_("Parts left blank"))
    words = _(
        "Projects whose voters are of one age unusually often: {ages}. Choices that repeat unusually often: {equals}. {chance}"
    )
    yield Text(words.format(ages=len(shown.ages), equals=len(shown.equals), chance=shown.chance))
