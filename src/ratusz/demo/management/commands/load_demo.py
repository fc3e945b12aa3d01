"""`ratusz manage load_demo`: the demo city into this database."""

from django.core.management.base import BaseCommand

from ratusz.demo.actions import load_demo


class Command(BaseCommand):
    help = "Loads the parts of the demo city that are not in the database yet; the big ones are left to the worker."

    def handle(self, *args, **options) -> None:
        loaded = load_demo(report=lambda words: self.stdout.write(f"  {words}"))
        self.stdout.write(", ".join(loaded) or "nothing new")
