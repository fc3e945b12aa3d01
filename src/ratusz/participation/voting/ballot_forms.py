"""The ballot as people fill it in: points for each project, read from what was sent and drawn again with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget.models import Edition
from ratusz.participation.voting import wording
from ratusz.participation.voting.registries import exclusion_sources
from ratusz.participation.voting.rules import MOST_POINTS, BallotFault, BallotSheet, PoolPart

PREFIX = "p/"
WHOLE = re.compile(r"-?[0-9]{1,6}")
NO_NUMBER = -1
"""What stands for text that is no number of points: the rules refuse it."""


@dataclass(frozen=True)
class Row:
    """One project on the ballot."""

    number: str
    name: str
    about: str
    field_name: str
    given: int
    options: tuple[tuple[int, str], ...]

    @property
    def choice(self) -> str:
        """What was given, in the words of the list it was chosen from."""
        return dict(self.options)[self.given]


@dataclass(frozen=True)
class Part:
    """One pool's part of the ballot."""

    code: str
    name: str
    is_city_wide: bool
    hint: str
    rows: tuple[Row, ...]
    errors: tuple[str, ...] = ()
    exclusions: tuple[tuple[str, ...], ...] = field(default=())
    withdrawn: tuple[str, ...] = ()
    """Names with numbers of projects that cannot be chosen any more."""
    unused: str = ""
    """Points that some project may still get, where others of the part got theirs."""

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.rows if row.given]


def points(number: int) -> str:
    """ "2 points"."""
    return ngettext("%(number)s point", "%(number)s points", number) % {"number": grouped(number)}


def read_choices(sent: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Choices as they were sent; nothing is corrected, so that what does not keep to the rules is refused and not changed."""
    choices: dict[str, dict[str, int]] = {}
    for name, text in sent.items():
        plain = text.strip()
        if not name.startswith(PREFIX) or plain in ("", "0"):
            continue
        pool, _, number = name.removeprefix(PREFIX).partition("/")
        given = int(plain) if WHOLE.fullmatch(plain) and plain.isascii() else NO_NUMBER
        choices.setdefault(pool, {})[number] = given
    return choices


def drawn_parts(
    edition: Edition, sheet: BallotSheet, shown: list[str], choices: Mapping[str, Mapping[str, int]], faults: list[BallotFault]
) -> list[Part]:
    """The parts to show, local before city-wide, with what was given and what is wrong."""
    pools = edition.pools.filter(code__in=shown).prefetch_related("projects")
    parts = []
    for pool in sorted(pools, key=lambda pool: (pool.is_city_wide, pool.position)):
        part, given = sheet.parts[pool.code], choices.get(pool.code, {})
        projects = sorted(pool.projects.all(), key=lambda project: (project.ballot_position or 0, project.position))
        rows = tuple(
            _row(part, project, given.get(project.number, 0)) for project in projects if project.number in part.open_numbers
        )
        gone = tuple(f"{project.name} ({project.number})" for project in projects if project.number not in part.open_numbers)
        errors = tuple(wording.fault(fault) for fault in faults if fault.pool == pool.code)
        groups = [group for source in exclusion_sources for group in source(edition)]
        own = tuple(tuple(group) for group in groups if {row.number for row in rows} & set(group))
        parts.append(Part(pool.code, pool.name, pool.is_city_wide, _hint(part), rows, errors, own, gone, _unused(part, given)))
    return parts


def _row(part: PoolPart, project, given: int) -> Row:
    most = min(part.rule.points_per_project or part.rule.points or 1, part.most_points or MOST_POINTS)
    if part.rule.type == "ranked":
        most = part.rule.max or len(part.numbers)
    options = ((0, "–"), *((number, _option(part, number)) for number in range(1, most + 1)))
    about = " · ".join(text for text in (project.number, zlotys(project.cost_grosze), project.place) if text)
    name = f"{PREFIX}{part.code}/{project.number}"
    return Row(project.number, project.name, about, name, given if 0 <= given <= most else 0, options)


def _option(part: PoolPart, number: int) -> str:
    if part.rule.type == "cumulative":
        return points(number)
    return _("place {number}").format(number=number) if part.rule.type == "ranked" else _("I choose it")


def _unused(part: PoolPart, given: Mapping[str, int]) -> str:
    left = (part.rule.points or 0) - sum(given.values()) if part.rule.type == "cumulative" and given else 0
    return points(left) if left > 0 else ""


def _hint(part: PoolPart) -> str:
    if part.rule.type == "cumulative" and part.rule.points:
        text = _(
            "You have {points} here. You may give all to one project or share them among several. Points you do not use are lost."
        )
        return text.format(points=points(part.rule.points))
    if part.rule.max:
        text = ngettext("Choose at most %(most)s project here.", "Choose at most %(most)s projects here.", part.rule.max)
        return text % {"most": part.rule.max}
    return _("Choose the projects you are for.")
