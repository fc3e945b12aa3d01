"""Modules fill registries by name; nobody replaces another's entry."""

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import AlreadyRegistered, Registry


def test_entries_keep_their_order_and_their_names():
    registry = Registry("cities")
    registry.register("katowice", "Katowice")
    registry.register("bytom", "Bytom")
    assert (list(registry), dict(registry.items())) == (["Katowice", "Bytom"], {"katowice": "Katowice", "bytom": "Bytom"})
    assert ("bytom" in registry, registry["bytom"], "gliwice" in registry) == (True, "Bytom", False)


def test_a_name_is_registered_once():
    registry = Registry("cities")
    registry.register("katowice", "Katowice")
    with pytest.raises(AlreadyRegistered, match="'katowice' is already registered in cities"):
        registry.register("katowice", "Kattowitz")


def test_the_clock_is_the_databases_and_runs_inside_a_transaction(db):
    earlier, later = database_now(), database_now()
    assert earlier < later
    assert earlier.utcoffset().total_seconds() == 0
