"""Accepted projects go on the ballot with what excludes what; until it is frozen they may leave it again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import Edition, ExclusionSet
from ratusz.participation.budget.rules import NotAllowed, NotPossible
from ratusz.participation.projects import ballot, rules
from ratusz.participation.projects.actions.steps import take_step
from ratusz.participation.projects.models import Application, State, Tie


@transaction.atomic
def put_on_ballot(*, edition: Edition, digest: str, person: Any) -> int:
    """Puts every accepted project nothing stops on the ballot, at the cost of its unit; gives how many.

    The person saw them: `digest` is the SHA-256 of that list. Raises NotYours, ApplicationRefused.
    """
    rules.check_may(person, "put_on_ballot", edition, database_now())
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    list(Application.objects.filter(edition=edition, state=State.POSITIVE).order_by("pk").select_for_update().values_list("pk"))
    found = ballot.candidates(edition)
    if ballot.digest_of(found) != digest:
        raise rules.ApplicationRefused(_("The list changed since you looked at it. Look at it again, then go on."))
    ready = [each.application for each in found if not each.stops]
    if not ready:
        raise rules.ApplicationRefused(_("There is no accepted project that could go on the ballot now."))
    for each in ready:
        _budget(budget.put_on_ballot, pool=each.contest, person=person, **ballot.told_of(each))
        take_step(each, State.ON_BALLOT, deed="projects.put_on_ballot", person=person)
    for tie in ballot.exclusions(edition):
        keep_exclusion(tie, person)
    return len(ready)


def keep_exclusion(tie: Tie, person: Any) -> None:
    """The budget's set of two projects says what their tie says, once both are on one ballot. Raises ApplicationRefused."""
    first, second = tie.first, tie.second
    if {first.state, second.state} != {State.ON_BALLOT} or first.pool_id != second.pool_id:
        return
    numbers = sorted((first.number, second.number))
    kept = ExclusionSet.objects.filter(pool=first.pool_id, numbers=numbers).first()
    excludes = tie.kind == Tie.Kind.EXCLUSION
    if excludes and kept is None:
        _budget(budget.exclude_one_another, pool=first.contest, numbers=numbers, reason=tie.reason, person=person)
    elif not excludes and kept is not None:
        _budget(budget.drop_exclusion, exclusion=kept, person=person)


def take_off_ballot(application: Application, reason: str, person: Any) -> None:
    """Within the caller's transaction and lock. Raises ApplicationRefused once the ballot is frozen."""
    _budget(budget.take_off_ballot, pool=application.contest, number=application.number, reason=reason, person=person)


def _budget(deed: Any, **named: Any) -> None:
    """A deed of the budget; what it refuses is refused here in its own words."""
    try:
        deed(**named)
    except NotAllowed as refusal:
        raise rules.NotYours from refusal
    except NotPossible as refusal:
        raise rules.ApplicationRefused(str(refusal)) from refusal
