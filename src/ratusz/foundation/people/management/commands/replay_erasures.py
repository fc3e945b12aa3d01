"""ratusz manage replay_erasures [FILE]: after a restore, erases again everybody who was erased since the backup."""

from pathlib import Path

from django.core.management.base import BaseCommand

from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.actions.privacy import replay_erasures


class Command(BaseCommand):
    help = "Repeats erasures from the log kept outside the database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=None)

    def handle(self, *args, file: Path | None, **options) -> None:
        with acting(system("manage replay_erasures")):
            self.stdout.write(f"erased again: {replay_erasures(path=file)}")
