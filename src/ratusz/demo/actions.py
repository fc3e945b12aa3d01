"""Loading the demo city: at once what the first page needs, the rest in the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django_tasks import task

from ratusz.demo.loaders import LOADERS, Loader, Report
from ratusz.demo.models import LoadedPart

LOCK = 728_301
"""Advisory: two loaders at once would make everything twice."""


def load_demo(*, report: Report) -> list[str]:
    """Loads every part that is not there yet and queues the `soon` ones; the names of the parts loaded now."""
    loaded = [loader.name for loader in LOADERS if not loader.soon and load_part(loader=loader, report=report)]
    queue_the_rest()
    return loaded


def queue_the_rest() -> None:
    """Leaves to the worker what is not there yet. The demo's worker also asks at its start: a killed one left its task undone."""
    present = dict(LoadedPart.objects.values_list("name", "version"))
    if any(loader.soon and present.get(loader.name) != loader.version for loader in LOADERS):
        load_the_rest.enqueue()


def load_part(*, loader: Loader, report: Report) -> bool:
    """Loads one part with its mark, in one transaction unless it goes in steps; False when it was there already."""
    with _alone() if loader.in_steps else transaction.atomic():
        if not loader.in_steps:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if LoadedPart.objects.filter(name=loader.name, version=loader.version).exists():
            return False
        report(loader.name)
        loader.load(report)
        LoadedPart.objects.update_or_create(name=loader.name, defaults={"version": loader.version})
        return True


@contextmanager
def _alone() -> Iterator[None]:
    """The same lock without a transaction around what is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@task()
def load_the_rest() -> None:
    """The big parts, one after another, so that a stop in the middle repeats one part at most."""
    for loader in LOADERS:
        if loader.soon:
            load_part(loader=loader, report=lambda words: None)
