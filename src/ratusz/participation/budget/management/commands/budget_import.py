"""`ratusz budget import ŚCIEŻKA…`: contests with their ballots, all of them or none."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ratusz.participation.budget.actions import ImportChoice, import_contest
from ratusz.participation.budget.formats import FormatError, read_any
from ratusz.participation.budget.pabulib import PabulibError
from ratusz.participation.budget.rules import NotPossible

ENDINGS = (".pb", ".pb.gz", ".json", ".zip")


class Command(BaseCommand):
    help = "Wczytuje konkursy budżetu obywatelskiego z plików .pb, .pb.gz, .json, .zip: wszystkie albo żaden."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="ŚCIEŻKA")
        parser.add_argument("--rules", default="", help="preset zasad, gdy miasto nie ma własnego, np. katowice")

    @transaction.atomic
    def handle(self, *args, paths: list[Path], rules: str, **options):
        files = [file for path in paths for file in files_of(path)]
        if not files:
            raise CommandError("W tych miejscach nie ma plików .pb, .pb.gz, .json ani .zip.")
        for file in files:
            pool = _bring_in(file, rules)
            self.stdout.write(f"{file.name}: {pool.edition}, pula {pool}: wczytane")
        self.stdout.write(f"wczytane {len(files)} z {len(files)}")


def files_of(path: Path) -> list[Path]:
    """A file itself, or the files of a folder in their order."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.name.endswith(ENDINGS))
    return [path]


def _bring_in(file: Path, rules: str):
    try:
        return import_contest(contest=read_any(file), choice=ImportChoice(rules))
    except (PabulibError, FormatError, NotPossible, OSError) as error:
        raise CommandError(f"{file.name}: {error}. Niczego nie wczytano.") from error
