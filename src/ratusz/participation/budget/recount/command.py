"""The command: paths in, a line a contest out, the verdict as the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from ratusz.participation.budget.engine import Preset, RulesError, preset, preset_file
from ratusz.participation.budget.pabulib import PabulibError, read_file
from ratusz.participation.budget.recount import wording
from ratusz.participation.budget.recount.compare import NoRules, Recount, recount
from ratusz.participation.budget.recount.decisions import DecisionsError, Recorded, recorded_file

IDENTICAL, DIFFERENT, UNREADABLE, ONLY_KNOWN = 0, 1, 2, 3

DESCRIPTION = "Liczy głosy z plików Pabulib od nowa i porównuje z wynikiem zapisanym w pliku (kolumna selected)."
EPILOG = (
    "Kod wyjścia: 0 wszystkie zgodne; 1 któryś się różni; 2 pliku nie da się odczytać albo polecenie jest błędne; "
    "3 różnią się tylko znane odstępstwa opublikowanych wyników."
)


class Parser(argparse.ArgumentParser):
    """argparse speaks English; what a resident meets first is said in Polish."""

    def error(self, message: str):
        self.exit(
            UNREADABLE, f"Użycie: ratusz budget recount ŚCIEŻKA… [--rules ZESTAW] [--decisions PLIK] [--explain]\n{message}\n"
        )


def parser() -> argparse.ArgumentParser:
    found = Parser(prog="ratusz budget recount", description=DESCRIPTION, epilog=EPILOG)
    found.add_argument("paths", nargs="+", type=Path, metavar="ŚCIEŻKA", help="pliki .pb i .pb.gz albo foldery")
    found.add_argument("--rules", metavar="ZESTAW", help="nazwa zestawu zasad (np. katowice) albo plik TOML; inaczej zestaw miasta")
    found.add_argument("--decisions", type=Path, metavar="PLIK", help="plik TOML z decyzjami: wykluczenia, remisy, wycofane")
    found.add_argument("--explain", action="store_true", help="wypisz też powód przy każdym projekcie")
    return found


def main(arguments: list[str]) -> int:
    """Runs the command; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        chosen = _preset(options.rules)
        recorded = recorded_file(options.decisions) if options.decisions else None
    except (RulesError, DecisionsError, OSError) as error:
        _say(f"Nie da się użyć tego pliku: {error}", sys.stderr)
        return UNREADABLE
    except KeyError as error:
        _say(f"Nie ma zestawu zasad {error}.", sys.stderr)
        return UNREADABLE
    return _report(options, chosen, recorded)


def _preset(name: str | None) -> Preset | None:
    if not name:
        return None
    return preset_file(Path(name)) if name.endswith(".toml") else preset(name)


def _report(options, chosen: Preset | None, recorded: Recorded | None) -> int:
    identical = compared = unreadable = known = 0
    for path in contest_files(options.paths):
        try:
            done = recount(path, read_file(path), chosen, recorded)
        except (PabulibError, NoRules, ValueError) as error:
            unreadable += 1
            _say(f"ODRZUCONY  {path}: {error}")
            continue
        _show(done, options.explain)
        compared += done.comparable
        identical += done.identical
        known += done.explained
    _say(f"identical {identical} of {compared + unreadable} contests")
    if unreadable or not compared:
        return UNREADABLE
    if identical == compared:
        return IDENTICAL
    return ONLY_KNOWN if identical + known == compared else DIFFERENT


def contest_files(paths: list[Path]) -> Iterator[Path]:
    """Files as given; of a folder every .pb and .pb.gz under it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.name.endswith((".pb", ".pb.gz")) and found.is_file())
        else:
            yield path


def _show(done: Recount, explain: bool) -> None:
    _say(wording.line(done))
    for remark in wording.remarks(done):
        _say(f"           - {remark}")
    if explain:
        for result in done.outcome.projects:
            _say(f"             {wording.explanation(result, done.outcome)}")


def _say(text: str, stream=None) -> None:
    (stream or sys.stdout).write(text + "\n")
