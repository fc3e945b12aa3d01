"""What a contest's file may hold beyond its format, so that it fits here: refused with its line before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
from django.utils.translation import gettext as _

from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget import rules
from ratusz.participation.budget.engine import Rules
from ratusz.participation.budget.models import Ballot, Edition, Pool, Project
from ratusz.participation.budget.pabulib import PabulibContest

FIRST_YEAR, LAST_YEAR = 1990, 2100
HIGHEST_EDITION = 3999
"""The last number with a Roman numeral."""
MOST_POINTS_FOR_ONE = 1_000


Fault = tuple[str, str]
"""Where and why."""


def check_meta(contest: PabulibContest) -> None:
    """Raises NotPossible for city, year, edition, days or pool that cannot stand, with the line where it is known."""
    _refuse_first(_meta(contest))


def check_fits(contest: PabulibContest, preset: str, level_rules: Rules) -> None:
    """Raises NotPossible for the first project or ballot that does not fit, with its line or mark and the reason."""
    _refuse_first(chain(_projects(contest, preset), _ballots(contest, level_rules)))


def _refuse_first(faults: Iterator[Fault]) -> None:
    for place, reason in faults:
        raise rules.NotPossible(f"{place}: {reason}")


def _line(number: int | None, otherwise: str) -> str:
    return _("Line {number}").format(number=grouped(number)) if number else otherwise


def _length(model: type, field: str) -> int:
    return model._meta.get_field(field).max_length


def _too_long(what: str, text: str, most: int) -> str:
    return _("{what} is too long: characters {length}, at most {most}.").format(
        what=what, most=grouped(most), length=grouped(len(text))
    )


def _meta(contest: PabulibContest) -> Iterator[Fault]:
    meta, place = contest.meta, lambda key: _line(contest.meta_lines.get(key), _("Part META"))
    if contest.year is None or not FIRST_YEAR <= contest.year <= LAST_YEAR:
        reason = _("the year of the vote (instance) is “{found}”; it should be a year from {first} to {last}.")
        yield place("instance"), reason.format(found=meta["instance"][:40], first=FIRST_YEAR, last=LAST_YEAR)
    edition = meta.get("edition", "")
    if edition.isdecimal() and (len(edition) > 6 or not 1 <= int(edition) <= HIGHEST_EDITION):
        reason = _("the number of the edition is “{found}”; it should be from 1 to {last}.")
        yield place("edition"), reason.format(found=edition[:40], last=HIGHEST_EDITION)
    begin, end = (rules.day_of(meta[key]) for key in ("date_begin", "date_end"))
    if begin and end and end < begin:
        yield place("date_end"), _("the vote ends before it begins.")
    city, pool = _length(Edition, "city"), _length(Pool, "name")
    if len(meta["unit"]) > city:
        yield place("unit"), _too_long(_("the name of the city (unit)"), meta["unit"], city)
    if len(contest.pool_name) > pool:
        key = "subunit" if meta.get("subunit") else "district"
        yield place(key), _too_long(_("the name of the pool"), contest.pool_name, pool)


def _projects(contest: PabulibContest, preset: str) -> Iterator[Fault]:
    names = {"name": _("the name of the project"), "category": _("the category")}
    for row in contest.projects:
        number = row["project_id"]
        place = _line(contest.lines.get(number), _("Project {number}").format(number=number[:60]))
        if reason := rules.fault_of_number(preset, number):
            yield place, reason
        for field, what in names.items():
            if len(row.get(field, "")) > _length(Project, field):
                yield place, _too_long(what, row[field], _length(Project, field))
        if not _is_on_earth(row):
            yield (
                place,
                _("latitude and longitude are no point on earth: “{found}”.").format(
                    found=f"{row.get('latitude', '')}, {row.get('longitude', '')}"[:40]
                ),
            )


def _is_on_earth(row: dict[str, str]) -> bool:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if not latitude or not longitude:
        return True
    try:
        return -90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180
    except ValueError:
        return False


def _ballots(contest: PabulibContest, level_rules: Rules) -> Iterator[Fault]:
    label = _length(Ballot, "label")
    if wrong := next((voter for voter in contest.voters if len(voter) > label), None):
        yield _ballot(wrong), _too_long(_("the voter's mark (voter_id)"), wrong, label)
    most_age = _length(Ballot, "age")
    for voter, age in zip(contest.voters, contest.extras.get("age", ()), strict=False):
        if len(age) > most_age:
            yield _ballot(voter), _too_long(_("the age"), age, most_age)
    if contest.ballots.points is not None:
        yield from _points(contest, level_rules)


def _points(contest: PabulibContest, level_rules: Rules) -> Iterator[Fault]:
    points, starts = contest.ballots.points, contest.ballots.starts
    too_high = np.flatnonzero(points > MOST_POINTS_FOR_ONE)
    if len(too_high):
        voter = contest.voters[int(np.searchsorted(starts, too_high[0], side="right")) - 1]
        yield (
            _ballot(voter),
            _("one project has {found} points, at most {most} are possible.").format(
                found=grouped(int(points[too_high[0]])), most=grouped(MOST_POINTS_FOR_ONE)
            ),
        )
    most = level_rules.ballot.points if level_rules.ballot.type == "cumulative" else None
    if most is None:
        return
    sums = np.add.reduceat(np.append(points, 0), starts[:-1]) * (np.diff(starts) > 0)
    over = np.flatnonzero(sums > most)
    if len(over):
        reason = _("the sum of points is {found}, the rules allow at most {most}.")
        yield _ballot(contest.voters[int(over[0])]), reason.format(found=grouped(int(sums[over[0]])), most=most)


def _ballot(voter: str) -> str:
    return _("Ballot {voter}").format(voter=voter[:40])
