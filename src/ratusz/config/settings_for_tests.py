"""The settings under pytest: a home of its own, the role that migrates, cheap password hashes.

pytest-django reads the settings before any conftest, so the environment is prepared here. RATUSZ_TEST_HOME names the folder of
the tests; without it they take the one that follows from RATUSZ_HOME, or a fresh temporary folder. Workers of pytest-xdist inherit
the choice.
"""

import os
import tempfile
from pathlib import Path

from ratusz.config.home_for_tests import home_for_tests

if "RATUSZ_TEST_HOME" not in os.environ:
    given = os.environ.get("RATUSZ_HOME")
    os.environ["RATUSZ_TEST_HOME"] = str(home_for_tests(Path(given))) if given else tempfile.mkdtemp(prefix="ratusz-tests-")
    if not given:
        os.environ["RATUSZ_TEST_HOME_IS_TEMPORARY"] = os.environ["RATUSZ_TEST_HOME"]
os.environ["RATUSZ_HOME"] = os.environ["RATUSZ_TEST_HOME"]
os.environ["RATUSZ_ROLE"] = "owner"

from ratusz.config.catalogues import compile_stale
from ratusz.config.settings import *  # noqa: F403

compile_stale()
# WhiteNoise warns of a folder that is not there, and warnings are errors.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405

KEEP_PARTS, PAGE_CACHE_SECONDS = False, 0  # one test must not read what another one kept
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else every test client lists all static files before its first request
RATUSZ_INSPECT_APART = False
RATUSZ_SCANNER = "ratusz.foundation.files.adapters.fake.FakeScanner"
