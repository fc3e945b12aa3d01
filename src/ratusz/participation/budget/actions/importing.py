"""Bring a contest with its ballots in from a file: all of it, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import polish_sort_key, slug
from ratusz.foundation.territory.models import District
from ratusz.participation.budget import rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.actions.editions import edition_slug
from ratusz.participation.budget.actions.known_results import copy_ballots
from ratusz.participation.budget.contests import ballot_rows, pool_code, project_row
from ratusz.participation.budget.engine import Preset, Rules, preset, preset_for, to_plain
from ratusz.participation.budget.fitting import check_fits, check_meta
from ratusz.participation.budget.models import Edition, Pool, Project
from ratusz.participation.budget.pabulib import PabulibContest, pool_label
from ratusz.ui import chrome

REFUSED_BY_THE_DATABASE = (IntegrityError, DataError, psycopg.DataError, psycopg.IntegrityError)
"""Too long, out of range, twice; COPY raises psycopg's own error."""


@dataclass(frozen=True)
class ImportChoice:
    """What the person chose for the import: the preset of rules; empty = the city's own for that year."""

    preset_code: str = ""


def check_import(*, contest: PabulibContest, choice: ImportChoice = ImportChoice()) -> Preset:
    """The rules a contest would be brought in with; nothing is written. Raises NotPossible for all that can be known before."""
    check_meta(contest)
    chosen = _preset(contest, choice)
    check_fits(contest, chosen.code, _rules(chosen, contest))
    edition = Edition.objects.filter(
        city=contest.meta["unit"], year=contest.year, number=_number(contest), kind=Edition.WITH_A_VOTE
    )
    if found := edition.first():
        _check_takes(found, pool_code(contest))
    return chosen


@transaction.atomic
def import_contest(*, contest: PabulibContest, choice: ImportChoice = ImportChoice(), actor: Any = None) -> Pool:
    """Brings one contest in: its edition if it is new, the pool, its projects and ballots. Raises NotAllowed, NotPossible.

    The contest comes from the strict reader, so its sums already agree with its ballots.
    """
    at = database_now()
    require(actor, "import_contest", None, at)
    check_meta(contest)
    chosen = _preset(contest, choice)
    level_rules = _rules(chosen, contest)
    check_fits(contest, chosen.code, level_rules)
    try:
        with transaction.atomic():
            edition = _edition(contest, chosen, at)
            pool = _write_pool(edition, contest, level_rules)
    except REFUSED_BY_THE_DATABASE as error:
        raise rules.NotPossible(_refusal(error)) from error
    record(
        deed="budget.import_contest",
        subject=pool,
        after={"edition": str(edition), "projects": len(contest.projects), "ballots": len(contest.voters)},
        actor=actor,
    )
    return pool


def _preset(contest: PabulibContest, choice: ImportChoice) -> Preset:
    try:
        found = preset(choice.preset_code) if choice.preset_code else preset_for(contest.meta["unit"], contest.year or 0)
    except KeyError:
        found = None
    if found is None:
        raise rules.NotPossible(
            _("There is no preset of rules for {city} {year}. Choose one of the presets.").format(
                city=contest.meta["unit"], year=contest.meta["instance"]
            )
        )
    return found


def _rules(chosen: Preset, contest: PabulibContest) -> Rules:
    try:
        return chosen.rules.level(chosen.level_of(contest.place, contest.pool_name)).rules
    except KeyError as error:
        raise rules.NotPossible(_("The preset {preset} has no rules for this kind of pool.").format(preset=chosen.code)) from error


def _edition(contest: PabulibContest, chosen: Preset, at: datetime) -> Edition:
    city, year = contest.meta["unit"], contest.year
    assert year is not None, "check_meta has refused it"
    edition, is_new = Edition.objects.get_or_create(
        city=city, year=year, number=_number(contest), kind=Edition.WITH_A_VOTE,
        defaults={
            "slug": edition_slug(city, year, Edition.WITH_A_VOTE),
            "rules_preset": chosen.code,
            "voting_starts": rules.day_of(contest.meta["date_begin"]),
            "voting_ends": rules.day_of(contest.meta["date_end"]),
        },
    )  # fmt: skip
    return edition if is_new else Edition.objects.select_for_update().get(pk=edition.pk)


def _number(contest: PabulibContest) -> int | None:
    return int(contest.meta["edition"]) if contest.meta.get("edition", "").isdecimal() else None


def _check_takes(edition: Edition, code: str) -> None:
    """An edition takes a pool that it has not yet, and none once it was opened: its rules name its pools."""
    if edition.opened_at:
        words = _("The edition {edition} is open: its ballots come from its own vote.")
        raise rules.NotPossible(words.format(edition=edition))
    if edition.pools.filter(code=code).exists():
        raise rules.NotPossible(_("The pool {code} of the edition {edition} is already here.").format(code=code, edition=edition))


def _write_pool(edition: Edition, contest: PabulibContest, level_rules: Rules) -> Pool:
    code, name = pool_code(contest), pool_label(contest.pool_name)
    _check_takes(edition, code)
    pool = Pool.objects.create(
        edition=edition,
        code=code,
        slug=_pool_slug(edition, code, contest),
        name=name,
        sort_key=polish_sort_key(name),
        position=_position(code, edition),
        place=contest.place,
        district=_district(code, contest),
        budget_grosze=contest.budget,
        threshold=int(level_rules.threshold.value) if level_rules.threshold.kind in ("points", "votes") else None,
        most_points=level_rules.ballot.points if level_rules.ballot.type == "cumulative" else None,
        rules=to_plain(level_rules),
        meta=list(map(list, contest.meta.items())),
    )
    Project.objects.bulk_create(
        project_row(pool, position, row, cost)
        for position, (row, cost) in enumerate(zip(contest.projects, contest.costs, strict=True))
    )
    copy_ballots(pool=pool, **ballot_rows(contest))
    return pool


def _pool_slug(edition: Edition, code: str, contest: PabulibContest) -> str:
    if contest.place == Pool.Place.CITY:
        return "ogolnomiejska"
    plain = slug(contest.pool_name)
    # A name without a letter would give no address, and the addresses of projects and rules are taken.
    own = f"pula-{plain}".strip("-") if plain in ("", "projekty", "zasady") else plain
    return f"{own}-{slug(code)}" if edition.pools.filter(slug=own).exists() else own


def _position(code: str, edition: Edition) -> int:
    if code == "M":
        return 0
    return int(code[1:]) if code[:1] == "L" and code[1:].isdecimal() else 100 + edition.pools.count()


def _district(code: str, contest: PabulibContest) -> District | None:
    if code[:1] == "L" and code[1:].isdecimal() and contest.meta["unit"] == chrome.city():
        return District.objects.filter(number=int(code[1:])).first()
    return None


def _refusal(error: Exception) -> str:
    """The sentence for what the database refuses though the file was checked; the name of its rule is for the report to us."""
    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or getattr(cause, "sqlstate", None) or "?"
    return _("The file does not fit the tables here ({rule}). Send it to whoever looks after the program.").format(rule=name)
