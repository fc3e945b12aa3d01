"""Open data of a published result: files made once per result and kept, so that everybody gets the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.kit.words import size_in_words
from ratusz.participation.budget import queries, wording
from ratusz.participation.budget.bundle import MANIFEST, for_publication, make_bundle, to_zip
from ratusz.participation.budget.contests import contest_of
from ratusz.participation.budget.engine import count
from ratusz.participation.budget.formats import to_csv_zip, to_json
from ratusz.participation.budget.models import Edition, Pool, ProjectResult
from ratusz.participation.budget.pabulib import PabulibContest, file_name, read_bytes, to_text, zlote
from ratusz.participation.budget.queries import ListedEnd, ends_of, listed_ends, pools_of
from ratusz.ui.parts import Download

VERIFIER = Path(__file__).resolve().parents[4] / "verifier" / "ratusz_verify.py"
"""Part of the checkout, not of the package; where it is not there, the page does not offer it."""
BUNDLE = "pakiet.zip"
DIGEST = "manifest.sha256"
MADE_UP = "Pokaz: pojedyncze karty są zmyślone, nikt ich nie oddał; nazwy, koszty, sumy punktów i osób oraz wynik są ogłoszone."
HEADINGS = (
    "pool", "number", "name", "category", "cost_zl", "place", "points", "voters", "outcome", "funded", "left_before_zl", "reason",
)  # fmt: skip


def pool_downloads(pool: Pool) -> list[Download]:
    """What can be downloaded about a pool. Ballots only where they are here."""
    files = [
        _download(pool, "projekty.xlsx", _("Projects and results"), "XLSX"),
        _download(pool, "projekty.csv", _("Projects and results"), "CSV"),
        _download(pool, "wynik.json", _("The whole result"), "JSON"),
    ]
    if pool.ballots_are_complete:
        files += [
            _download(pool, "glosy.pb", _("Ballots without names"), "Pabulib"),
            _download(pool, "glosy.csv.zip", _("Ballots without names"), "CSV w ZIP"),
            _download(pool, "glosy.json", _("Ballots without names"), "JSON"),
            _download(pool, BUNDLE, _("Bundle to count it yourself: ballots, rules, result"), "ZIP"),
        ]
    return files


def project_list_downloads(edition: Edition, projects: int) -> list[Download]:
    """What can be downloaded about an edition with so many projects."""
    label, size = _("All projects and results"), wording.projects(projects)
    addresses = {name: reverse("budget:edition-file", args=[edition.slug, name]) for name in EDITION_MAKERS}
    return [
        Download(label, addresses["projekty.xlsx"], "XLSX", size),
        Download(label, addresses["projekty.csv"], "CSV", size, _("semicolons, UTF-8: opens in any spreadsheet")),
    ]


def _download(pool: Pool, name: str, label: str, format: str) -> Download:
    url = reverse("budget:pool-file", args=[pool.edition.slug, pool.slug, name])
    path = _folder(pool) / name
    ballots = wording.ballots(pool.result.ballots) if name in NEEDS_BALLOTS else ""
    size = size_in_words(path.stat().st_size) if path.exists() else ballots
    return Download(label, url, format, size or wording.projects(pool.result.projects_count))


def _folder(pool: Pool) -> Path:
    """Final data: a result's files never change, a later version of the result has its own folder.

    With the moment of the count: a database put back from a copy gives its numbers out again, and these files stay.
    """
    return Path(settings.MEDIA_ROOT) / "budget" / f"result-{pool.result_id}-{pool.result.counted_at:%Y%m%d-%H%M%S-%f}"


def file_of(pool: Pool, name: str) -> Path | None:
    """The file of a published result, made at the first request; None when there is no such file."""
    make = MAKERS.get(name)
    if make is None or (name in NEEDS_BALLOTS and not pool.ballots_are_complete):
        return None
    path = _folder(pool) / name
    if not path.exists():
        write_once(path, make(pool))
    return path


def make_all_files(pool: Pool) -> None:
    """Makes every file there is to download about a pool's published result."""
    for name in MAKERS:
        file_of(pool, name)


