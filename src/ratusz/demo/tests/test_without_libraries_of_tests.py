"""The demo runs with the packages that `./ratusz demo` installs: nothing of it needs a library of the tests."""

import os
import subprocess
import sys

import pytest

ASKED = """
import sys
sys.modules["factory"] = sys.modules["pytest"] = sys.modules["hypothesis"] = None
import django
django.setup()
from importlib import import_module
from ratusz.demo.loaders import LOADERS
for loader in LOADERS:
    import_module(loader.function.rpartition(".")[0])
"""


@pytest.mark.slow
def test_every_part_of_the_demo_is_imported_without_them():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ratusz.config.settings"}
    found = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-2000:]
