"""What pages show of a decision, as plain values: only fields that everybody may read are touched here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.files.rules import IMAGES
from ratusz.foundation.kit.dates import polish_date
from ratusz.governance.decisions import wording
from ratusz.governance.decisions.models import Decision, Report
from ratusz.ui.parts import Fact


@dataclass(frozen=True)
class ShownProof:
    """One proof on the card."""

    kind: str
    label: str
    url: str = ""
    alt: str = ""
    """Set for a picture."""
    note: str = ""


def state_tag(decision: Decision, at: datetime) -> dict[str, str]:
    """Label and tone of the state."""
    state = wording.public_state(decision, at)
    return {"label": wording.capital(str(state.words)), "tone": state.tone}


def row(decision: Decision, at: datetime) -> dict[str, Any]:
    """One decision on a list."""
    return {
        "number": decision.number, "title": decision.title, "url": decision.get_absolute_url(), "text": decision.public_text,
        "state": state_tag(decision, at), "unit": str(decision.lead_unit), "district": str(decision.district or ""),
        "topic": str(decision.topic or ""), "days": wording.capital(wording.days_in_words(decision, at)),
        "ended": polish_date(decision.settled_at) if decision.settled_at else "",
    }  # fmt: skip


def facts(decision: Decision, at: datetime) -> list[Fact]:
    """Who, where, by when."""
    found = [Fact(_("Who carries it out"), str(decision.lead_unit))]
    helpers = ", ".join(str(part.unit) for part in decision.parts.all() if part.state != "waived")
    if helpers:
        found.append(Fact(_("Who helps"), helpers))
    if decision.due_on:
        found.append(Fact(_("Due day"), polish_date(decision.due_on, with_weekday=True)))
    if decision.taken_at:
        found.append(Fact(_("Decided on"), polish_date(decision.taken_at)))
    found.append(Fact(_("Where"), str(decision.district) if decision.district else _("the whole city")))
    if decision.topic:
        found.append(Fact(_("Topic"), str(decision.topic)))
    found.append(Fact(_("Where it comes from"), str(decision.get_origin_display())))
    return found


def moves_in_words(decision: Decision) -> list[str]:
    """ "30 września 2026 r., przesunięty z 30 czerwca 2026 r.: powód" for each move."""
    words = _("Due %(due)s, moved from %(was)s: %(reason)s")
    return [
        words % {"due": polish_date(each.due_on), "was": polish_date(each.was_on), "reason": each.reason}
        for each in decision.due_changes.all()
    ]


def course(decision: Decision) -> list[dict[str, str]]:
    """What changed for everybody, the newest first."""
    return [
        {"day": polish_date(each.happened_at), "what": wording.capital(str(each.get_kind_display()))}
        for each in reversed(decision.changes.all())
    ]


def lateness(decision: Decision, at: datetime) -> str:
    """By how many days it is late; "" when it is not."""
    days = wording.late_by(decision, at)
    if not days:
        return ""
    return ngettext("%(count)s day past its day", "%(count)s days past its day", days) % {"count": days}


def proofs(reports: Iterable[Report]) -> list[ShownProof]:
    """Public evidence of accepted reports."""
    return [_proof(each) for report in reports for each in report.shown_evidence]  # type: ignore[attr-defined]


def _proof(each: Any) -> ShownProof:
    kind = str(each.get_kind_display())
    if each.file is not None:
        url = reverse("decisions:evidence", args=[each.public_id])
        return ShownProof(kind, each.label, url, alt=each.alt if each.file.kind in IMAGES else "", note=f"SHA-256: {each.sha256}")
    note = each.number or (polish_date(each.day) if each.day else "")
    return ShownProof(kind, each.label, each.url, note=note)
