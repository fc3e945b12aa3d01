"""`ratusz budget import ŚCIEŻKA…`: contests with their ballots, all of them or none."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ratusz.foundation.kit.command_line import file_error, sentence
from ratusz.foundation.kit.words import count_of
from ratusz.participation.budget.actions import ImportChoice, import_contest
from ratusz.participation.budget.formats import FormatError, read_any
from ratusz.participation.budget.pabulib import PabulibError
from ratusz.participation.budget.rules import NotPossible

ENDINGS = (".pb", ".pb.gz", ".json", ".zip")
NOTHING_STAYS = "Niczego nie wczytano."


class Command(BaseCommand):
    help = "Wczytuje pule budżetu obywatelskiego z plików .pb, .pb.gz, .json, .zip: wszystkie albo żadnej."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="ŚCIEŻKA")
        parser.add_argument("--rules", default="", help="zestaw zasad, gdy miasto nie ma własnego, np. katowice")

    @transaction.atomic
    def handle(self, *args, paths: list[Path], rules: str, **options):
        files = [file for path in paths for file in files_of(path)]
        if not files:
            raise CommandError(
                f"W tym miejscu nie ma plików .pb, .pb.gz, .json ani .zip. Wskaż plik albo folder, w którym są. {NOTHING_STAYS}"
            )
        for file in files:
            pool = _bring_in(file, rules)
            self.stdout.write(f"{file.name}: edycja {pool.edition}, pula {pool}: wczytano")
        self.stdout.write(f"Wczytano {count_of(len(files), 'plik', 'pliki', 'plików')}.")


def files_of(path: Path) -> list[Path]:
    """A file itself, or the files of a folder in their order. Raises CommandError for a folder that does not open."""
    try:
        return sorted(file for file in path.iterdir() if file.name.endswith(ENDINGS)) if path.is_dir() else [path]
    except OSError as error:
        raise CommandError(f"Folderu {path} nie da się otworzyć: {file_error(error)}. {NOTHING_STAYS}") from error


def _bring_in(file: Path, rules: str):
    try:
        return import_contest(contest=read_any(file), choice=ImportChoice(rules))
    except (PabulibError, FormatError, NotPossible) as error:
        raise CommandError(f"Plik odrzucony: {file.name}. {sentence(str(error))} {NOTHING_STAYS}") from error
