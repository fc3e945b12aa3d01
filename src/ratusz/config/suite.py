"""`ratusz test`: everything that can be checked here, in stages; the last line sums up, and what was left out is named."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ratusz.config import chromium, lint, ordinary_user
from ratusz.config.catalogues import compile_stale
from ratusz.config.database_server import DatabaseServer
from ratusz.config.home import CHECKOUT, home
from ratusz.config.home_for_tests import home_for_tests
from ratusz.config.progress import Step, say

STAGE_SECONDS = 1500
"""A hung stage is ended, so that CI says which one it was."""
MARKS = ("slow", "browser", "faults", "node")
NAMED_BY = {mark: f"mark.{mark}" for mark in MARKS} | {"hypothesis": "hypothesis"}
"""A mark, and what stands in every file with a test that has it: conftest.py refuses any other. Hypothesis marks its own."""
SHARED_OUT = ("-n", "logical", "--dist", "worksteal")
"""Few tests of very unequal length: a process that has nothing left takes over what another has not begun."""
FOLDERS_OF_TESTS = ("src", "tests", "verifier")


@dataclass
class Result:
    """What a stage counted, what it left out and why."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, other: Result) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.left_out += other.left_out


def main(arguments: list[str]) -> int:
    """No argument: all stages. Names of stages: those. Anything else is passed on to one run of pytest."""
    if arguments and not set(arguments) <= set(STAGES):
        return _pytest_with(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    began, total, table = time.monotonic(), Result(), []
    database = None
    try:
        _prepare()
        database = _start_database()
        for name in arguments or STAGES:
            say(f"\n== {name} ==")
            started = time.monotonic()
            result = STAGES[name]()
            result.seconds = time.monotonic() - started
            table.append((name, result))
            total.add(result)
    finally:
        if database:
            database.stop()
    _sum_up(table, total, time.monotonic() - began)
    return 1 if total.failed or not total.passed else 0


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _prepare() -> None:
    os.environ.setdefault("RATUSZ_TEST_HOME", str(home_for_tests(home())))
    with Step("Tłumaczenia"):
        compile_stale()


def _start_database() -> DatabaseServer | None:
    """One server for all stages; each stage alone would start its own."""
    if os.environ.get("RATUSZ_DATABASE_URL"):
        return None
    server = DatabaseServer(Path(os.environ["RATUSZ_TEST_HOME"]), is_for_tests=True)
    with Step("Baza danych dla testów"):
        return server if server.start(ends_with_us=True) else None


def _lint() -> Result:
    # Checks that load the settings find the tests' database.
    before = os.environ.get("RATUSZ_HOME")
    os.environ["RATUSZ_HOME"] = os.environ["RATUSZ_TEST_HOME"]
    try:
        outcomes = lint.run_all()
    finally:
        os.environ.pop("RATUSZ_HOME")
        os.environ |= {"RATUSZ_HOME": before} if before else {}
    passed = sum(outcome.passed for outcome in outcomes)
    return Result(passed=passed, failed=len(outcomes) - passed)


def _pytest(marks: str, *options: str, named: tuple[str, ...] = ()) -> Result:
    """One run of pytest; with `named` over the files that name such marks, as collecting all takes ten seconds in each process."""
    files = _files_that_name(named)
    if named and not files:
        return Result()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-m", marks, f"--junitxml={report}", "-p", "no:cacheprovider", *options, *files]
        code = _run_to_its_end(command)
        result = _read(report)
    # 5: no test has these marks. Anything else that is not told by the counts is a failure of its own.
    if code not in (0, 5) and not result.failed:
        result.failed += 1
    return result


def _files_that_name(marks: tuple[str, ...]) -> list[str]:
    listed = (path for folder in FOLDERS_OF_TESTS for path in sorted((CHECKOUT / folder).rglob("test_*.py")))
    return [str(path.relative_to(CHECKOUT)) for path in listed if any(is_read_for(mark, path) for mark in marks)]


def is_read_for(mark: str, path: Path) -> bool:
    """Whether the stage of that mark reads this file: a test in any other would be left out without a word."""
    is_listed = path.suffix == ".py" and any(path.is_relative_to(CHECKOUT / folder) for folder in FOLDERS_OF_TESTS)
    return is_listed and NAMED_BY[mark] in _text_of(path)


@cache
def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _run_to_its_end(command: list[str]) -> int:
    program, *arguments = command
    wrapped = [*ordinary_user.command(ordinary_user.AS_WE_ARE, death_signal=signal.SIGKILL, program=program), *arguments]
    process = subprocess.Popen(wrapped, cwd=CHECKOUT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(STAGE_SECONDS)
    except subprocess.TimeoutExpired:
        say(f"Etap trwał ponad {STAGE_SECONDS} s i został przerwany.")
        return 1
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _read(report: Path) -> Result:
    result = Result()
    if not report.exists():
        return result
    for case in ElementTree.parse(report).iter("testcase"):
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        elif skipped is not None:
            result.skipped += 1
            result.left_out[(skipped.get("message") or "bez powodu").strip()] += 1
        else:
            result.passed += 1
    return result


def _fast() -> Result:
    return _pytest("not " + " and not ".join(MARKS), "-n", "logical", "--dist", "loadgroup", "--hypothesis-profile=quick")


def _slow() -> Result:
    # Properties too: the fast stage tried each with a quarter of the examples.
    return _pytest("(slow or hypothesis) and not browser and not faults and not node", *SHARED_OUT, named=("slow", "hypothesis"))


def _browser() -> Result:
    program = chromium.find_or_install()
    if program is None:
        return Result(left_out=Counter({chromium.HOW_TO_INSTALL: 1}))
    os.environ["RATUSZ_CHROMIUM"] = program
    return _pytest("browser and not faults and not node", *SHARED_OUT, named=("browser",))


def _faults() -> Result:
    # Each stops servers and fills disks of its own.
    return _pytest("faults and not node", *SHARED_OUT, named=("faults",))


def _node() -> Result:
    if not shutil.which("node"):
        return Result(left_out=Counter({"testy, które potrzebują Node.js: nie ma go na tej maszynie (pakiet nodejs)": 1}))
    return _pytest("node", named=("node",))


STAGES: dict[str, Callable[[], Result]] = {
    "lint": _lint,
    "fast": _fast,
    "slow": _slow,
    "browser": _browser,
    "faults": _faults,
    "node": _node,
}


def _pytest_with(arguments: list[str]) -> int:
    os.environ.setdefault("RATUSZ_TEST_HOME", str(home_for_tests(home())))
    compile_stale()
    return subprocess.run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments], cwd=CHECKOUT).returncode


def _sum_up(table: list[tuple[str, Result]], total: Result, seconds: float) -> None:
    say("\n== podsumowanie ==")
    for name, result in table:
        say(f"  {name:<8} {result.passed:>5} dobrze {result.failed:>4} źle {result.skipped:>4} pominięto {result.seconds:>7.1f} s")
    say(f"  razem {seconds:.0f} s")
    if total.left_out:
        say("\nPominięto:")
        for reason, times in sorted(total.left_out.items()):
            say(f"  {times} × {reason}")
    say(f"\n{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
