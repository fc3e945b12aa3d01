"""What the rules of an edition say about its projects; what is no rule of an edition stands in this module's dated pack."""

from __future__ import annotations

from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.packs import packs_of
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.budget.models import Edition

OF_EDITION = {
    "guardian_age": "who.guardian_below", "local_cost_share_percent": "cost.local_percent",
    "city_cost_share_percent": "cost.city_percent", "appeal_working_days": "appeal.days",
}  # fmt: skip
"""Our name to the one in the rules that an edition binds."""


def setting(edition: Edition, name: str) -> Any:
    """The value of one setting."""
    return entry(edition, name).value


def entry(edition: Edition, name: str) -> Any:
    """The setting with `value`, `legal_basis` and `is_confirmed`."""
    theirs = OF_EDITION.get(name)
    if theirs:
        return rules_of(edition).entries[theirs]
    return packs_of("ratusz.participation.projects")["projects"].at(local_day(database_now())).entry(name)
