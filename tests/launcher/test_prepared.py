"""When the demo may start without preparing its database again."""

import pytest

from ratusz.config import prepared


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "rules.py").write_text("one = 1\n")
    monkeypatch.setattr(prepared, "PACKAGE", folder)
    monkeypatch.delenv("RATUSZ_DATABASE_URL", raising=False)
    return folder


def test_the_same_code_needs_no_preparation_a_changed_one_does(package, tmp_path):
    assert prepared.accounts_if_prepared(tmp_path) is None
    prepared.remember(tmp_path, ["head@demo"])
    assert prepared.accounts_if_prepared(tmp_path) == ["head@demo"]
    (package / "words.mo").write_text("compiled")
    assert prepared.accounts_if_prepared(tmp_path) == ["head@demo"]
    (package / "rules.py").write_text("one = 11\n")
    assert prepared.accounts_if_prepared(tmp_path) is None


def test_an_interrupted_preparation_and_a_named_database_are_prepared_again(package, tmp_path, monkeypatch):
    prepared.remember(tmp_path, [])
    monkeypatch.setenv("RATUSZ_DATABASE_URL", "postgresql://x/y")
    assert prepared.accounts_if_prepared(tmp_path) is None
    monkeypatch.delenv("RATUSZ_DATABASE_URL")
    prepared.forget(tmp_path)
    assert prepared.accounts_if_prepared(tmp_path) is None
    (tmp_path / prepared.NAME).write_text("half")
    assert prepared.accounts_if_prepared(tmp_path) is None
