"""ratusz manage processing_register: the register of processing (art. 30 RODO) as it follows from the code, as CSV."""

from django.core.management.base import BaseCommand
from django.utils import translation

from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.foundation.people.queries import register_of_processing


class Command(BaseCommand):
    help = "Prints the register of processing."

    def handle(self, *args, **options) -> None:
        with translation.override("pl"):
            rows = register_of_processing()
            header = ("czego dotyczy", "dane", "cel", "podstawa prawna", "jak długo", "model")
            for line in csv_lines([header, *([row.what, row.fields, row.purpose, row.basis, row.kept, row.model] for row in rows)]):
                self.stdout.write(line.rstrip("\r\n"))
