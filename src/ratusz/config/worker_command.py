"""`ratusz worker`: background work and the ticker of what falls due. Any number may run, on any number of machines."""

from __future__ import annotations

BATCH = 20


def main(arguments: list[str]) -> int:
    """Works until SIGTERM or Ctrl-C, finishing what it has in hand."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from ratusz.foundation.jobs.registry import queues

    queues.register("django tasks", run_waiting_tasks)
    if settings.DEMO:
        from ratusz.demo.actions import queue_the_rest

        queue_the_rest()
    call_command("worker", *arguments)
    return 0


def run_waiting_tasks() -> int:
    """One batch of the tasks of the Django Tasks API, ours and Wagtail's; how many were run."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=BATCH,
        worker_id=get_random_string(32), excluded_queue_names=[],
    )  # fmt: skip
    worker.run()
    return worker._run_tasks
