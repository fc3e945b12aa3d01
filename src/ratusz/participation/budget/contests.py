"""A contest of a Pabulib file to rows of ours, and back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any

from ratusz.foundation.kit.words import polish_sort_key, search_key
from ratusz.participation.budget.models import Ballot, Pool, Project
from ratusz.participation.budget.pabulib import PabulibContest, grosze, zlote
from ratusz.participation.budget.queries import ballots_of
from ratusz.participation.budget.rules import KATOWICE_NUMBER


def pool_code(contest: PabulibContest) -> str:
    """The pool's code: what stands before the first slash of Katowice's project numbers, elsewhere M or the pool's name."""
    if contest.numbers and all(KATOWICE_NUMBER.fullmatch(number) for number in contest.numbers):
        return contest.numbers[0].split("/")[0]
    return "M" if contest.place == Pool.Place.CITY else contest.pool_name[:60]


def project_row(pool: Pool, position: int, row: Mapping[str, str], cost: int) -> Project:
    """The unsaved project of one row of a file; the row itself is kept, so that an export gives back every column."""
    number, name = row["project_id"], row.get("name", row["project_id"])
    return Project(
        pool=pool,
        edition=pool.edition,
        number=number,
        slug=project_slug(number) if KATOWICE_NUMBER.fullmatch(number) else f"{pool.slug[:40]}-{project_slug(number)}"[:70],
        position=position,
        name=name,
        sort_key=polish_sort_key(name),
        search_key=search_key(f"{number} {name}"),
        cost_grosze=cost,
        category=row.get("category", ""),
        latitude=_degrees(row, "latitude"),
        longitude=_degrees(row, "longitude"),
        columns=dict(row),
    )


def project_slug(number: str) -> str:
    """The part of an address for a project's number: L12/03/X is L12-03-X."""
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in number)


def _degrees(row: Mapping[str, str], name: str) -> float | None:
    try:
        return float(row[name]) if row.get("latitude") and row.get("longitude") else None
    except ValueError:
        return None


def ballot_rows(contest: PabulibContest) -> dict[str, Any]:
    """The arguments of `copy_ballots` for a contest's ballots."""
    starts, choices = contest.ballots.starts.tolist(), contest.ballots.choices.tolist()
    points = None if contest.ballots.points is None else contest.ballots.points.tolist()
    bounds = list(zip(starts, starts[1:], strict=False))
    extras = {name: column for name, column in contest.extras.items() if name != "age"}
    return {
        "choices": [choices[begin:end] for begin, end in bounds],
        "points": [points[begin:end] for begin, end in bounds] if points is not None else repeat([], len(bounds)),
        "ages": contest.extras.get("age") or repeat("", len(bounds)),
        "labels": contest.voters,
        "columns": [{name: column[i] for name, column in extras.items() if column[i]} for i in range(len(bounds))],
    }


def contest_of(pool: Pool) -> PabulibContest:
    """A pool as the contest of a file, exactly as it came in: for archives and other systems, not for publication."""
    projects = tuple(_exact_row(project) for project in pool.projects.order_by("position"))
    rows = list(Ballot.objects.filter(pool=pool).order_by("pk").values_list("pk", "label", "age", "columns"))
    names = {name for row in rows for name in row[3]}
    extras = {name: tuple(row[3].get(name, "") for row in rows) for name in sorted(names)}
    if any(row[2] for row in rows):
        extras["age"] = tuple(row[2] for row in rows)
    voters = tuple(label or str(key) for key, label, _, _ in rows)
    return PabulibContest(_meta(pool, len(projects), len(rows)), projects, voters, ballots_of(pool), extras)


def _exact_row(project: Project) -> dict[str, str]:
    row = {"project_id": project.number} | project.columns | {"project_id": project.number}
    if "cost" not in row or grosze(row["cost"]) != project.cost_grosze:
        row["cost"] = zlote(project.cost_grosze)
    if row.get("name", project.number) != project.name:
        row["name"] = project.name
    if project.category and "category" not in row:
        row["category"] = project.category
    if project.latitude is not None and "latitude" not in row:
        row |= {"latitude": f"{project.latitude:.6f}", "longitude": f"{project.longitude:.6f}"}
    return row


def _meta(pool: Pool, projects: int, ballots: int) -> dict[str, str]:
    meta = dict(pool.meta) or meta_of(pool)
    budget = _same(meta.get("budget"), pool.budget_grosze)
    return meta | {"num_projects": str(projects), "num_votes": str(ballots), "budget": budget}


def _same(text: str | None, amount: int) -> str:
    return text if text and grosze(text) == amount else zlote(amount)


VOTE_TYPES = {"choose1": "choose-1", "ranked": "ordinal", "knapsack": "approval"}


def meta_of(pool: Pool) -> dict[str, str]:
    """The META section of a pool that came from no file."""
    edition, ballot = pool.edition, pool.rules.get("ballot", {})
    kind = ballot.get("type", "approval")
    threshold = pool.rules.get("threshold", {}).get("kind", "none")
    where = "Municipal" if pool.is_city_wide else "District"
    meta = {
        "description": f"{where} PB in {edition.city}" + ("" if pool.is_city_wide else f", {pool.name}"),
        "country": "Poland",
        "unit": edition.city,
        "district": "" if pool.is_city_wide else pool.name,
        "subunit": "" if pool.is_city_wide else pool.name,
        "instance": str(edition.year),
        "vote_type": VOTE_TYPES.get(kind, kind),
        "rule": "greedy-threshold" if threshold != "none" else "greedy",
        "date_begin": _date(edition.voting_starts, edition.year),
        "date_end": _date(edition.voting_ends, edition.year),
        "min_sum_points": "1" if kind == "cumulative" else "",
        "max_sum_points": str(pool.most_points or ""),
        "min_project_score_threshold": str(pool.threshold or ""),
        "edition": str(edition.number or ""),
        "language": "pl",
        "currency": "PLN",
    }
    return {name: value for name, value in meta.items() if value}


def _date(day, year: int) -> str:
    return f"{day:%d.%m.%Y}" if day else str(year)
