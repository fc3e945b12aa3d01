"""Migrations match the models and stand in one line."""

from collections import Counter

from django.db.migrations.loader import MigrationLoader

from tests.architecture.sources import modules


def _ours():
    loader = MigrationLoader(None)
    labels = {f"ratusz_{name}" for name in modules()}
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in labels}


def test_each_app_begins_with_0001_initial_and_numbers_without_gaps():
    numbers = {}
    for label, name in sorted(_ours()):
        numbers.setdefault(label, []).append(name)
    wrong = {
        label: names
        for label, names in numbers.items()
        if names[0] != "0001_initial" or [name[:4] for name in names] != [f"{index:04d}" for index in range(1, len(names) + 1)]
    }
    assert wrong == {}


def test_each_app_is_one_line_without_merges():
    parents = Counter()
    for (label, name), migration in _ours().items():
        inside = [dependency for dependency in migration.dependencies if dependency[0] == label and dependency[1] != "__first__"]
        assert len(inside) <= 1, f"{label}.{name} merges {inside}"
        parents.update(inside)
    assert [parent for parent, children in parents.items() if children > 1] == []
