"""Helpers report or are waived, the unit in the lead reports with evidence, the President's office accepts or sends back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.actions.links import tell_entity
from ratusz.governance.decisions.actions.steps import begin, end, keep, locked, show
from ratusz.governance.decisions.models import Decision, DecisionPart, Evidence, Report
from ratusz.governance.decisions.models.decisions import State
from ratusz.governance.decisions.words_gate import check_public

FILES = "decisions.evidence"
KEPT = timedelta(days=365 * 25)
"""Category A of the file plan: until the archive package is handed over, and then longer than anybody here plans."""


@transaction.atomic
def report_part(*, part: DecisionPart, text: str, person: Any) -> DecisionPart:
    """A helper reports its part. Raises NotYours, DecisionRefused."""
    part, at = _part(part)
    if not rules.may_close_part(person, part, at):
        raise rules.NotYours
    part.state, part.report, part.closed_at, part.closed_by = (
        DecisionPart.State.REPORTED, rules.check_words(text, 1000), at, person,
    )  # fmt: skip
    return _keep_part(part, "report_part", person)


@transaction.atomic
def waive_part(*, part: DecisionPart, reason: str, person: Any) -> DecisionPart:
    """The President's office lets the lead report without this helper. Raises NotYours, DecisionRefused."""
    part, at = _part(part)
    rules.check_may(person, "waive", part.decision, at)
    part.state, part.waive_reason, part.closed_at, part.closed_by = (
        DecisionPart.State.WAIVED, rules.check_words(reason, 500), at, person,
    )  # fmt: skip
    return _keep_part(part, "waive_part", person)


def _part(part: DecisionPart) -> tuple[DecisionPart, datetime]:
    decision = locked(part.decision)
    part = DecisionPart.objects.select_related("unit").get(pk=part.pk)
    part.decision = decision
    rules.check_state(decision, State.TAKEN, State.RETURNED, State.IN_PROGRESS)
    if part.state != DecisionPart.State.OPEN:
        raise rules.DecisionRefused(gettext("This part is closed already."))
    return part, database_now()


def _keep_part(part: DecisionPart, deed: str, person: Any) -> DecisionPart:
    part.save()
    record(deed=f"decisions.{deed}", subject=part.decision, after={"part": part.pk, "unit": part.unit_id}, actor=person)
    return part


@transaction.atomic
def report_decision(
    *, decision: Decision, end: str, text: str, evidence: Sequence[Mapping[str, Any]] = (), instead: str = "", note: str = "",
    person: Any = None, by_unit: Unit | None = None,
) -> Report:  # fmt: skip
    """The unit reports; its clock stands while the report waits.

    Each piece of evidence: kind, label, and by its kind upload and alt, number, url or day; is_public.
    Raises NotYours, DecisionRefused, files' FileRefused.
    """
    decision, at = begin(decision, "report", person, by_unit)
    rules.check_reporting(decision, end, text, instead, [str(each["kind"]) for each in evidence])
    if decision.is_public:
        check_public(at, text, instead, *(words for each in evidence if each.get("is_public", True) for words in _words(each)))
    assert decision.lead_unit is not None
    report = Report.objects.create(
        decision=decision, unit=decision.lead_unit, end=end, text=text.strip(), instead=instead.strip(), note=note.strip(),
        reported_at=at, reported_by=person,
    )  # fmt: skip
    for each in evidence:
        _add_evidence(report, each, at, person)
    decision.state, decision.reported_at, decision.reported_by = State.REPORTED, at, person
    keep(decision, "report_decision", person, {"state": State.IN_PROGRESS}, end=end, evidence=len(evidence))
    return report


def _words(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(facts.get("label", "")), str(facts.get("alt", "")), str(facts.get("number", ""))


def _add_evidence(report: Report, facts: Mapping[str, Any], at: datetime, person: Any) -> None:
    kept = {name: facts[name] for name in ("kind", "label", "alt", "number", "url", "day", "is_public") if name in facts}
    if upload := facts.get("upload"):
        file = accept_upload(
            upload=upload, name=getattr(upload, "name", "dowod"), purpose=FILES, uploaded_by=person, subject=report.decision.key,
            keep_until=at + KEPT,
        )  # fmt: skip
        kept |= {"file": file, "sha256": file.sha256}
    if kept["kind"] == "photo" and "file" in kept and not kept["file"].media_type.startswith("image/"):
        raise rules.DecisionRefused(gettext("A photo is a JPEG, PNG or WebP file. Choose another file or another kind."))
    if kept["kind"] in ("photo", "document") and "file" not in kept:
        raise rules.DecisionRefused(gettext("Add the file."))
    Evidence.objects.create(report=report, added_at=at, added_by=person, **kept)


@transaction.atomic
def accept_report(*, decision: Decision, note: str, person: Any, expected: int | None = None) -> Decision:
    """The President's office accepts: done, partly done or cannot be done. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "settle", person)
    report = _waiting(decision, expected)
    proof = _proof(decision, report)
    rules.check_accepting(decision, person, proof is not None, report.end)
    decision.settle_note = rules.check_words(note)
    if decision.is_public:
        check_public(at, decision.settle_note)
    _answer(report, Report.Answer.ACCEPTED, "", at, person)
    end(decision, report.end, at, person)
    decision.proof = proof
    keep(decision, "accept_report", person, {"state": State.REPORTED}, state=report.end)
    show(decision, report.end, at, report.text)
    tell_entity(decision, at, gettext("Your report was accepted. Thank you; nothing more is needed from you."))
    return decision


def _proof(decision: Decision, report: Report) -> Evidence | None:
    """The piece of the expected kind, else the first."""
    pieces = sorted(report.evidence.all(), key=lambda each: (each.kind != decision.expected_proof, each.pk))
    return pieces[0] if pieces else None


@transaction.atomic
def send_report_back(*, decision: Decision, note: str, person: Any, expected: int | None = None) -> Decision:
    """Back to the unit with a note; it counts from the due day again. Raises NotYours, DecisionRefused."""
    decision, at = begin(decision, "settle", person)
    report = _waiting(decision, expected)
    _answer(report, Report.Answer.SENT_BACK, rules.check_words(note, 1000), at, person)
    decision.state, decision.reported_at, decision.reported_by = State.IN_PROGRESS, None, None
    keep(decision, "send_report_back", person, {"state": State.REPORTED}, state=decision.state)
    tell_entity(decision, at, gettext("Your report was sent back. What is missing: %(note)s") % {"note": report.answer_note})
    return decision


def _waiting(decision: Decision, expected: int | None) -> Report:
    """The report that waits, which is the one that was looked at."""
    rules.check_state(decision, State.REPORTED)
    report = decision.reports.get(answer=Report.Answer.WAITS)
    if expected is not None and report.pk != expected:
        raise rules.DecisionRefused(gettext("Another report came meanwhile. Read it first."))
    return report


def _answer(report: Report, answer: str, note: str, at: datetime, person: Any) -> None:
    report.answer, report.answer_note, report.answered_at, report.answered_by = answer, note, at, person
    report.save()
