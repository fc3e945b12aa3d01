"""A portal, and places for files that go with each test."""

import gc

import pytest
from django.core.files.storage import storages

from ratusz.publishing.website.factories import make_portal


@pytest.fixture
def portal(db):
    return make_portal()


@pytest.fixture
def kept_files(settings, tmp_path, monkeypatch):
    """Pictures lie in a folder of the test; Wagtail leaves its files to the garbage collector."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(storages["private"], "_location", tmp_path / "private")
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield tmp_path
    gc.collect()
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
