"""A vote follows its edition: hours, identity and policy come from its calendar and rules, and move when two people move those."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.participation.budget.edition_rules import OF_THE_COUNT, EditionRules, rules_of
from ratusz.participation.budget.models import Edition, EditionChange, Stage, StageCode
from ratusz.participation.budget.rules import NotPossible
from ratusz.participation.budget.stages import stage
from ratusz.participation.voting import clauses, residents
from ratusz.participation.voting.actions.votes import extend_vote, prepare_vote, require
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.registries import identity_adapters
from ratusz.participation.voting.rules import VoteRefused

State = Vote.State
FROZEN = ("double_vote", "identity.preset", *OF_THE_COUNT)
"""Settings that a vote is opened with: nobody changes the rules of the count while people vote, or knowing the choices."""
WAYS = {"login_gov_pl": "node", "code_letter": "letter", "officer_desk": "desk"}
"""Names of the edition's settings that differ from the adapters'."""


@transaction.atomic
def prepare_from_edition(*, edition: Edition, person: Any = None) -> Vote:
    """Makes the vote of an opened edition, or brings one that is not open yet up to date with it. Raises VoteRefused."""
    require(person, "prepare_vote", None)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.opened_at is None:
        raise VoteRefused(_("Open the edition first: the vote stands on its frozen rules and calendar."))
    hours = stage(edition, StageCode.VOTING)
    if hours is None:
        raise VoteRefused(_("The calendar of the edition has no voting. Propose the stage on the page of its rules."))
    identity, policy = _way_in(edition), _policy(rules_of(edition))
    return prepare_vote(
        edition=edition, opens_at=hours.starts_at, closes_at=hours.closes_at, identity=identity, double_vote=policy, person=person
    )


def _way_in(edition: Edition) -> str:
    rules = rules_of(edition)
    chosen = rules.value("identity.preset")
    name = WAYS.get(chosen, chosen)
    if name not in identity_adapters:
        title = dict(rules.entries["identity.preset"].choices).get(chosen, chosen)
        raise VoteRefused(
            _("Voters of this edition are known by “{way}”, which this program is not connected to. Choose another way.").format(
                way=title
            )
        )
    if why := identity_adapters[name].stop():
        raise VoteRefused(why)
    if name == residents.PESEL:
        clauses.require(edition, clauses.PESEL)
    return name


def _policy(rules: EditionRules) -> str:
    policy = rules.value("double_vote")
    if policy not in Vote.DoubleVote.values:
        title = dict(rules.entries["double_vote"].choices).get(policy, policy)
        raise VoteRefused(_("This program does not carry out the policy “{policy}”. Choose another one.").format(policy=title))
    return policy


def follow_change(change: EditionChange) -> None:
    """What an approved change of the edition means for its vote. Raises NotPossible, which stops the change."""
    vote = Vote.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=change.edition_id).first()
    if vote is None:
        return
    try:
        if vote.state == State.PREPARED:
            prepare_from_edition(edition=vote.edition)
        elif change.kind == EditionChange.Kind.RULES:
            _keep_frozen(change)
        elif change.after.get("code") == StageCode.VOTING:
            _move_end(vote, Stage.objects.get(edition=vote.edition, code=StageCode.VOTING), change.reason)
    except VoteRefused as refusal:
        raise NotPossible(str(refusal)) from refusal


def _keep_frozen(change: EditionChange) -> None:
    if any(name in change.after for name in FROZEN):
        raise VoteRefused(
            _("The vote is open: how voters are known, what a second ballot means and how ballots are counted stay as they were.")
        )


def _move_end(vote: Vote, hours: Stage, reason: str) -> None:
    """After the opening only the end moves, and only later."""
    if hours.starts_at != vote.opens_at or hours.closes_at < vote.closes_at:
        raise VoteRefused(_("The vote was opened with its hours: its beginning stays, and its end only moves later."))
    if hours.closes_at > vote.closes_at:
        extend_vote(vote=vote, closes_at=hours.closes_at, reason=reason)
