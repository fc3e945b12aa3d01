import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from ratusz.config import schema_snapshot
from ratusz.config.database_server import DatabaseServer


@pytest.fixture
def server(database_server):
    if os.environ.get("RATUSZ_DATABASE_URL"):
        pytest.skip("the snapshot is for our own private server")
    return DatabaseServer(Path(os.environ["RATUSZ_TEST_HOME"]), is_for_tests=True)


def structure(server, database):
    """The tables, constraints, triggers and rights, without rows: those carry moments and numbers."""
    dump = schema_snapshot.dump(server, database).decode()
    return re.sub(r"(?s)^COPY .*?^\\\.$|SELECT pg_catalog.setval.*?;|^\\(un)?restrict.*?$", "", dump, flags=re.M)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_snapshot_and_the_migrations_after_it_give_what_all_migrations_give(server):
    if not schema_snapshot.is_good():
        pytest.skip("the snapshot is older than a change of a migration: renew it with python -m ratusz.config.schema_snapshot")
    names = {"by_snapshot": True, "by_migrations": False}
    real = connection.settings_dict["NAME"]
    found = {}
    for name, from_snapshot in names.items():
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            if from_snapshot:
                assert schema_snapshot.restore(server, name)
            connection.close()
            connection.settings_dict["NAME"] = name
            call_command("migrate", interactive=False, verbosity=0)
            found[name] = structure(server, name)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = real
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert found["by_snapshot"] == found["by_migrations"]
