"""Kinds of editions as data (packs/*.toml): with a vote of the residents, or with the choice of a panel (Zielony Budżet)."""

from __future__ import annotations

from datetime import date

from ratusz.foundation.kit.packs import RulesOfDay, packs_of
from ratusz.participation.budget.models import Edition

PACKAGE = "ratusz.participation.budget"


def kind(code: str, day: date) -> RulesOfDay:
    """What holds for a kind on a day: title, has_ballot, has_support_list, checks, chosen_by. KeyError for an unknown kind."""
    return packs_of(PACKAGE)[code].at(day)


def titles(day: date) -> list[tuple[str, str]]:
    """Code and title of every kind, the vote first."""
    found = [(code, pack.at(day)["title"]) for code, pack in packs_of(PACKAGE).items()]
    return sorted(found, key=lambda one: one[0] != Edition.WITH_A_VOTE)
