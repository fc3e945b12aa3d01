"""`ratusz manage ticker`: the ticker alone, once a second, until SIGTERM or Ctrl-C. `ratusz manage worker` has one inside."""

from django.core.management.base import BaseCommand

from ratusz.foundation.jobs.loops import Loop, run_until_told, tick_once


class Command(BaseCommand):
    help = "Ticks the schedule every second. Two at once are safe: each occurrence is planned once."

    def handle(self, *args, **options):
        run_until_told(Loop(tick_once))
