"""Make an edition, and take back what was brought in by mistake while nothing of it is published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.models import Ballot, Edition, Pool
from ratusz.ui import chrome


@transaction.atomic
def make_edition(
    *,
    city: str,
    year: int,
    number: int | None,
    kind: str,
    rules_preset: str,
    voting_starts: date | None,
    voting_ends: date | None,
    demonstrates: str = "",
    actor: Any = None,
) -> Edition:
    """Makes an empty edition. Raises NotAllowed, and NotPossible when it is there already."""
    require(actor, "make_edition", None, database_now())
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                city=city, year=year, number=number, kind=kind, rules_preset=rules_preset,
                voting_starts=voting_starts, voting_ends=voting_ends, demonstrates=demonstrates,
                slug=rules.slug_of(demonstrates) if demonstrates else edition_slug(city, year, kind),
            )  # fmt: skip
    except IntegrityError as error:
        raise rules.NotPossible(_("This edition is already here. Choose it in the list of editions.")) from error
    record(deed="budget.make_edition", subject=edition, after={"edition": str(edition), "kind": kind}, actor=actor)
    return edition


def edition_slug(city: str, year: int, kind: str) -> str:
    """The year alone for votes of the city the program serves, or while no other city's edition is here."""
    is_plain = city == chrome.city() or not Edition.objects.exclude(city=city).exists()
    plain = str(year) if is_plain else f"{rules.slug_of(city)}-{year}"
    if kind != Edition.WITH_A_VOTE:
        plain = f"{rules.slug_of(kind)}-{plain}"
    taken = set(Edition.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return plain if plain not in taken else next(f"{plain}-{n}" for n in range(2, 100) if f"{plain}-{n}" not in taken)


@transaction.atomic
def remove_edition(*, edition: Edition, actor: Any = None) -> None:
    """Takes an empty edition back. Raises NotAllowed, NotPossible."""
    require(actor, "remove_edition", edition, database_now())
    if edition.pools.exists():
        raise rules.NotPossible(_("There are pools in this edition. Remove them first, while they are not published."))
    record(deed="budget.remove_edition", subject=edition, before={"edition": str(edition)}, actor=actor)
    edition.delete()


@transaction.atomic
def remove_pool(*, pool: Pool, actor: Any = None) -> None:
    """Takes a pool with its projects and ballots back, while its edition is not open and none of its results is published.

    Raises NotAllowed, NotPossible.
    """
    edition = Edition.objects.select_for_update().get(pk=pool.edition_id)
    pool = Pool.objects.select_for_update(of=("self",)).select_related("edition").get(pk=pool.pk)
    require(actor, "remove_pool", pool, database_now())
    if edition.opened_at:
        raise rules.NotPossible(_("This edition is open: its pools are part of its published rules and stay."))
    if pool.results.exclude(published_at=None).exists():
        raise rules.NotPossible(_("The result of this pool is published, so the pool stays. Record a change instead."))
    if pool.changes.exists():
        raise rules.NotPossible(_("Decisions on this pool are recorded, so the pool stays. Ask whoever looks after the program."))
    before = {"pool": str(pool), "edition": str(pool.edition), "ballots": pool.ballots.count(), "projects": pool.projects.count()}
    pool.results.all().delete()
    # The database keeps the ballots of a complete pool as they are: the pool is opened again first.
    pool.ballots_are_complete = False
    pool.save(update_fields=["ballots_are_complete"])
    Ballot.objects.filter(pool=pool).delete()
    pool.projects.all().delete()
    pool.delete()
    record(deed="budget.remove_pool", subject=pool.edition, before=before, actor=actor)
