"""Letting a text through a gate, and the newest run."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.gates.actions import check_gates, override_gate, record_run
from ratusz.publishing.gates.factories import make_reading
from ratusz.publishing.gates.findings import Gate, GatesShut, Missing
from ratusz.publishing.gates.models import GateOverride, GateRun
from ratusz.publishing.gates.reading import Passage
from ratusz.publishing.gates.registries import Reader, gates, readers, thing_of
from ratusz.publishing.gates.rules import OverrideRefused, may, roles_that_override

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
REASON = "Strona istnieje do jutra, bez stałego opiekuna."


@pytest.fixture
def head(db):
    return AppointmentFactory(role_code="head").person


@pytest.fixture
def editor(db):
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def without_review(monkeypatch):
    """The stored text of the tests: its review day lies too far away at any moment."""
    texts = {"1": make_reading(review_date=date(2099, 1, 1))}
    reader = Reader(read=lambda reading: reading, load=texts.get, may_see=lambda person, thing, at: True)
    monkeypatch.setitem(readers._entries, "test", reader)
    return texts


def test_a_blocking_finding_stops_the_text_and_the_list_comes_along(without_review):
    with pytest.raises(GatesShut) as stopped:
        check_gates(reading=without_review["1"], at=AT)
    assert [finding.gate for finding in stopped.value.blocking] == ["W02"]
    assert "30 listopada 2027" in str(stopped.value).replace("\u00a0", " ")


def test_warnings_stop_nothing(db):
    assert [each.gate for each in check_gates(reading=make_reading(review_date=date(2026, 11, 1)), at=AT)] == ["W02"]


def test_the_head_lets_it_through_with_a_reason_once_and_the_record_says_so(head, without_review):
    override = override_gate(subject="test:1", gate="W02", reason=f" {REASON} ", person=head)
    assert override_gate(subject="test:1", gate="W02", reason="Drugi raz to samo.", person=head) == override
    (finding,) = check_gates(reading=without_review["1"], at=AT)
    assert (finding.override, finding.blocks, override.role, override.reason) == (override, False, "head", REASON)
    (entry,) = Entry.objects.filter(deed="gates.override_gate")
    assert entry.detail.content["after"]["reason"] == REASON


def test_a_changed_text_asks_again(head, without_review):
    override_gate(subject="test:1", gate="W02", reason=REASON, person=head)
    changed = make_reading(review_date=date(2099, 1, 1), title="Zmieniony tytuł")
    with pytest.raises(GatesShut):
        check_gates(reading=changed, at=AT)


@pytest.mark.parametrize(
    ("who", "subject", "gate", "reason"),
    [
        ("editor", "test:1", "W02", REASON),
        ("head", "test:1", "W02", "krótko"),
        ("head", "test:2", "W02", REASON),
        ("head", "unknown:1", "W02", REASON),
        ("head", "test:1", "W01", REASON),
    ],
)
def test_nobody_opens_a_gate_without_role_reason_or_need(head, editor, without_review, who, subject, gate, reason):
    with pytest.raises(OverrideRefused) as refused:
        override_gate(subject=subject, gate=gate, reason=reason, person={"head": head, "editor": editor}[who])
    assert str(refused.value)
    assert not GateOverride.objects.exists()


def test_an_override_is_never_changed_and_always_has_a_reason(head, without_review):
    override = override_gate(subject="test:1", gate="W02", reason=REASON, person=head)
    for change in (lambda: GateOverride.objects.update(reason="x" * 20), override.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="override_has_a_reason"), transaction.atomic():
        GateOverride.objects.create(
            subject="test:1", gate="W09", fingerprint="f", reason="krótko", person=head, role="head", made_at=AT
        )
    assert str(override) == "W02 – test:1"


def test_a_gate_of_an_upper_module_has_its_own_severity_and_roles(head, editor, monkeypatch):
    gate = Gate("Próba", lambda reading, targets, at: [Missing("Brak zgody.")], severity="warn", may_override=("editor",))
    monkeypatch.setitem(gates._entries, "X01", gate)
    (finding,) = check_gates(reading=make_reading(), at=AT)
    assert (finding.gate, finding.severity, finding.url) == ("X01", "warn", "/admin/test/1/")
    assert roles_that_override("X01", AT) == ("editor",)
    assert (may(editor, "override", "X01", AT), may(head, "override", "X01", AT), may(editor, "see", "X01", AT)) == (
        True,
        False,
        False,
    )


def test_a_run_keeps_the_newest_counts_and_score(head, without_review):
    record_run(reading=make_reading(subject="test:1", owner_unit=None, review_date=date(2026, 11, 1), contact=""), at=AT)
    run = record_run(reading=without_review["1"], at=AT)
    assert (run.blocking, run.warnings, run.notes, run.counts, run.fog) == (1, 0, 0, {"W02": 1}, Decimal("1.9"))
    override_gate(subject="test:1", gate="W02", reason=REASON, person=head)
    record_run(reading=without_review["1"], at=AT)
    run = GateRun.objects.get()
    assert (run.blocking, run.warnings, str(run)) == (0, 1, "test:1")


def test_a_text_without_polish_words_has_no_score(db):
    assert record_run(reading=make_reading(passages=(), lead=None), at=AT).fog is None
    assert record_run(reading=make_reading(language="en", passages=(Passage("Open."),), lead=None), at=AT).fog is None


def test_a_thing_is_found_by_its_key(without_review):
    reader, thing = thing_of("test:1")
    assert reader(thing) == without_review["1"]
    assert thing_of("test:3") is None
    assert Reader(read=str).load("1") is None
    assert not Reader(read=str).may_see(None, None, AT)
