"""Writes a contest as a .pb file in one fixed form: LF, fixed order of fields, only columns that hold something."""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from ratusz.participation.budget.pabulib.contest import PabulibContest
from ratusz.participation.budget.pabulib.lines import plain

META_ORDER = [
    "description",
    "country",
    "unit",
    "district",
    "subunit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "default_score",
    "min_project_cost",
    "max_project_cost",
    "min_project_score_threshold",
    "neighborhoods",
    "subdistricts",
    "categories",
    "edition",
    "language",
    "currency",
    "fully_funded",
    "experimental",
    "comment",
    "acknowledgments",
    "leftover_budget",
    "budget_per_category",
    "budget_per_neighborhood",
    "min_length_per_category",
    "max_length_per_category",
    "min_sum_cost_per_category",
    "max_sum_cost_per_category",
]
PROJECT_ORDER = [
    "project_id",
    "cost",
    "votes",
    "score",
    "name",
    "category",
    "beneficiaries",
    "target",
    "selected",
    "neighborhood",
    "subunit",
    "district",
    "description",
    "proposer",
    "public_id",
    "latitude",
    "longitude",
]
POINTED = ("cumulative", "scoring")
"""Kinds of vote whose ballots carry points."""
VOTE_ORDER = ["age", "sex", "voting_method", "district", "neighborhood", "education"]


def write_file(contest: PabulibContest, path: str | Path) -> None:
    """Writes a .pb file, packed when the name ends with .gz. The same contest gives the same bytes."""
    content = to_text(contest).encode()
    if str(path).endswith(".gz"):
        content = gzip.compress(content, mtime=0)
    Path(path).write_bytes(content)


def to_text(contest: PabulibContest) -> str:
    """The contest as the text of a .pb file."""
    return "".join(f"{name}\n{text}" for name, text in to_sections(contest).items())


def to_sections(contest: PabulibContest) -> dict[str, str]:
    """The text of each of the three sections, without the line that opens it."""
    parts = {"META": _meta_rows(contest), "PROJECTS": _project_rows(contest), "VOTES": _vote_rows(contest)}
    return {name: _written(rows) for name, rows in parts.items()}


def _written(rows: Iterable[list[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(rows)
    return target.getvalue()


def _meta_rows(contest: PabulibContest) -> Iterable[list[str]]:
    yield ["key", "value"]
    yield from ([key, plain(contest.meta[key])] for key in _ordered(contest.meta, META_ORDER) if contest.meta[key])


def _project_rows(contest: PabulibContest) -> Iterable[list[str]]:
    # A pool without one project has these columns too.
    columns = _ordered({"project_id", "cost", *(name for row in contest.projects for name in row)}, PROJECT_ORDER)
    if "votes" not in columns and "score" not in columns:
        columns.insert(columns.index("cost") + 1, "votes")
    yield columns
    yield from ([plain(row.get(name, "")) for name in columns] for row in contest.projects)


def _vote_rows(contest: PabulibContest) -> Iterable[list[str]]:
    extras = _ordered({name for name, column in contest.extras.items() if any(column)}, VOTE_ORDER)
    # A pool where nobody voted has the column too: its kind of vote asks for it.
    is_pointed = not contest.voters and contest.meta["vote_type"] in POINTED
    has_points = contest.ballots.points is not None or is_pointed
    yield ["voter_id", "vote", *(["points"] if has_points else []), *extras]
    yield from _votes(contest, extras)


def _votes(contest: PabulibContest, extras: list[str]) -> Iterable[list[str]]:
    numbers, starts, choices = contest.numbers, contest.ballots.starts.tolist(), contest.ballots.choices.tolist()
    points = None if contest.ballots.points is None else contest.ballots.points.tolist()
    for index, voter in enumerate(contest.voters):
        begin, end = starts[index], starts[index + 1]
        row = [voter, ",".join(numbers[choice] for choice in choices[begin:end])]
        if points is not None:
            row.append(",".join(map(str, points[begin:end])))
        yield [*row, *(plain(contest.extras[name][index]) for name in extras)]


def _ordered(names: Iterable[str], order: list[str]) -> list[str]:
    """Known names in the format's order, then the others as they come (a set: by name)."""
    rest = [name for name in names if name not in order]
    return [name for name in order if name in names] + (sorted(rest) if isinstance(names, set) else rest)


def file_name(contest: PabulibContest) -> str:
    """`Poland_{City}_{year}[_{Unit}].pb` in ASCII letters, as Pabulib names its files."""
    parts = [contest.meta["country"], contest.meta["unit"], contest.meta["instance"]]
    pool = contest.meta.get("subunit") or contest.meta.get("district")
    return "_".join(_ascii(part) for part in [*parts, *([pool] if pool else [])]) + ".pb"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.strip().replace(" ", "_") if letter.isalnum() or letter in "-._")
