"""What stops a submission at the gates as its page shows it: each gate with its findings, and the form for whoever may open it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.publishing.gates.findings import BLOCK, Finding
from ratusz.publishing.gates.forms import OverrideForm
from ratusz.publishing.gates.registries import gates
from ratusz.publishing.gates.rules import may


def rows_of_gates(person: Any, findings: list[Finding], at: datetime, sent: OverrideForm | None = None) -> list[dict[str, Any]]:
    """Each gate that stops the text or was opened for it, with the form for whoever may open it; `sent` keeps what was typed."""
    stopping = [finding for finding in findings if finding.severity == BLOCK]
    codes = dict.fromkeys(finding.gate for finding in stopping)
    return [_row(person, code, [each for each in stopping if each.gate == code], at, sent) for code in codes]


def _row(person: Any, code: str, found: list[Finding], at: datetime, sent: OverrideForm | None) -> dict[str, Any]:
    form = None
    if found[0].override is None and may(person, "override", code, at):
        is_sent = sent is not None and sent.data.get("gate") == code
        form = sent if is_sent else OverrideForm(initial={"gate": code}, auto_id=f"id_{code}_%s")
    return {"name": gates[code].name, "findings": found, "override": found[0].override, "form": form}
