"""`ratusz lint`: style, architecture, types, templates, spelling, migrations and words, each check in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ratusz.config.home import CHECKOUT
from ratusz.config.progress import say

TYPED = ("rules", "actions", "queries", "adapters", "engine")
"""Where types are checked, besides the whole of kit."""


@dataclass(frozen=True)
class Check:
    """One linter and how it is called."""

    name: str
    command: list[str]
    cache: str = ""
    """Folder of what it keeps between runs and may be wrong about: a failure counts only without it."""


@dataclass(frozen=True)
class Outcome:
    """What a check said; `passed` by its exit code."""

    check: Check
    passed: bool
    output: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Runs all checks; 1 when one fails."""
    return 0 if all(outcome.passed for outcome in run_all()) else 1


def checks() -> list[Check]:
    """All checks, the slowest first, so that two cores end together."""
    python = sys.executable
    return [
        Check("mypy", [python, "-m", "mypy", "--no-error-summary", *_typed_files()], cache=".mypy_cache"),
        Check("makemigrations --check", [python, "-m", "ratusz.config.entry", "manage", "makemigrations", "--check", "--dry-run"]),
        Check("import-linter", [_tool("lint-imports"), "--no-cache"]),
        Check("ruff check", [_tool("ruff"), "check", "."]),
        Check("ruff format", [_tool("ruff"), "format", "--check", "."]),
        Check("djade", [_tool("djade"), "--check", "--target-version", "5.2", *_files("*.html")]),
        Check("codespell", [_tool("codespell"), *_files("*.py", "*.css", "*.js", "*.md", ":!docs/handbook")]),
        Check("catalogues", [python, "-m", "ratusz.config.catalogues", "check"]),
    ]


def run_all() -> list[Outcome]:
    """Two at a time; prints each when it ends, with its output when it failed."""
    with ThreadPoolExecutor(2) as pool:
        outcomes = []
        for outcome in pool.map(_run, checks()):
            outcomes.append(outcome)
            say(f"  {'w porządku' if outcome.passed else 'BŁĄD':<11} {outcome.check.name} ({outcome.seconds:.1f} s)")
            if not outcome.passed:
                say(outcome.output)
        return outcomes


def _run(check: Check) -> Outcome:
    began = time.monotonic()
    done = _run_once(check)
    # mypy's plugin for Django misses reverse relations of models that came since.
    if done.returncode and check.cache and (CHECKOUT / check.cache).is_dir():
        shutil.rmtree(CHECKOUT / check.cache, ignore_errors=True)
        done = _run_once(check)
    return Outcome(check, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began)


def _run_once(check: Check) -> subprocess.CompletedProcess[str]:
    return subprocess.run(check.command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if os.access(beside, os.X_OK) else shutil.which(name) or name


def _files(*patterns: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=CHECKOUT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [name for name in listed.stdout.split() if (CHECKOUT / name).exists()]
    return [str(path.relative_to(CHECKOUT)) for pattern in patterns for path in sorted((CHECKOUT / "src").rglob(pattern))]


def _typed_files() -> list[str]:
    def is_typed(path: Path) -> bool:
        return "tests" not in path.parts and ("kit" in path.parts or bool({path.stem, *path.parts} & set(TYPED)))

    return [name for name in _files("src/*.py") if is_typed(Path(name))]
