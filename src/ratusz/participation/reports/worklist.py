"""What is to be done for a report, in which state each part is and whose move it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_moment
from ratusz.participation.reports import rules
from ratusz.participation.reports.gate import Looked
from ratusz.participation.reports.links import remarks_url
from ratusz.participation.reports.models import Report, SignOff
from ratusz.participation.reports.signers import who_signs

PARTS = {
    "remarks": ("remarks.", "intakes", "personal.rows"), "forms": ("form.", "counts"),
    "texts": ("in_short", "next", "personal.section"),
    "annexes": ("annex.",), "signatures": ("sign.",),
}  # fmt: skip


def tasks_of(report: Report, looked: Looked, at: datetime) -> list[dict[str, str]]:
    """Each part of the work with what it still lacks."""
    page, unit = reverse("reports_report", args=[report.pk]), report.consultation.owner_unit
    department = _("department")
    known = {
        "remarks": (_("Positions on remarks"), remarks_url(report.consultation) or f"{page}#braki", str(unit or department)),
        "forms": (_("Forms of the consultation"), f"{page}#braki", department),
        "texts": (_("Texts"), f"{page}#teksty", department),
        "annexes": (_("Annexes"), f"{page}#zalaczniki", department),
        "signatures": (_("Signatures"), f"{page}#podpisy", _whose_signature(report, looked)),
    }
    rows = [_task(label, url, whose, _lacking(looked, PARTS[code])) for code, (label, url, whose) in known.items()]
    others = sum(not any(gap.code.startswith(each) for parts in PARTS.values() for each in parts) for gap in looked.refusing)
    return [*rows, *([_task(_("Everything else"), f"{page}#braki", department, others)] if others else [])]


def _lacking(looked: Looked, beginnings: tuple[str, ...]) -> int:
    return sum(gap.code.startswith(beginnings) for gap in looked.refusing)


def _task(label: str, url: str, whose: str, lacking: int) -> dict[str, str]:
    state = _("missing: %(number)s") % {"number": lacking} if lacking else _("complete")
    return {"label": label, "url": url, "state": state, "whose": whose if lacking else ""}


def _whose_signature(report: Report, looked: Looked) -> str:
    signed = rules.signed_steps(report.signoffs.all(), looked.draft.digest)
    missing = [each for each in SignOff.Step if each not in signed]
    return str(missing[0].label) if missing else ""


def steps_of(report: Report, looked: Looked, person: Any, at: datetime) -> list[dict[str, Any]]:
    """Every step of the approval, whether it is signed, and whether this person may sign it now."""
    signed = rules.signed_steps(report.signoffs.all(), looked.draft.digest)
    who = who_signs(report.consultation, at)
    is_ready = not [gap for gap in looked.refusing if not gap.code.startswith("sign.")]
    rows = []
    for step in SignOff.Step:
        made = signed.get(step)
        before = rules.CHAIN[: rules.CHAIN.index(step)] if step in rules.CHAIN else ()
        is_turn = made is None and all(each in signed for each in before) and (is_ready or step not in rules.CHAIN)
        may_sign = is_turn and rules.may(person, f"sign.{step.value}", report, at)
        state = polish_moment(made.signed_at) if made else _("not signed")
        rows.append({"code": step.value, "label": step.label, "state": state, "may_sign": may_sign, "whose": who[step]})
    return rows
