"""What a database needs before the web starts: migrations, rights, words, the demo city. Run in a process of its own.

`python -m ratusz.config.prepare [--demo]`, as the role `owner`. Prints a line `step: NAME` for whoever shows progress, and a
line `account: …` for each account of the demo.
"""

from __future__ import annotations

import os
import sys

DJANGO_IS_UP = "sprawdzam tabele"
"""Said when everything is imported and its bytecode written: other processes start faster from then on."""


def main(arguments: list[str]) -> int:
    """Brings the database to this version of the code; everything in it may be repeated."""
    os.environ["RATUSZ_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ratusz.config.settings")
    import django

    from ratusz.config.catalogues import compile_stale

    _say("uruchamiam Django")
    compile_stale()
    django.setup()
    _make_folders()
    _say(DJANGO_IS_UP)
    _migrate()
    if "--demo" in arguments:
        _load_demo()
    return 0


def _make_folders() -> None:
    from django.conf import settings

    for folder in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
        os.makedirs(folder, exist_ok=True)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if left and not executor.loader.applied_migrations and _restore_snapshot():
        executor = MigrationExecutor(connection)
        left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _say(f"tabele, migracji: {left}" if left else "uprawnienia")
    # Also with nothing left to run: what modules do after every migrate (rights of roles) may have changed without a migration.
    call_command("migrate", interactive=False, verbosity=0)


def _restore_snapshot() -> bool:
    """The quick way for an empty database of our own server."""
    from django.conf import settings
    from django.db import connection

    from ratusz.config import schema_snapshot
    from ratusz.config.database_server import DatabaseServer

    if os.environ.get("RATUSZ_DATABASE_URL") or not schema_snapshot.is_good():
        return False
    _say("tabele")
    return schema_snapshot.restore(DatabaseServer(settings.HOME), connection.settings_dict["NAME"])


def _load_demo() -> None:
    from django.db import connection

    from ratusz.demo.accounts import DEMO_ACCOUNTS
    from ratusz.demo.actions import load_demo

    with connection.cursor() as cursor:
        # The demo is loaded with the rights of the web, so that it proves them.
        cursor.execute("SET ROLE app")
    load_demo(report=lambda words: _say(f"miasto: {words}"))
    for account in DEMO_ACCOUNTS:
        print(f"account: {account.email:<46} {account.role}", flush=True)


def _say(words: str) -> None:
    print(f"step: {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
