"""`ratusz manage worker`: the one background process to start, as many copies as wanted, on as many machines.

It runs due jobs and every other queue (the outbox), and ticks the schedule in a thread of its own, so a slow job never delays
the ticker.
SIGTERM or Ctrl-C: finishes the job in hand and ends with code 0. kill -9 at any moment is safe. `--once` empties the queues
and ends;
`--no-ticker` leaves the ticking to `ratusz manage ticker`.
"""

from django.core.management.base import BaseCommand

from ratusz.foundation.jobs.loops import Loop, run_until_told, tick_once, work_once


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
        work = Loop(work_once, pause=pause, keeps_busy=True)
        run_until_told(work, *([] if no_ticker else [Loop(tick_once)]))
