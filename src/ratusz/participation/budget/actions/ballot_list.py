"""Put projects on the ballot, say which exclude one another, and freeze the ballot: two people, its SHA-256 published."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import polish_sort_key, search_key
from ratusz.participation.budget import rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.contests import project_slug
from ratusz.participation.budget.edition_rules import rules_of, sha256_of
from ratusz.participation.budget.models import Edition, EditionChange, ExclusionSet, Pool, Project

EXCLUSION_REASON = 500


@transaction.atomic
def put_on_ballot(
    *, pool: Pool, number: str, name: str, cost_grosze: int, category: str = "", place: str = "",
    point: tuple[float, float] | None = None, url: str = "", person: Any = None,
) -> Project:  # fmt: skip
    """Puts an accepted project into its pool; a number that is there already is brought up to date. Raises NotPossible."""
    pool = _held(pool, person)
    if fault := rules.fault_of_number(pool.edition.rules_preset, number):
        raise rules.NotPossible(fault)
    longitude, latitude = point or (None, None)
    facts = {
        "name": name, "sort_key": polish_sort_key(name), "search_key": search_key(f"{number} {name}"), "cost_grosze": cost_grosze,
        "category": category, "place": place, "longitude": longitude, "latitude": latitude, "card_url": url,
    }  # fmt: skip
    last = pool.projects.aggregate(last=Max("position"))["last"]
    slug = project_slug(number)
    if Project.objects.filter(edition=pool.edition, slug=slug).exclude(pool=pool, number=number).exists():
        slug = f"{pool.slug[:40]}-{slug}"[:70]
    new = {"edition": pool.edition, "slug": slug, "position": 0 if last is None else last + 1}
    try:
        with transaction.atomic():
            project, _is_new = Project.objects.update_or_create(
                pool=pool, number=number, defaults=facts, create_defaults=facts | new
            )
    except IntegrityError as error:
        raise rules.NotPossible(
            _("The project {number} does not fit on the ballot. Check its cost and place.").format(number=number)
        ) from error
    record(deed="budget.put_on_ballot", subject=project, after={"number": number, "cost_grosze": cost_grosze}, actor=person)
    return project


@transaction.atomic
def take_off_ballot(*, pool: Pool, number: str, reason: str, person: Any = None) -> None:
    """Takes a project off a ballot nobody froze yet, with the sets that name it. Raises NotAllowed, NotPossible."""
    pool = _held(pool, person)
    project = pool.projects.filter(number=number).first()
    if project is None:
        raise rules.NotPossible(_("This project is not on the ballot."))
    for one in pool.exclusion_sets.all():
        if number in one.numbers:
            one.delete()
    record(deed="budget.take_off_ballot", subject=project, before={"number": number}, after={"reason": reason}, actor=person)
    project.delete()


@transaction.atomic
def drop_exclusion(*, exclusion: ExclusionSet, person: Any = None) -> None:
    """Takes a set back, while nobody froze the ballot. Raises NotAllowed, NotPossible."""
    pool = _held(exclusion.pool, person)
    before = {"numbers": exclusion.numbers, "reason": exclusion.reason}
    record(deed="budget.drop_exclusion", subject=pool, before=before, actor=person)
    exclusion.delete()


@transaction.atomic
def exclude_one_another(*, pool: Pool, numbers: list[str], reason: str, person: Any = None) -> ExclusionSet:
    """Keeps a set of projects of which at most one is built. Raises NotPossible."""
    pool = _held(pool, person)
    wanted = sorted(set(numbers))
    if len(wanted) < 2 or not reason.strip() or pool.projects.filter(number__in=wanted).count() != len(wanted):
        raise rules.NotPossible(_("Give at least two projects of this pool and the reason why only one can be built."))
    if pool.exclusion_sets.filter(numbers=wanted).exists():
        raise rules.NotPossible(_("These projects exclude one another already."))
    made = ExclusionSet.objects.create(pool=pool, numbers=wanted, reason=reason.strip()[:EXCLUSION_REASON])
    record(deed="budget.exclude_one_another", subject=pool, after={"numbers": wanted, "reason": made.reason}, actor=person)
    return made


@transaction.atomic
def freeze_ballot(*, edition: Edition, person: Any, looked_at: str = "") -> Edition:
    """The first person proposes, another one freezes: each project has its place, the list its SHA-256. Nothing moves after that.

    The list the second person freezes must be the one the first saw; `looked_at` is the SHA-256 of the list on the person's own
    page. Drawn order: by SHA-256 of a seed made at this moment and published. Raises NotAllowed, NotPossible.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    at = database_now()
    require(person, "freeze_ballot", edition, at)
    if edition.opened_at is None:
        raise rules.NotPossible(_("Open the edition first: the order on the ballot is one of its rules."))
    _check_not_frozen(edition)
    if not edition.projects.exists():
        raise rules.NotPossible(_("There is no project on the ballot yet."))
    seen = sha256_of(ballot_content(edition))
    if looked_at and looked_at != seen:
        raise rules.NotPossible(_("The list changed since you looked at it. Look at it again, then go on."))
    waiting = edition.changes.filter(kind=EditionChange.Kind.BALLOT, settled_at=None).first()
    if waiting is None or waiting.after["list"] != seen:
        return _propose(edition, person, seen, waiting, at)
    rules.check_second_person(waiting, person)
    seed = secrets.token_hex(16) if rules_of(edition).value("ballot.order") == "lot" else ""
    _number(edition, seed)
    waiting.settled_by, waiting.settled_at, waiting.is_approved = person, at, True
    waiting.save()
    # Lots of a tie have their seed before anybody votes: nobody can try seeds until the result is to their liking.
    edition.lot_seed = secrets.token_hex(16)
    edition.ballot_seed, edition.ballot_frozen_at = seed, at
    edition.ballot_hash = sha256_of(ballot_content(edition))
    edition.save(update_fields=["ballot_seed", "lot_seed", "ballot_frozen_at", "ballot_hash"])
    record(
        deed="budget.freeze_ballot",
        subject=edition,
        after={"sha256": edition.ballot_hash, "seed": seed, "lots": edition.lot_seed},
        actor=person,
    )
    return edition


