"""The command: paths in, a line a contest out, the verdict as the exit code."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ratusz.foundation.kit.command_line import PolishParser, file_error
from ratusz.participation.budget.engine import Preset, RulesError, preset, preset_file
from ratusz.participation.budget.pabulib import PabulibError, read_file
from ratusz.participation.budget.recount import refusals, wording
from ratusz.participation.budget.recount.compare import NoRules, Recount, recount
from ratusz.participation.budget.recount.decisions import DecisionsError, Recorded, recorded_file

IDENTICAL, DIFFERENT, UNREADABLE, ONLY_KNOWN = 0, 1, 2, 3
ENDINGS = (".pb", ".pb.gz")

USAGE = "ratusz budget recount ŚCIEŻKA… [--rules ZESTAW] [--decisions PLIK] [--explain]"
DESCRIPTION = "Liczy głosy z plików Pabulib od nowa i porównuje z wynikiem zapisanym w pliku (kolumna selected)."
EPILOG = (
    "Kod wyjścia: 0 wszystkie zgodne; 1 któryś się różni; 2 pliku nie da się odczytać albo polecenie jest błędne; "
    "3 różnią się tylko znane odstępstwa opublikowanych wyników."
)


@dataclass
class Tally:
    """Contests so far. `refused`: files that could not be counted; `empty`: paths that lead to none."""

    identical: int = 0
    compared: int = 0
    known: int = 0
    refused: int = 0
    empty: int = 0

    @property
    def code(self) -> int:
        if self.refused or self.empty or not self.compared:
            return UNREADABLE
        if self.identical == self.compared:
            return IDENTICAL
        return ONLY_KNOWN if self.identical + self.known == self.compared else DIFFERENT


def parser() -> PolishParser:
    found = PolishParser(usage=USAGE, description=DESCRIPTION, epilog=EPILOG)
    found.add_argument("paths", nargs="+", type=Path, metavar="ŚCIEŻKA", help="pliki .pb i .pb.gz albo foldery z nimi")
    found.add_argument("--rules", metavar="ZESTAW", help="nazwa zestawu zasad (np. katowice) albo plik TOML; inaczej zestaw miasta")
    found.add_argument("--decisions", type=Path, metavar="PLIK", help="plik TOML z decyzjami: wykluczenia, remisy, wycofane")
    found.add_argument("--explain", action="store_true", help="wypisz też powód przy każdym projekcie")
    return found


def main(arguments: list[str]) -> int:
    """Runs the command; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        chosen = _preset(options.rules)
    except (RulesError, OSError) as error:
        return _wrong(refusals.of_rules(options.rules, error))
    except KeyError:
        return _wrong(refusals.of_name(options.rules))
    try:
        recorded = recorded_file(options.decisions) if options.decisions else None
    except (DecisionsError, OSError) as error:
        return _wrong(refusals.of_decisions(options.decisions, error))
    return _report(options, chosen, recorded)


def _wrong(text: str) -> int:
    _say(text, sys.stderr)
    return UNREADABLE


def _preset(name: str | None) -> Preset | None:
    if not name:
        return None
    return preset_file(Path(name)) if name.endswith(".toml") else preset(name)


def _report(options, chosen: Preset | None, recorded: Recorded | None) -> int:
    tally = Tally()
    for path in contest_files(options.paths, tally):
        try:
            done = recount(path, read_file(path), chosen, recorded)
        except (PabulibError, NoRules) as error:
            tally.refused += 1
            _say(f"ODRZUCONY  {path}: {error}.")
            continue
        _show(done, options.explain)
        tally.compared += done.comparable
        tally.identical += done.identical
        tally.known += done.explained
    _say(f"identical {tally.identical} of {tally.compared + tally.refused} contests")
    return tally.code


def contest_files(paths: list[Path], tally: Tally) -> Iterator[Path]:
    """Files as given; of a folder every .pb and .pb.gz under it, by name. Paths that give none are said and noted."""
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            # A path that leads to nothing is no contest: it is not in the sum at the end.
            _say(f"POMINIĘTY  {path}: {file_error(error)}.")
            tally.empty += 1
            continue
        if not is_folder:
            yield path
            continue
        files, closed = _under(path)
        for error in closed:
            _say(f"POMINIĘTY  {error.filename}: {file_error(error)}.")
        if not files and not closed:
            _say(f"POMINIĘTY  {path}: w tym folderze nie ma plików .pb ani .pb.gz; wskaż folder, w którym są.")
        tally.empty += bool(closed) or not files
        yield from files


def _under(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Contest files of a folder and those below it, and the folders that would not open."""
    closed: list[OSError] = []
    names = (
        Path(where) / name
        for where, _, found in os.walk(folder, onerror=closed.append, followlinks=False)
        for name in found
        if name.endswith(ENDINGS)
    )
    return sorted(path for path in names if path.is_file()), closed


def _show(done: Recount, explain: bool) -> None:
    _say(wording.line(done))
    for remark in wording.remarks(done):
        _say(f"           - {remark}")
    if explain:
        for result in done.outcome.projects:
            _say(f"             {wording.explanation(result, done.outcome)}")


def _say(text: str, stream=None) -> None:
    (stream or sys.stdout).write(text + "\n")
