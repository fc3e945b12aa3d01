"""The tests' own PostgreSQL, and a template in it that every test database is a copy of: migrated, with a portal founded.

Running all migrations takes some 15 seconds and founding a portal half of one for each test that needs it; copying takes a few
tenths. The template is made anew when a migration, what founds a portal or what the roles may do changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from ratusz.config import schema_snapshot
from ratusz.config.database_server import DatabaseServer
from ratusz.config.schema_snapshot import manifest
from ratusz.foundation.people import roles
from ratusz.publishing.website import factories, founding

PREFIX = "ratusz_template_"
UNFINISHED = "ratusz_unfinished_template"
SNAPSHOT = "ratusz_snapshot"
RIGHTS = "rights"
FOUNDING = [Path(each) for each in (founding.__file__, factories.__file__, __file__)]
WRITTEN_BY_FOUNDING = (
    "ratusz_audit_detail", "ratusz_audit_entry", "wagtailcore_pagelogentry", "django_tasks_database_dbtaskresult"
)  # fmt: skip
"""Tests begin with an empty record and nothing to do in the background."""


class DatabaseForTests:
    """Started on first need, stopped at the end by the process that started it."""

    def __init__(self):
        self.server: DatabaseServer | None = None

    def start(self) -> None:
        """Starts the private server, unless RATUSZ_DATABASE_URL names one or another session runs it; then makes the template."""
        if not os.environ.get("RATUSZ_DATABASE_URL") and not self.server:
            server = DatabaseServer(Path(os.environ["RATUSZ_TEST_HOME"]), is_for_tests=True)
            if not server.is_running():
                server.start(ends_with_us=True)
                self.server = server
        os.environ["RATUSZ_TEST_TEMPLATE"] = template()

    def stop(self) -> None:
        if self.server:
            self.server.stop()
            shutil.rmtree(self.server.socket, ignore_errors=True)


def template() -> str:
    """The name of the migrated template database, made if there is none for the present migrations."""
    founded = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOUNDING}
    present = manifest() | founded | {RIGHTS: _digest_of_rights()}
    name = PREFIX + hashlib.sha256(json.dumps(present, sort_keys=True).encode()).hexdigest()[:16]
    with _one_at_a_time():
        if name not in _templates():
            _make(name, present)
    return name


def _digest_of_rights() -> str:
    """Of what runs after every migrate: roles, their permissions, and the files with what sets their groups up."""
    digest = hashlib.sha256(roles.PACK.read_bytes())
    for registry in (roles.role_permissions, roles.permissions_anywhere):
        digest.update(repr(sorted(registry.items())).encode())
    for path in sorted({inspect.getsourcefile(set_up) for set_up in roles.role_setups} | {inspect.getsourcefile(roles)}):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with open(Path(os.environ["RATUSZ_TEST_HOME"]) / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _templates() -> dict[str, dict[str, str]]:
    """Finished templates with their manifests, which stand in the databases' comments."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        return {name: json.loads(comment) for name, comment in cursor.fetchall() if comment}


def _make(name: str, present: dict[str, str]) -> None:
    """Under another name first, so that a session killed half-way leaves no half-made template.

    When migrations were only added or rights changed, the former template is carried on, which saves most of the time.
    """
    former = [other for other, files in _templates().items() if (files | {RIGHTS: present[RIGHTS]}).items() <= present.items()]
    real_name, test_options = connection.settings_dict["NAME"], dict(connection.settings_dict["TEST"])
    start_from = former[0] if former else _from_snapshot()
    connection.settings_dict["TEST"] |= {"NAME": UNFINISHED, "TEMPLATE": start_from}
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _found_portal()
    connection.close()
    connection.settings_dict |= {"NAME": real_name, "TEST": test_options}
    _drop(*_templates())
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE \"{UNFINISHED}\" IS '{json.dumps(present)}'")
        cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')


def _found_portal() -> None:
    factories.make_portal()
    with connection.cursor() as cursor:
        for table in WRITTEN_BY_FOUNDING:
            # The record's own guards refuse this to everybody who does not own the tables.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _from_snapshot() -> str | None:
    """The name of a database with the committed snapshot of the migrations, where that is of use."""
    if os.environ.get("RATUSZ_DATABASE_URL") or not schema_snapshot.is_good():
        return None
    _drop(SNAPSHOT)
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{SNAPSHOT}"')
    server = DatabaseServer(Path(os.environ["RATUSZ_TEST_HOME"]), is_for_tests=True)
    return SNAPSHOT if schema_snapshot.restore(server, SNAPSHOT) else None


@contextmanager
def copy_of_template() -> Iterator[None]:
    """This process's test database, for as long as the tests run."""
    real_name = connection.settings_dict["NAME"]
    _call_it(connection.creation._get_test_db_name())
    restore()
    yield
    connection.close()
    _drop(connection.settings_dict["NAME"])
    _call_it(real_name)


def _call_it(name: str) -> None:
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def restore() -> None:
    """Puts a fresh copy of the template in the place of this process's test database, whatever a test committed there.

    Django's own way, TRUNCATE of every table, would also empty what migrations filled (roles, pages, districts), and append-only
    tables refuse it.
    """
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        drop(cursor, name)
        # Files are copied as they are: the other way writes thirty megabytes of log, a few seconds on a busy machine.
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{os.environ["RATUSZ_TEST_TEMPLATE"]}" STRATEGY FILE_COPY')


def drop(cursor: CursorWrapper, name: str) -> None:
    """Drops a database after ending the sessions that are ours to end.

    WITH (FORCE) is refused while autovacuum, which is the server's own, looks at the database; a plain drop sends it away and
    waits up to five seconds for whoever is left.
    """
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pg_has_role(usesysid, 'MEMBER')", [name]
    )
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _drop(*names: str) -> None:
    with connection.creation._nodb_cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
