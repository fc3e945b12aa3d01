"""What tests of background work need in any module: processes of their own on the test database."""

from __future__ import annotations

import os
import subprocess
import sys

from django.db import connection


def test_database_environment() -> dict[str, str]:
    """The environment under which another process works on this test's database."""
    settings = connection.settings_dict
    url = f"host={settings['HOST']} dbname={settings['NAME']} user={settings['USER']}"
    if settings["PORT"]:
        url += f" port={settings['PORT']}"
    if settings["PASSWORD"]:
        url += f" password={settings['PASSWORD']}"
    return {**os.environ, "RATUSZ_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "ratusz.config.settings"}


def start_process(script: str, *arguments: str) -> subprocess.Popen:
    """Runs Python text in a process of its own, with Django set up on this test's database."""
    program = "import django; django.setup()\n" + script
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=test_database_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
