"""What tests of letters share: a mailbox that some module has, its place in the settings, a storage that goes with each test."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.foundation.incoming.factories import OURS, make_maildir
from ratusz.foundation.incoming.registry import Mailbox, mailboxes


@pytest.fixture
def box(tmp_path, settings, monkeypatch, db):
    """A maildir named "test": its folder, and what its module heard."""
    folder = make_maildir(tmp_path / "poczta")
    made = SimpleNamespace(folder=folder, heard=[])
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    monkeypatch.setitem(file_purposes._entries, "test.letter", FilePurpose(name="Załączniki", kinds=("pdf",), keep_days=10))
    may = lambda person, deed, letter, at: person.email.startswith("clerk")  # noqa: E731
    entry = Mailbox("Próbna", "test.letter", may, heard=lambda letter: made.heard.append(letter.pk))
    monkeypatch.setattr(mailboxes, "_entries", {"test": entry})
    settings.RATUSZ_MAILBOXES = {"test": {"url": f"maildir://{folder}", "address": OURS}}
    yield made
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
