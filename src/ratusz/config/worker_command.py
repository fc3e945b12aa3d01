"""`ratusz worker`: background tasks, and the ticker of what falls due. Any number may run, on any number of machines."""

from __future__ import annotations


def main(arguments: list[str]) -> int:
    """Works until SIGTERM or Ctrl-C, finishing the task in hand."""
    import django
    from django.core.management import call_command

    django.setup()
    # Reloading would end a task in the middle.
    call_command("db_worker", *arguments, queue_name="*", interval=0.5, reload=False, startup_delay=False)
    return 0
