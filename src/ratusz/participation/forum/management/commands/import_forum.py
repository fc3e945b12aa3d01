"""`ratusz manage import_forum PLIK [--podglad]`: an export of the old forum, all of it or nothing, each file once."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ratusz.foundation.kit.command_line import file_error
from ratusz.participation.forum import actions
from ratusz.participation.forum.archive.reading import Export, ExportRefused, read_export
from ratusz.participation.forum.models import ImportBatch

SHOWN = 20


class Command(BaseCommand):
    help = "Wczytuje eksport starego forum (JSON, CSV albo ZIP z załącznikami). Ten sam plik wczytuje się raz."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="PLIK", type=Path)
        parser.add_argument("--podglad", action="store_true", dest="preview", help="tylko policz i pokaż błędne wiersze")

    def handle(self, *args, file: Path, preview: bool, **options):
        try:
            export = read_export(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"Pliku {file} nie da się odczytać: {file_error(error)}.") from error
        except ExportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(export)
        if preview:
            return
        is_known = ImportBatch.objects.filter(file_hash=export.file_hash).exists()
        batch = actions.bring_in(export=export, file_name=file.name)
        after = batch.counts["after"]
        self.stdout.write("Ten plik był już wczytany." if is_known else "Wczytano.")
        self.stdout.write(f"Po imporcie: wpisy {after['posts']}, wątki {after['threads']}, załączniki {after['attachments']}.")
        for line, why in batch.errors[len(export.errors) : len(export.errors) + SHOWN]:
            self.stdout.write(f"  wiersz {line}: {why}")

    def _tell(self, export: Export) -> None:
        counts = export.counts
        self.stdout.write(f"W pliku: wiersze {counts['rows']}, wpisy {counts['posts']}, wątki {counts['threads']},")
        self.stdout.write(f"kategorie {counts['categories']}, autorzy {counts['authors']}, załączniki {counts['attachments']},")
        self.stdout.write(f"pominięte {counts['left_out']}.")
        for each in export.errors[:SHOWN]:
            self.stdout.write(f"  wiersz {each.line}: {each.why}")
