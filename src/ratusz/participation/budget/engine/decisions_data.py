"""Decisions to plain data and back, for manifests and packs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ratusz.participation.budget.engine.contest import Decisions, Exclusion, TieDecision


def decisions_to_plain(decisions: Decisions) -> dict[str, Any]:
    """All of the decisions, empty ones too, in a fixed order."""
    return {
        "seed": decisions.seed,
        "exclusions": [
            {"numbers": sorted(part.numbers), "mode": part.mode, "survivor": part.survivor, "reference": part.reference}
            for part in decisions.exclusions
        ],
        "ties": [{"order": list(part.order), "reference": part.reference} for part in decisions.ties],
        "withdrawn": sorted(decisions.withdrawn),
        "reserve": list(decisions.reserve),
        "reserve_funds": decisions.reserve_funds,
        "references": dict(sorted(decisions.references.items())),
    }


def decisions_from(plain: Mapping[str, Any]) -> Decisions:
    """Decisions from plain data; other keys are left alone. Raises KeyError, TypeError, ValueError."""
    return Decisions(
        seed=plain.get("seed", ""),
        exclusions=tuple(
            Exclusion(
                frozenset(part["numbers"]), part.get("mode", "higher_stays"), part.get("survivor", ""), part.get("reference", "")
            )
            for part in plain.get("exclusions", ())
        ),
        ties=tuple(TieDecision(tuple(part["order"]), part.get("reference", "")) for part in plain.get("ties", ())),
        withdrawn=frozenset(plain.get("withdrawn", ())),
        reserve=tuple(plain.get("reserve", ())),
        reserve_funds=plain.get("reserve_funds"),
        references=dict(plain.get("references", {})),
    )
