import gzip
import os
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ratusz.config import database_for_tests, schema_snapshot
from ratusz.config.database_server import DatabaseServer

TOO_OLD = "the snapshot is older than a change of a migration: renew it with python -m ratusz.config.schema_snapshot"


@pytest.fixture
def server(database_server):
    if os.environ.get("RATUSZ_DATABASE_URL"):
        pytest.skip("the snapshot is for our own private server")
    return DatabaseServer(Path(os.environ["RATUSZ_TEST_HOME"]), is_for_tests=True)


def structure(server, database):
    """The tables, constraints, triggers and rights, without rows: those carry moments and numbers."""
    dump = schema_snapshot.dump(server, database).decode()
    return re.sub(r"(?s)^COPY .*?^\\\.$|SELECT pg_catalog.setval.*?;|^\\(un)?restrict.*?$", "", dump, flags=re.M)


@contextmanager
def empty_database(name):
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    real = connection.settings_dict["NAME"]
    try:
        connection.close()
        connection.settings_dict["NAME"] = name
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real
        with connection.creation._nodb_cursor() as cursor:
            database_for_tests.drop(cursor, name)


def structure_after_a_restore(server, database, monkeypatch, folder):
    """PostgreSQL writes some checks differently once they were dumped and read again."""
    path = folder / "dump.sql.gz"
    path.write_bytes(gzip.compress(schema_snapshot.dump(server, database)))
    with empty_database("read_again"), monkeypatch.context() as patched:
        patched.setattr(schema_snapshot, "SNAPSHOT", path)
        assert schema_snapshot.restore(server, "read_again")
        return structure(server, "read_again")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_restored_snapshot_leaves_what_is_newer_to_migrate_and_nothing_else(server):
    if not schema_snapshot.is_good():
        pytest.skip(TOO_OLD)
    with empty_database("by_snapshot") as name:
        assert schema_snapshot.restore(server, name)
        loader = MigrationExecutor(connection)
        left = {f"{one.app_label}/{one.name}" for one, _back in loader.migration_plan(loader.loader.graph.leaf_nodes())}
    assert left == {path for path in schema_snapshot.manifest().keys() - schema_snapshot.held().keys() if "__init__" not in path}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_snapshot_and_the_migrations_after_it_give_what_all_migrations_give(server, monkeypatch, tmp_path):
    """Three minutes of computing, so only where they can differ: one of today's migrations is what the command itself wrote down."""
    if not schema_snapshot.is_good():
        pytest.skip(TOO_OLD)
    if schema_snapshot.held() == schema_snapshot.manifest():
        pytest.skip("the snapshot was made of today's migrations, so there is nothing after it to compare")
    with empty_database("by_snapshot") as name:
        assert schema_snapshot.restore(server, name)
        call_command("migrate", interactive=False, verbosity=0)
        by_snapshot = structure_after_a_restore(server, name, monkeypatch, tmp_path)
    with empty_database("by_migrations") as name:
        call_command("migrate", interactive=False, verbosity=0)
        by_migrations = structure_after_a_restore(server, name, monkeypatch, tmp_path)
    assert by_snapshot == by_migrations


def test_a_snapshot_changed_by_hand_is_not_used(monkeypatch, tmp_path):
    changed = tmp_path / "schema.sql.gz"
    changed.write_bytes(gzip.compress(gzip.decompress(schema_snapshot.SNAPSHOT.read_bytes()) + b"DROP TABLE ratusz_audit_entry;\n"))
    monkeypatch.setattr(schema_snapshot, "SNAPSHOT", changed)
    assert not schema_snapshot.is_good()
