"""The result of a vote as one text with one SHA-256, what the committee looks at before it is published, and the second count."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.budget import queries
from ratusz.participation.budget import rules as budget_rules
from ratusz.participation.budget.bundle import make_bundle, to_zip
from ratusz.participation.budget.contests import contest_of
from ratusz.participation.budget.engine import count
from ratusz.participation.budget.models import Edition, Pool, PoolResult, ResultChange
from ratusz.participation.budget.outcomes import result_rows
from ratusz.participation.budget.published import VERIFIER
from ratusz.participation.budget.queries import pending_changes
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused

MOST_SECONDS = 900
"""A second count that takes longer is stopped: forty thousand ballots take a few seconds."""


def standing(edition: Edition, *, with_drafts: bool = True) -> dict[str, PoolResult]:
    """Per pool the result that stands or is about to: with drafts the draft where there is one, else the published one."""
    found: dict[str, PoolResult] = {}
    results = PoolResult.objects.filter(pool__edition=edition).select_related("pool").order_by("pool__position", "published_at")
    for result in results.prefetch_related("projects__project"):
        if result.pk == result.pool.result_id or with_drafts and result.published_at is None:
            found[result.pool.code] = result
    return found


def has_change_to_count(vote: Vote) -> bool:
    """Whether something was recorded since the publication that the published result does not hold."""
    return vote.state == Vote.State.COUNTED and bool(pending_changes(ResultChange.objects.filter(pool__edition=vote.edition_id)))


def content_of(results: Iterable[PoolResult]) -> bytes:
    """The whole result of an edition as canonical JSON: what the log and the bundle name by its SHA-256."""
    plain = {result.pool.code: _plain(result) for result in results}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(result: PoolResult) -> dict[str, Any]:
    return {
        "version": result.version, "ballots": result.ballots, "budget": result.budget_grosze, "spent": result.spent_grosze,
        "left": result.left_grosze,
        "projects": [
            {"number": end.project.number, "points": end.points, "voters": end.voters, "outcome": end.outcome,
             "paid": end.paid_grosze}
            for end in result.projects.all()
        ],
    }  # fmt: skip


def digest_of(edition: Edition) -> str:
    """SHA-256 of the result that stands or is about to."""
    return hashlib.sha256(content_of(standing(edition).values())).hexdigest()


@dataclass(frozen=True)
class PoolPreview:
    """One pool as the committee sees it before publication."""

    pool: Pool
    result: PoolResult
    funded: tuple[str, ...]
    is_new: bool
    """Whether it is a draft: counted, not yet published."""

    @property
    def waits(self) -> bool:
        """Whether a decisive tie has to be decided first."""
        return self.result.waits


def preview_of(vote: Vote) -> list[PoolPreview]:
    """Every counted pool with the projects that get the money: three queries."""
    return [
        PoolPreview(
            result.pool, result, tuple(str(end.project) for end in result.projects.all() if end.is_funded),
            is_new=result.published_at is None,
        )
        for result in standing(vote.edition).values()
    ]  # fmt: skip


def count_again(drafts: Iterable[PoolResult]) -> tuple[bool, list[str]]:
    """Lets the stand-alone verifier count each draft from its ballots alone; whether all agree, and its lines.

    The verifier runs as a process of its own without our packages. Raises VoteRefused where it is not installed.
    """
    if not VERIFIER.exists():
        raise VoteRefused(_("The program of the second count is missing: take the whole repository, with the folder verifier."))
    is_equal, said = True, []
    with tempfile.TemporaryDirectory() as folder:
        for number, draft in enumerate(drafts):
            path = Path(folder) / f"{number}.zip"
            same, content = _bundle(draft)
            path.write_bytes(content)
            done = _run(path)
            said += [f"{draft.pool}", *done.stdout.splitlines()]
            if not same:
                said.append(_("The stored draft is not what the ballots give."))
            is_equal = is_equal and same and done.returncode == 0
    return is_equal, said


def _run(path: Path) -> subprocess.CompletedProcess[str]:
    # -I -S: the standard library alone, none of our packages.
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(VERIFIER), str(path)]
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired as problem:
        raise VoteRefused(_("The second count took too long and was stopped. Nothing was stored. Try again.")) from problem


def _bundle(draft: PoolResult) -> tuple[bool, bytes]:
    """Whether the stored draft is what the engine gives from these ballots, and the bundle for the verifier."""
    pool = draft.pool
    rules, decisions, projects = queries.rules_of(pool), queries.decisions_of(pool), queries.engine_projects(pool)
    contest = contest_of(pool)
    outcome = count(rules, pool.budget_grosze, projects, contest.ballots, decisions)
    _counted, ends = result_rows(pool, outcome, list(pool.projects.all()))
    same = not budget_rules.differences(list(draft.projects.select_related("project")), ends)
    areas = {project.number: project.area for project in projects if project.area}
    return same, to_zip(make_bundle(contest, rules, decisions, outcome, {"pool": pool.code}, areas))
