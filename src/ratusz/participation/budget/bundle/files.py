"""Makes and reads bundles. The manifest is written whole, defaults too, so that it can be checked from its own text."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ratusz.foundation.kit.zips import NOT_OUR_ZIP
from ratusz.participation.budget.engine import (
    Decisions,
    Outcome,
    ProjectResult,
    Rules,
    Tie,
    decisions_from,
    decisions_to_plain,
    faults,
    rules_from,
    to_plain,
)
from ratusz.participation.budget.pabulib import PabulibContest, file_name, read_bytes, to_text

FORMAT = "ratusz-bo/1"
MANIFEST = "manifest.json"
MOST_BYTES = 512 << 20


class BundleError(ValueError):
    """A bundle that is not one, or whose files are not those its manifest describes."""


@dataclass(frozen=True)
class Bundle:
    """Files by name, and what they hold."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    contest: PabulibContest
    rules: Rules
    decisions: Decisions


def make_bundle(
    contest: PabulibContest,
    rules: Rules,
    decisions: Decisions,
    outcome: Outcome,
    about: Mapping[str, Any] | None = None,
    areas: Mapping[str, str] | None = None,
) -> Bundle:
    """A bundle of one published contest. `about`: whatever names the contest; `areas`: project number to area, for caps by area.

    Raises BundleError when the outcome was not counted from these ballots.
    """
    if outcome.ballots != len(contest.voters) or outcome.budget != contest.budget:
        raise BundleError("the outcome was counted from other ballots or another pool")
    name = file_name(contest)
    content = to_text(contest).encode()
    manifest = {
        "format": FORMAT,
        "about": dict(about or {}),
        "files": {name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}},
        "counts": _counts(contest, rules),
        "budget": contest.budget,
        "rules": to_plain(rules, whole=True),
        "decisions": decisions_to_plain(decisions),
        "areas": dict(areas or {}),
        "result": _result(outcome),
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    return Bundle({name: content, MANIFEST: written}, manifest, contest, rules, decisions)


def _counts(contest: PabulibContest, rules: Rules) -> dict[str, int]:
    odd = faults(rules.ballot, contest.ballots, contest.costs, contest.budget)
    return {"projects": len(contest.projects), "ballots": len(contest.voters), "outside_limits": int(np.count_nonzero(odd))}


def _result(outcome: Outcome) -> dict[str, Any]:
    return {
        "winners": list(outcome.winners),
        "spent": outcome.spent,
        "left": outcome.left,
        "from_reserve": outcome.from_reserve,
        "projects": [_project(result) for result in outcome.projects],
        "ties": [_tie(tie) for tie in outcome.ties],
    }


def _project(result: ProjectResult) -> dict[str, Any]:
    return {
        "number": result.number,
        "reason": result.reason.value,
        "rank": result.rank,
        "cost": result.cost,
        "points": result.points,
        "voters": result.voters,
        "threshold": result.threshold,
        "left_before": result.left_before,
        "from_reserve": result.from_reserve,
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {"numbers": list(tie.numbers), "support": tie.support, "settled_by": list(tie.settled_by), "decisive": tie.decisive}


def write_folder(bundle: Bundle, folder: Path) -> None:
    """Writes the bundle's files into a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in bundle.files.items():
        (folder / name).write_bytes(content)


def to_zip(bundle: Bundle) -> bytes:
    """The bundle as a ZIP file; the same bundle gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in bundle.files.items():
            # The earliest moment a ZIP knows: the time of writing would make two equal bundles differ.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def read_bundle(path: Path) -> Bundle:
    """Reads a folder or ZIP file and checks its hashes. Raises BundleError, PabulibError, RulesError."""
    files = _folder(path) if path.is_dir() else _archive(path)
    try:
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            raise BundleError(f"unknown format {manifest['format']!r}")
        described = manifest["files"]
        if set(described) != set(files) - {MANIFEST} or len(described) != 1:
            raise BundleError("the files are not those of the manifest")
        for name, facts in described.items():
            if hashlib.sha256(files[name]).hexdigest() != facts["sha256"]:
                raise BundleError(f"{name} was changed after the manifest was written")
        contest = read_bytes(files[next(iter(described))])
        return Bundle(files, manifest, contest, rules_from(manifest["rules"]), decisions_from(manifest["decisions"]))
    except (KeyError, TypeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BundleError(f"the manifest is not readable: {error}") from error


def _folder(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.suffix in (".pb", ".json")}


def _archive(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith((".pb", ".json"))]
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BundleError("the bundle is too big")
            if len({entry.filename for entry in entries}) != len(entries):
                raise BundleError("two files of the bundle have one name")
            return {entry.filename: archive.read(entry) for entry in entries}
    except NOT_OUR_ZIP as error:
        raise BundleError(str(error)) from error
