"""`ratusz manage rebuild_search`: fills the portal's search anew, for a new dictionary or after a restore."""

from django.core.management.base import BaseCommand

from ratusz.publishing.website.actions import rebuild_search


class Command(BaseCommand):
    help = "Fills the portal's search anew from all pages and all modules."

    def handle(self, *args, **options):
        self.stdout.write(f"wpisów w wyszukiwarce: {rebuild_search()}")
