"""Pages of ui stand here without the modules that bring them a menu."""

import pytest
from django.test import override_settings

from ratusz.ui import chrome

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


@pytest.fixture(autouse=True, scope="package")
def _ui_alone():
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(ROOT_URLCONF="ratusz.ui.tests.gallery_urls", MIDDLEWARE=MIDDLEWARE, DEMO=True),
    ):
        patch.setattr(chrome, "_provider", chrome.default)
        patch.setattr(chrome, "_banner_provider", lambda request: None)
        yield
