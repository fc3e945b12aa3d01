"""`ratusz manage worker`: the one background process to start, as many copies as wanted, on as many machines.

It runs due jobs and every other queue (the outbox of each channel), each in a thread of its own, and ticks the schedule in one
more, so
nothing slow delays the rest. SIGTERM or Ctrl-C: finishes what it has in hand and ends with code 0. kill -9 at any moment is safe.
`--once` empties the queues and ends; `--no-ticker` leaves the ticking to `ratusz manage ticker`.
"""

from django.core.management.base import BaseCommand

from ratusz.foundation.jobs.loops import Loop, all_work, run_until_told, tick_once, work_once


class Command(BaseCommand):
    help = "Does the background work: due jobs, the outbox, the schedule."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Empty the queues and end.")
        parser.add_argument("--no-ticker", action="store_true", help="Do not tick the schedule.")
        parser.add_argument("--pause", type=float, default=1.0, help="Seconds to rest when nothing waits.")

    def handle(self, *args, once, no_ticker, pause, **options):
        if once:
            if not no_ticker:
                tick_once()
            while work_once():
                pass
            return
        loops = [Loop(work, pause=pause, keeps_busy=True) for work in all_work()]
        run_until_told(*loops, *([] if no_ticker else [Loop(tick_once)]))