def write_once(path: Path, content: bytes) -> None:
    """Two requests may make the file at once; the first one in place stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    try:
        os.link(file.name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(file.name)


def published_contest(pool: Pool) -> PabulibContest:
    """The pool as it may be published: random ids, shuffled, age bands only where nobody stands out; always the same one."""
    path = file_of(pool, "glosy.pb")
    return read_bytes(path.read_bytes()) if path else contest_of(pool)


def _pb(pool: Pool) -> bytes:
    contest = _with_result(pool, for_publication(contest_of(pool)))
    if pool.edition.ballots_are_made_up:
        # The file goes its own way: whoever finds it later must not take its ballots for real ones.
        contest.meta["comment"] = f"#1: {MADE_UP}"
    return to_text(contest).encode()


def _with_result(pool: Pool, contest: PabulibContest) -> PabulibContest:
    """Votes, score and selected as they were published, in every row."""
    ends = {end.project.number: end for end in pool.result.projects.select_related("project")}
    rows = tuple(row | _published(ends[row["project_id"]]) for row in contest.projects)
    return PabulibContest(dict(contest.meta), rows, contest.voters, contest.ballots, contest.extras)


def _published(end: ProjectResult) -> dict[str, str]:
    return {"votes": str(end.voters), "score": str(end.points), "selected": str(int(end.is_funded))}


def _zip(pool: Pool) -> bytes:
    contest = published_contest(pool)
    rules, decisions, projects = queries.rules_of(pool), queries.decisions_of(pool), queries.engine_projects(pool)
    outcome = count(rules, pool.budget_grosze, projects, contest.ballots, decisions)
    areas = {project.number: project.area for project in projects if project.area}
    edition = pool.edition
    about = {
        "city": edition.city, "edition": edition.roman, "year": edition.year, "pool": pool.code, "name": pool.name,
        "result_version": pool.result.version, "file": file_name(contest),
    }  # fmt: skip
    if edition.ballots_are_made_up:
        about["note"] = MADE_UP
    return to_zip(make_bundle(contest, rules, decisions, outcome, about, areas))


def _manifest_digest(pool: Pool) -> bytes:
    path = file_of(pool, BUNDLE)
    assert path is not None, "asked only where the ballots are here"
    with zipfile.ZipFile(path) as bundle:
        return hashlib.sha256(bundle.read(MANIFEST)).hexdigest().encode() + b"  manifest.json\n"


def manifest_digest(pool: Pool) -> str:
    """The SHA-256 of the bundle's manifest, 64 hex digits, as the verifier's first check prints it; "" until it is made."""
    path = _folder(pool) / DIGEST
    return path.read_text().split()[0] if path.exists() else ""


def _json(pool: Pool) -> bytes:
    edition, result = pool.edition, pool.result
    plain = {
        "city": edition.city, "edition": edition.roman, "year": edition.year, "pool": pool.code, "name": pool.name,
        "budget": zlote(result.budget_grosze), "spent": zlote(result.spent_grosze), "left": zlote(result.left_grosze),
        "ballots": result.ballots, "points": result.points, "version": result.version, "rules": result.rules, "ties": result.ties,
        "projects": [dict(zip(HEADINGS, row, strict=True)) for row in _rows(_in_order_of_counting(pool))],
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def _in_order_of_counting(pool: Pool) -> list[ListedEnd]:
    return ends_of(pool, pool.result_id)


def _rows(ends: list[ListedEnd]) -> list[list]:
    return [
        [
            end.pool.code, end.number, end.name, end.category, zlote(end.cost_grosze), end.place, end.points, end.voters,
            end.outcome, int(end.is_funded), _left_before(end),
            wording.reason(end),
        ]
        for end in ends
    ]  # fmt: skip


def _left_before(end: ListedEnd) -> str | None:
    """What was left in the pool before it, in złoty; nothing by Equal Shares, which knows the purses of ballots alone."""
    return None if end.left_before_grosze is None or wording.is_by_shares(end) else zlote(end.left_before_grosze)


def to_csv(ends: list[ListedEnd]) -> bytes:
    """A CSV with a header that opens in any spreadsheet; no cell is taken for a formula."""
    return "".join(csv_lines([HEADINGS, *_rows(ends)])).encode()


def to_xlsx(ends: list[ListedEnd], about: Pool | Edition) -> bytes:
    """The rows of the CSV as a workbook: amounts and points as numbers, so that they can be added up."""
    title = _("Participatory budget") + f" {about}"
    columns = [
        Column(_("Pool"), 8), Column(_("Number"), 12), Column(_("Project"), 60), Column(_("Category"), 20),
        Column(_("Cost"), 16, "zlotys"), Column(_("Place"), 8, "number"), Column(_("Points"), 10, "number"),
        Column(_("People"), 10, "number"), Column(_("Result"), 24), Column(_("gets the money"), 14, "number"),
        Column(_("Was left"), 16, "zlotys"), Column(_("Why"), 80),
    ]  # fmt: skip
    return xlsx_of(title, [Sheet(_("Projects"), columns, map(_with_amounts, _rows(ends)))], author=_("Participatory budget"))


def _with_amounts(row: list) -> list:
    """Texts of złoty as numbers."""
    pairs = zip(HEADINGS, row, strict=True)
    return [float(cell) if name.endswith("_zl") and cell is not None else cell for name, cell in pairs]


MAKERS: dict[str, Callable[[Pool], bytes]] = {
    "projekty.csv": lambda pool: to_csv(_in_order_of_counting(pool)),
    "projekty.xlsx": lambda pool: to_xlsx(_in_order_of_counting(pool), pool),
    "wynik.json": _json,
    "glosy.pb": _pb,
    "glosy.json": lambda pool: to_json(published_contest(pool)),
    "glosy.csv.zip": lambda pool: to_csv_zip(published_contest(pool)),
    BUNDLE: _zip,
    DIGEST: _manifest_digest,
}
NEEDS_BALLOTS = ("glosy.pb", "glosy.json", "glosy.csv.zip", BUNDLE, DIGEST)


EDITION_MAKERS: dict[str, Callable[[Edition], bytes]] = {
    "projekty.csv": lambda edition: to_csv(listed_ends(pools_of(edition))),
    "projekty.xlsx": lambda edition: to_xlsx(listed_ends(pools_of(edition)), edition),
}


def edition_file(edition: Edition, name: str) -> bytes | None:
    """All projects of an edition in one file; None when there is no such file."""
    make = EDITION_MAKERS.get(name)
    return make(edition) if make else None
