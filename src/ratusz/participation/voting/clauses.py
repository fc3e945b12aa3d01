"""What a vote may do only with a clause of the city's resolution: whether the edition's rules have it, which article it needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ratusz.participation.budget.edition_rules import drafted, rules_of
from ratusz.participation.budget.models import Edition
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused

ANNULMENT, EXTENSION, COMMITTEE, DOUBLE_VOTE = "annulment.before_count", "extension.after_outage", "key_committee", "double_vote"
SIGNATURES, PESEL = "signatures.online", "identity.pesel_own_contact"
NAMES = (COMMITTEE, ANNULMENT, EXTENSION, DOUBLE_VOTE, SIGNATURES)


@dataclass(frozen=True)
class Clause:
    """One setting that needs a clause, as staff read it."""

    name: str
    title: str
    is_on: bool
    article: str
    is_confirmed: bool


def allows(edition: Edition, name: str) -> bool:
    """Whether the rules of the edition have the clause; of the policy for a second ballot: whether it is another than the first."""
    rules = rules_of(edition)
    if name not in rules.entries:  # opened before there was such a setting
        return False
    value = rules.value(name)
    return value != Vote.DoubleVote.FIRST if name == DOUBLE_VOTE else bool(value)


def require(edition: Edition, name: str) -> None:
    """Raises VoteRefused with the article that is missing."""
    if not allows(edition, name):
        rule = drafted(edition.city, edition.rules_preset, {}).entries[name]
        raise VoteRefused(
            _("“{title}” is off in the rules of this edition: {clause}.").format(title=rule.title, clause=rule.needs_clause)
        )


def all_of(edition: Edition) -> list[Clause]:
    """Every such setting of the edition."""
    rules = rules_of(edition)
    return [
        Clause(name, one.title, allows(edition, name), one.needs_clause, one.is_confirmed)
        for name in NAMES
        for one in [rules.entries[name]]
    ]