def _propose(edition: Edition, person: Any, seen: str, waiting: EditionChange | None, at: Any) -> Edition:
    if waiting is not None:
        waiting.settled_by, waiting.settled_at = person, at
        waiting.save()
    EditionChange.objects.create(
        edition=edition, kind=EditionChange.Kind.BALLOT, after={"list": seen}, reason=_("The list of projects is ready."),
        proposed_by=person, proposed_at=at,
    )  # fmt: skip
    record(deed="budget.propose_ballot", subject=edition, after={"list": seen}, actor=person)
    return edition


def _number(edition: Edition, seed: str) -> None:
    for pool in edition.pools.all():
        projects = list(pool.projects.order_by("position"))
        projects.sort(key=lambda one: drawn_key(seed, one.number) if seed else number_key(one.number))
        for position, project in enumerate(projects, start=1):
            project.ballot_position = position
        Project.objects.bulk_update(projects, ["ballot_position"])


def drawn_key(seed: str, number: str) -> str:
    """Where a project stands in a drawn order: by SHA-256 of seed and number, so that anybody can draw it again."""
    return hashlib.sha256(f"{seed}{number}".encode()).hexdigest()


def number_key(number: str) -> list[tuple[int, str]]:
    """Numbers in the order of their values: L2/10/X after L2/9/X."""
    parts = number.replace("/", " ").replace("-", " ").split()
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def ballot_content(edition: Edition) -> dict[str, Any]:
    """The ballot as plain data: per pool the projects in their order, and the sets that exclude one another."""
    pools = edition.pools.prefetch_related("projects", "exclusion_sets").order_by("position")
    return {
        "city": edition.city, "year": edition.year, "edition": edition.number, "seed": edition.ballot_seed,
        **({"lots": edition.lot_seed} if edition.lot_seed else {}),
        "pools": [
            {"code": pool.code,
             "projects": [{"number": one.number, "name": one.name, "grosze": one.cost_grosze}
                          for one in sorted(pool.projects.all(), key=lambda one: (one.ballot_position or 0, one.position))],
             "exclusions": [one.numbers for one in pool.exclusion_sets.all()]}
            for pool in pools
        ],
    }  # fmt: skip


def _held(pool: Pool, person: Any) -> Pool:
    """The pool, its edition held until the end of the transaction, as freezing holds it: nothing slips under a ballot while its
    SHA-256 is being made. Raises NotAllowed, NotPossible once it is frozen."""
    edition = Edition.objects.select_for_update().get(pk=pool.edition_id)
    # Read after the lock: whoever waited for it may have waited for the freezing.
    pool = Pool.objects.select_related("edition").get(pk=pool.pk)
    require(person, "put_on_ballot", pool, database_now())
    _check_not_frozen(edition)
    return pool


def _check_not_frozen(edition: Edition) -> None:
    if edition.ballot_frozen_at:
        raise rules.NotPossible(_("The ballot is frozen. A project leaves it only by a recorded withdrawal."))
