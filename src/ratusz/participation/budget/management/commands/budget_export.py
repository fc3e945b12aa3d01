"""`ratusz budget export EDYCJA FOLDER`: every pool of an edition, exactly as it came in."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

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
            raise CommandError(
                f"Nie ma edycji {edition}. Są: {', '.join(Edition.objects.values_list('slug', flat=True)) or 'żadnej'}."
            )
        pools = found.pools.filter(code=pool) if pool else found.pools.all()
        folder.mkdir(parents=True, exist_ok=True)
        for each in pools.select_related("edition"):
            path = folder / write(contest_of(each), folder, format)
            self.stdout.write(f"{each}: {path.name}")
        self.stdout.write(f"zapisane {len(pools)}")


def write(contest: PabulibContest, folder: Path, format: str) -> str:
    """Writes one contest; the name of the file."""
    ending, encode = FORMATS[format]
    name = file_name(contest).removesuffix(".pb") + ending
    (folder / name).write_bytes(encode(contest))
    return name
