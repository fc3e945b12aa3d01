"""What goes on the ballot: accepted projects, what stops one of them, what excludes what, and what is not settled yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget.edition_rules import sha256_of
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.registries import BallotNote
from ratusz.participation.projects import rules
from ratusz.participation.projects.form_pack import label_of
from ratusz.participation.projects.models import Appeal, Application, State, Tie

UNSETTLED = (State.SUBMITTED, State.COMPLETING, State.FORMAL_YES, State.REPLYING)
LEFT = (State.WITHDRAWN, State.MERGED)


@dataclass(frozen=True)
class Candidate:
    """An accepted project that is not on the ballot yet; with `stops` it does not go there."""

    application: Application
    stops: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def cost(self) -> str:
        """The cost by the unit, as it would stand on the ballot."""
        return zlotys(self.application.checked_grosze or 0)

    @property
    def most(self) -> str:
        """The dearest a project of its pool may be."""
        return zlotys(rules.most_of(self.application))


def candidates(edition: Edition) -> list[Candidate]:
    """Accepted projects that are not on the ballot yet, by number."""
    accepted = Application.objects.filter(edition=edition, state=State.POSITIVE).select_related("edition", "pool").by_number()
    ties = exclusions(edition)
    return [Candidate(each, list(stops_of(each)), list(_notes_of(each, ties))) for each in accepted]


def stops_of(application: Application) -> Iterator[str]:
    """Why an accepted project cannot go on the ballot; nothing when it can."""
    cost, pool = application.checked_grosze, application.contest
    if cost is None:
        yield _("No unit gave its cost.")
        return
    most = rules.most_of(application)
    if cost > pool.budget_grosze:
        yield _("It costs more than the whole pool has: %(money)s.") % {"money": zlotys(pool.budget_grosze)}
    elif cost > most:
        yield _("It costs more than a project of this pool may: %(most)s.") % {"most": zlotys(most)}


def exclusions(edition: Edition) -> list[Tie]:
    """Pairs of accepted projects of which only one can be built, oldest first."""
    lives = (State.POSITIVE, State.ON_BALLOT)
    found = Tie.objects.filter(
        kind=Tie.Kind.EXCLUSION, first__edition=edition, first__state__in=lives, second__state__in=lives
    ).select_related("first__pool", "second__pool")
    return list(found.order_by("made_at", "pk"))


def _notes_of(application: Application, ties: list[Tie]) -> Iterator[str]:
    for tie in ties:
        if application.pk not in (tie.first_id, tie.second_id):
            continue
        other = tie.second if tie.first_id == application.pk else tie.first
        if other.pool_id == application.pool_id:
            yield _("Only one of it and %(number)s will be built: the one with more support.") % {"number": other.number}
        else:
            yield _("%(number)s of another pool excludes it. The count does not settle that: talk to the authors.") % {
                "number": other.number
            }


def digest_of(found: list[Candidate]) -> str:
    """SHA-256 of what would be put on the ballot: the person puts what they saw."""
    ready = [each.application for each in found if not each.stops]
    return sha256_of({"projects": [[each.number, each.title, each.checked_grosze] for each in ready]})


def unsettled(edition: Edition) -> list[Application]:
    """Projects whose assessment or appeal still goes on, by number."""
    waits = Q(state__in=UNSETTLED) | Q(appeals__in=Appeal.objects.filter(decided_at=None))
    return list(Application.objects.filter(waits, edition=edition).select_related("pool").distinct().by_number())


def left(edition: Edition) -> list[Application]:
    """Projects that were withdrawn or went into another one, by number."""
    return list(Application.objects.filter(edition=edition, state__in=LEFT).select_related("pool").by_number())


def notes(edition: Edition) -> Iterator[BallotNote]:
    """What the budget's screen says before the ballot is frozen."""
    address = reverse("projects_ballot", args=[edition.pk])
    waits, accepted = len(unsettled(edition)), candidates(edition)
    if accepted:
        words = ngettext(
            "%(n)s accepted project is not on the ballot yet.", "%(n)s accepted projects are not on the ballot yet.", len(accepted)
        )
        yield BallotNote(words % {"n": len(accepted)}, address)
    if waits:
        words = ngettext(
            "The assessment or an appeal of %(n)s project still goes on.",
            "The assessment or an appeal of %(n)s projects still goes on.", waits,
        )  # fmt: skip
        yield BallotNote(words % {"n": waits}, address)
    across = sum(tie.first.pool_id != tie.second.pool_id for tie in exclusions(edition))
    if across:
        words = ngettext(
            "%(n)s pair of different pools excludes one another: the count does not settle that.",
            "%(n)s pairs of different pools exclude one another: the count does not settle that.", across,
        )  # fmt: skip
        yield BallotNote(words % {"n": across}, address)


def told_of(application: Application) -> dict[str, Any]:
    """What the budget's ballot says of the project."""
    point = None if application.longitude is None or application.latitude is None else (application.longitude, application.latitude)
    return {
        "number": application.number, "name": application.title, "cost_grosze": application.checked_grosze,
        "category": label_of("category", application.category), "place": application.place, "point": point,
        "url": application.get_absolute_url(),
    }  # fmt: skip
