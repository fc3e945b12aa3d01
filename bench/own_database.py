"""The database of one bench: made, migrated and ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ratusz.config.database_server import DatabaseServer


@contextmanager
def own_database(**environment: str) -> Iterator[None]:
    """A prepared Ratusz in a folder that goes away; `environment` sets more variables for it and what it starts."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RATUSZ_HOME": folder, "DJANGO_SETTINGS_MODULE": "ratusz.config.settings", **environment}
        database = DatabaseServer(Path(folder))
        database.start(ends_with_us=True)
        try:
            subprocess.run([sys.executable, "-m", "ratusz.config.prepare"], check=True, stdout=subprocess.DEVNULL)
            yield
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()
