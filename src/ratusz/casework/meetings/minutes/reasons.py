"""Why a decision may stay in the Office: the list of whoever keeps decisions, else none."""

from __future__ import annotations

from typing import Any

from ratusz.casework.meetings.registries import targets

DECISION = "decisions.decision"


def reasons_not_public() -> list[tuple[Any, str]]:
    """Code and words of each reason that the register of decisions knows."""
    if DECISION not in targets:
        return []
    return [(code, str(words)) for code, words in targets[DECISION].reasons]
