"""What holds back a thing on its way out."""

from datetime import UTC, datetime

from ratusz.foundation.kit import outgoing
from ratusz.foundation.kit.outgoing import Hold, Outgoing, hold_back, holds_on, stopping, tell_decision, tell_override
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


def test_whoever_is_about_to_send_is_heard(monkeypatch):
    heard = []
    at, thing = datetime(2026, 11, 28, tzinfo=UTC), Outgoing("m:1", "www", "Tytuł")
    for name in ("holds", "attempt_listeners", "override_listeners", "decision_listeners"):
        monkeypatch.setattr(outgoing, name, Registry(name))
    outgoing.holds.register("silence", lambda thing, at: Hold("silence", "Cisza"))
    outgoing.attempt_listeners.register("x", lambda thing, holds, at: heard.append((thing.subject, [each.code for each in holds])))
    outgoing.override_listeners.register("x", lambda thing, person, reason, at: heard.append((person, reason)))
    outgoing.decision_listeners.register("x", lambda subject, decision, at: heard.append((subject, decision)))
    assert [hold.code for hold in hold_back(thing, at)] == ["silence"]
    tell_override(thing, "head", "powód", at)
    tell_decision("m:1", "dropped", at)
    assert heard == [("m:1", ["silence"]), ("head", "powód"), ("m:1", "dropped")]


def test_what_only_warns_stops_until_a_second_person_has_seen_it():
    warns, blocks = Hold("names", "Wymienia kandydata", blocks=False), Hold("silence", "Cisza")
    assert stopping([blocks, warns], Outgoing("m:1", "www", "T")) == [blocks, warns]
    assert stopping([blocks, warns], Outgoing("m:1", "www", "T", second_person=True)) == [blocks]
