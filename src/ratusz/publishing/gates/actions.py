"""What is done at the gates: ask them, let a text through with a reason, keep the newest run."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_language import measure

from .findings import BLOCK, NOTE, WARN, Finding, GatesShut
from .models import GateOverride, GateRun
from .queries import findings_of
from .reading import Reading
from .registries import thing_of
from .rules import OverrideRefused, check_override


def check_gates(*, reading: Reading, at: datetime) -> list[Finding]:
    """Every finding, for the person to read; raises GatesShut when one blocks and nobody let this state of the text through."""
    found = findings_of(reading, at)
    if any(finding.blocks for finding in found):
        raise GatesShut(found, reading.edit_url)
    return found


@transaction.atomic
def override_gate(*, subject: str, gate: str, reason: str, person: Any, reading: Reading | None = None) -> GateOverride:
    """Lets the text as it is now pass one gate; a changed text asks again. Raises OverrideRefused.

    Without `reading` the subject's registered reader makes it.
    """
    at = database_now()
    role = check_override(person, gate, reason, at)
    if reading is None:
        found = thing_of(subject)
        if found is None:
            raise OverrideRefused(gettext("This text is no longer there."))
        reading = found[0](found[1])
    opened = [finding for finding in findings_of(reading, at) if finding.gate == gate]
    if not opened:
        raise OverrideRefused(gettext("The text passes this gate already."))
    override, is_new = GateOverride.objects.get_or_create(
        subject=subject,
        gate=gate,
        fingerprint=reading.fingerprint(),
        defaults={
            "reason": reason.strip(), "person": person, "role": role, "made_at": at,
            "findings": [finding.words for finding in opened],
        },
    )  # fmt: skip
    if is_new:
        after = {"gate": gate, "subject": subject, "role": role, "reason": override.reason, "findings": override.findings}
        record(deed="gates.override_gate", subject=override, after=after)
    return override


def carry_overrides(*, source: Reading, target: Reading, at: datetime) -> None:
    """What was let through in one text holds for what is made of it, as far as the same things are found there; recorded."""
    made = list(GateOverride.objects.filter(subject=source.subject, fingerprint=source.fingerprint()))
    found = findings_of(target, at) if made else []
    for override in made:
        opened = {finding.words for finding in found if finding.gate == override.gate}
        if not opened or not opened <= set(override.findings):
            continue
        carried, is_new = GateOverride.objects.get_or_create(
            subject=target.subject, gate=override.gate, fingerprint=target.fingerprint(),
            defaults={name: getattr(override, name) for name in ("reason", "person", "role", "made_at", "findings")},
        )  # fmt: skip
        if is_new:
            after = {"gate": carried.gate, "from": source.subject, "to": target.subject, "reason": carried.reason}
            record(deed="gates.carry_override", subject=carried, after=after)


def record_run(*, reading: Reading, at: datetime) -> GateRun:
    """Keeps how the text stands at the gates now, in place of the run before."""
    found = findings_of(reading, at)
    grave = Counter(BLOCK if finding.blocks else WARN if finding.severity == BLOCK else finding.severity for finding in found)
    measured = measure(reading.prose) if reading.language == "pl" else None
    has_words = measured is not None and measured.words > 0
    run, _ = GateRun.objects.update_or_create(
        subject=reading.subject,
        defaults={
            "at": at, "blocking": grave[BLOCK], "warnings": grave[WARN], "notes": grave[NOTE],
            "counts": dict(sorted(Counter(finding.gate for finding in found).items())),
            "fog": Decimal(str(measured.fog)) if measured and has_words else None,
            "median_sentence": Decimal(str(measured.median_sentence)) if measured and has_words else None,
            "words": measured.words if measured else 0,
        },
    )  # fmt: skip
    return run
