"""`ratusz manage tick`: one pass of the ticker, for cron-minded machines and for tests."""

from django.core.management.base import BaseCommand

from ratusz.foundation.jobs.loops import tick_once


class Command(BaseCommand):
    help = "Ticks the schedule once: seals the record of deeds, plans what fell due, takes back what a dead worker held."

    def handle(self, *args, **options):
        self.stdout.write(str(tick_once()))
