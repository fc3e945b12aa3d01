"""What holds back a thing on its way out."""

from datetime import UTC, datetime

from ratusz.foundation.kit import outgoing
from ratusz.foundation.kit.outgoing import Hold, Outgoing, holds_on
from ratusz.foundation.kit.registries import Registry


def test_every_hold_is_told_and_what_blocks_comes_first(monkeypatch):
    warns, blocks = Hold("names", "Wymienia kandydata", blocks=False), Hold("silence", "Cisza wyborcza")
    holds = Registry("holds of this test")
    holds.register("nothing", lambda thing, at: None)
    holds.register("names", lambda thing, at: warns if "kandydat" in thing.text else None)
    holds.register("silence", lambda thing, at: None if thing.is_crisis else blocks)
    monkeypatch.setattr(outgoing, "holds", holds)
    at = datetime(2026, 11, 28, tzinfo=UTC)
    assert holds_on(Outgoing("m:1", "www", "Tytuł", "kandydat"), at) == [blocks, warns]
    assert holds_on(Outgoing("m:1", "www", "Tytuł", "woda", is_crisis=True), at) == []
