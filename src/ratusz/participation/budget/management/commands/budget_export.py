"""`ratusz budget export EDYCJA FOLDER`: every pool of an edition, exactly as it came in."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ratusz.foundation.kit.command_line import file_error
from ratusz.foundation.kit.words import count_of
from ratusz.participation.budget.contests import contest_of
from ratusz.participation.budget.formats import to_csv_zip, to_json
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.pabulib import PabulibContest, file_name, to_text

FORMATS = {
    "pb": (".pb", lambda contest: to_text(contest).encode()),
    "json": (".json", to_json),
    "csv": (".zip", to_csv_zip),
}


class Command(BaseCommand):
    help = "Zapisuje pule edycji do plików. To archiwum dla urzędu: pliki do publikacji są na stronach wyników."

    def add_arguments(self, parser):
        parser.add_argument("edition", metavar="EDYCJA", help="adres edycji, np. 2023")
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pb")
        parser.add_argument("--pool", default="", help="kod jednej puli, np. L12")

    def handle(self, *args, edition: str, folder: Path, format: str, pool: str, **options):
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            known = ", ".join(Edition.objects.values_list("slug", flat=True))
            raise CommandError(f"Nie ma edycji „{edition}”. Są: {known}." if known else "Nie ma jeszcze żadnej edycji.")
        pools = found.pools.filter(code=pool) if pool else found.pools.all()
        if not pools:
            known = ", ".join(found.pools.values_list("code", flat=True))
            raise CommandError(f"W edycji {edition} nie ma puli „{pool}”. Są: {known}.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            written: set[str] = set()
            for each in pools.select_related("edition"):
                written.add(name := write(contest_of(each), folder, format, each.code, written))
                self.stdout.write(f"{each}: {name}")
        except OSError as error:
            raise CommandError(f"Do folderu {folder} nie da się zapisać: {file_error(error)}.") from error
        self.stdout.write(f"Zapisano {count_of(len(pools), 'plik', 'pliki', 'plików')} w folderze {folder}.")


def write(contest: PabulibContest, folder: Path, format: str, code: str, written: set[str]) -> str:
    """Writes one contest; the name of the file. Two pools whose names differ in accents alone are told apart by their code."""
    ending, encode = FORMATS[format]
    name = file_name(contest).removesuffix(".pb")
    if name + ending in written:
        name = f"{name}_{code}"
    (folder / (name + ending)).write_bytes(encode(contest))
    return name + ending
