"""Katowice's participatory budget of 2020 to 2023: public facts of 1,071 projects in 92 pools, ballots made up to fit them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
from django.db import transaction

from ratusz.demo.loaders import Report
from ratusz.demo.made_up_ballots import make_up_ballots
from ratusz.foundation.kit.roman import from_roman
from ratusz.foundation.kit.words import polish_sort_key, search_key
from ratusz.foundation.territory.models import District, RegisteredCount
from ratusz.participation.budget.actions import copy_ballots, publish_known_results, recount_pool
from ratusz.participation.budget.actions.files import make_published_files
from ratusz.participation.budget.contests import project_slug
from ratusz.participation.budget.engine import Outcome, Preset, count_tallied, preset, to_plain
from ratusz.participation.budget.models import Edition, Pool, PoolTerm, Project
from ratusz.participation.budget.queries import engine_projects, rules_of
from ratusz.publishing.website.actions import rebuild_search

FACTS = Path(__file__).parent / "facts"
EDITIONS = {
    "VII": {"year": 2020, "starts": date(2020, 9, 7), "ends": date(2020, 9, 20), "voters": 44_075, "submitted": None},
    "VIII": {"year": 2021, "starts": date(2021, 9, 6), "ends": date(2021, 9, 19), "voters": 43_098, "submitted": 330},
    "IX": {"year": 2022, "starts": date(2022, 9, 10), "ends": date(2022, 9, 23), "voters": 38_985, "submitted": 323},
    "X": {"year": 2023, "starts": date(2023, 9, 11), "ends": date(2023, 9, 24), "voters": 46_821, "submitted": 296},
}
CITY_NAME = "Pula ogólnomiejska"
CITY_BASE = 3_000_000_00
ROUNDED = "suma ogłoszona przez miasto różni się od sumy składników zaokrągleniem"
AGE_BANDS = ("0-17", "18-29", "30-44", "45-59", "60-74", "75+")
AGE_SHARES = (0.19, 0.14, 0.31, 0.21, 0.11, 0.04)
"""Made up, near what is known of ages (domain facts, section 8)."""


def load_results(report: Report) -> None:
    """Editions, pools, projects and results: what the pages need first. Repeatable."""
    for roman in EDITIONS:
        if not Edition.objects.filter(city="Katowice", number=from_roman(roman)).exists():
            report(f"{roman} edycja budżetu obywatelskiego")
            _load_edition(roman)


def load_ballots(report: Report) -> None:
    """Made-up ballots of every pool, then a recount from them that must agree with what was published. Repeatable."""
    for pool in pools_without_ballots():
        load_ballots_of(pool)
        transaction.on_commit(partial(make_published_files.enqueue, pool.pk))


def pools_without_ballots() -> list[Pool]:
    """Of the public facts only: an edition that shows a stage of the work has made-up ballots of its own and no result yet."""
    known = Edition.objects.filter(city="Katowice", number__in=[from_roman(roman) for roman in EDITIONS])
    pools = Pool.objects.filter(edition__in=known.filter(ballots_are_made_up=True), ballots_are_complete=False)
    return list(pools.select_related("edition", "result").order_by("-edition__year", "position"))


def load_ballots_of(pool: Pool) -> None:
    """The made-up ballots of one pool. Raises RuntimeError when the count from them differs from the published result."""
    ends = {end.project_id: end for end in pool.result.projects.all()}
    projects = list(pool.projects.order_by("position"))
    points, voters = [ends[p.pk].points for p in projects], [ends[p.pk].voters for p in projects]
    seed = pool.edition.year * 100 + pool.position
    made = make_up_ballots(points, voters, pool.result.ballots, seed)
    ages = np.random.default_rng(seed).choice(AGE_BANDS, len(made.choices), p=AGE_SHARES).tolist()
    nothing = {"labels": repeat("", len(ages)), "columns": repeat({}, len(ages))}
    copy_ballots(pool=pool, choices=made.choices, points=made.points, ages=ages, **nothing)
    recount = recount_pool(pool=pool)
    if not recount.is_identical:
        raise RuntimeError(f"{pool.edition} {pool}: {recount.differences}")


def load_search(report: Report) -> None:
    """The portal's search finds the results. Repeatable."""
    rebuild_search()


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one file of facts."""
    with open(FACTS / f"{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_edition(roman: str) -> None:
    facts = EDITIONS[roman]
    rules = preset("katowice")
    edition = Edition.objects.create(
        city="Katowice", number=from_roman(roman), year=facts["year"], slug=str(facts["year"]), rules_preset=rules.code,
        voting_starts=facts["starts"], voting_ends=facts["ends"], voters=facts["voters"], submitted=facts["submitted"],
        ballots_are_made_up=True,
    )  # fmt: skip
    pool_rows = [row for row in rows("budget_pools") if row["edition"] == roman]
    pools = Pool.objects.bulk_create(_pools(edition, rules, pool_rows))
    project_rows = _by_pool(roman)
    Project.objects.bulk_create(project for pool in pools for project in _projects(pool, project_rows[pool.code]))
    PoolTerm.objects.bulk_create(_terms(edition, pools))
    ballots = {row["pool"]: int(row["ballots"]) for row in pool_rows}
    publish_known_results(
        edition=edition, outcomes={pool.pk: _outcome(pool, project_rows[pool.code], ballots[pool.code]) for pool in pools}
    )


def _by_pool(roman: str) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows("budget_projects"):
        if row["edition"] == roman:
            found[row["pool"]].append(row)
    return {code: sorted(part, key=lambda row: row["number"]) for code, part in found.items()}


def _pools(edition: Edition, rules: Preset, pool_rows: list[dict[str, str]]) -> Iterator[Pool]:
    districts = {district.pool_code: district for district in District.objects.all()}
    registered = {count.district_id: count for count in RegisteredCount.objects.filter(day=date(2020, 12, 31))}
    for row in pool_rows:
        district = districts.get(row["pool"])
        level = rules.rules.level("district" if district else "city").rules
        name = district.name if district else CITY_NAME
        count = registered.get(district.pk) if district else None
        yield Pool(
            edition=edition, code=row["pool"], slug=district.slug if district else "ogolnomiejska", name=name,
            sort_key=polish_sort_key(name), position=district.number if district else 0,
            place=Pool.Place.DISTRICT if district else Pool.Place.CITY, district=district,
            budget_grosze=int(row["budget_zl"]) * 100, threshold=int(level.threshold.value), most_points=level.ballot.points,
            rules=to_plain(level), registered=count.people if count else None, registered_day=count.day if count else None,
        )  # fmt: skip


def _projects(pool: Pool, project_rows: list[dict[str, str]]) -> Iterator[Project]:
    for position, row in enumerate(project_rows):
        number, name = row["number"], row["name"]
        yield Project(
            pool=pool, edition=pool.edition, number=number, slug=project_slug(number), position=position, name=name,
            sort_key=polish_sort_key(name), search_key=search_key(f"{number} {name}"), cost_grosze=int(row["cost_zl"]) * 100,
            category=row["category"], latitude=float(row["latitude"] or 0) or None, longitude=float(row["longitude"] or 0) or None,
        )  # fmt: skip


def _outcome(pool: Pool, project_rows: list[dict[str, str]], ballots: int) -> Outcome:
    """What the engine makes of the published sums; it must fund what the city funded."""
    points, voters = [int(row["points"]) for row in project_rows], [int(row["voters"]) for row in project_rows]
    outcome = count_tallied(rules_of(pool), pool.budget_grosze, engine_projects(pool), points, voters, ballots)
    published = {row["number"] for row in project_rows if row["selected"] == "1"}
    if set(outcome.winners) != published:
        raise RuntimeError(f"{pool.edition} {pool}: {sorted(set(outcome.winners) ^ published)}")
    return outcome


def _terms(edition: Edition, pools: list[Pool]) -> Iterator[PoolTerm]:
    """What each sum is made of, where it is known: the city-wide pools after 2020 and all of 2021."""
    known = {row["pool"]: row for row in rows("budget_pool_terms_2021")} if edition.year == 2021 else {}
    for pool in pools:
        if pool.is_city_wide and edition.year > 2020:
            parts = [("base", CITY_BASE), ("carried", _left_before(edition))]
        elif pool.code in known:
            columns = ("equal_part", "population_part", "carried", "turnout_bonus")
            kinds = ("equal_part", "population_part", "carried", "bonus")
            parts = [(kind, _grosze(known[pool.code][f"{column}_zl"])) for kind, column in zip(kinds, columns, strict=True)]
        else:
            continue
        parts.append(("correction", pool.budget_grosze - sum(amount for _, amount in parts)))
        for position, (kind, amount) in enumerate(part for part in parts if part[1]):
            yield PoolTerm(pool=pool, position=position, kind=kind, grosze=amount, reason=ROUNDED if kind == "correction" else "")


def _left_before(edition: Edition) -> int:
    return Pool.objects.get(edition__city="Katowice", edition__year=edition.year - 1, code="M").result.left_grosze


def _grosze(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")
