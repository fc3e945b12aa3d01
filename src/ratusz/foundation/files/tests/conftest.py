"""A purpose that exists in tests only, and a storage that goes with each test."""

import pytest
from django.core.files.storage import storages

from ratusz.foundation.files.registry import FilePurpose, file_purposes


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    may_read = lambda person, file, at: person.email.startswith("clerk")  # noqa: E731
    monkeypatch.setitem(file_purposes._entries, "test.letter", FilePurpose(name="Pismo", keep_days=10, may_read=may_read))


@pytest.fixture(autouse=True)
def private_storage(tmp_path, monkeypatch):
    monkeypatch.setattr(storages["private"], "_location", tmp_path)
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield tmp_path
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
