"""What is read of projects: by a link, for lists, by number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from ratusz.foundation.kit.registries import Receipt
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.numbers import meant
from ratusz.participation.projects import rules, standing_in
from ratusz.participation.projects.announced import shown_state, with_shown_state
from ratusz.participation.projects.models import (
    Application,
    ApplicationQuerySet,
    Call,
    Check,
    Course,
    Merger,
    Opinion,
    Party,
    ProjectList,
    Stage,
    State,
)
from ratusz.participation.projects.wording import state_words

LEFT = (State.WITHDRAWN, State.MERGED)
"""Projects nobody checks any more."""


def editions_with_projects() -> Any:
    """Editions of the city that take or hold projects, the newest first."""
    states = (Edition.State.DRAFT, Edition.State.OPEN)
    found = Edition.objects.of_this_city().filter(Q(state__in=states) | Q(applications__isnull=False))
    return found.distinct().newest_first()


def by_link(edition_slug: str, token: str) -> Application | None:
    """The application of an author's link."""
    found = Application.objects.filter(edition__slug=edition_slug, link_digest=rules.digest_of(token))
    return found.select_related("edition", "pool").first()


def by_invitation(edition_slug: str, token: str) -> Party | None:
    """The co-author an invitation is for."""
    found = Party.objects.filter(application__edition__slug=edition_slug, link_digest=rules.digest_of(token))
    return found.select_related("application__edition").first()


def listed(edition: Any, *, pool: str = "", state: str = "", words: str = "", whose: Q | None = None) -> ApplicationQuerySet:
    """Submitted applications of an edition, narrowed, as the Office sees them; `whose`: of whose queue."""
    found = _narrowed(edition, pool, words)
    if state:
        found = found.filter(state=state)
    if whose is not None:
        found = found.filter(whose, check_of__decided_at=None)
    return found


def listed_for_all(edition: Any, *, pool: str = "", state: str = "", words: str = "") -> Any:
    """Submitted applications of an edition, narrowed, each with `shown_state`: what everybody may know."""
    found = with_shown_state(_narrowed(edition, pool, words), edition)
    return found.filter(shown_state=state) if state else found


def _narrowed(edition: Any, pool: str, words: str) -> ApplicationQuerySet:
    found = Application.objects.submitted().filter(edition=edition).select_related("pool", "edition").by_number()
    if pool:
        found = found.filter(pool__code=pool)
    if words:
        key = search_key(words)
        found = found.filter(Q(number__icontains=words) | Q(title__icontains=words) | Q(lemmas__contains=[key]))
    return found


def find_receipt(number: str, at: datetime) -> Receipt | None:
    """Where a submitted project stands, however its number is written; of equal numbers the newest edition's."""
    numbers = list(Application.objects.submitted().values_list("number", flat=True).distinct())
    found = meant(number, numbers)
    made = found and Application.objects.filter(number=found).select_related("edition").order_by("-edition__year").first()
    return Receipt(title=str(made), status=state_words(shown_state(made)), url=made.get_absolute_url()) if made else None


def author_has_email(application: Application) -> bool:
    """Whether letters reach the author by themselves."""
    return application.parties.filter(role=Party.Role.AUTHOR).exclude(email="").exists()


def verifiers(at: datetime) -> list[User]:
    """Active members of staff who may check projects."""
    held = Appointment.objects.in_force(at).filter(role__code__in=rules.CLERKS).values("person")
    people = User.objects.filter(pk__in=held, is_active=True).order_by("last_name", "first_name")
    return [each for each in people if rules.may(each, "check", None, at)]


def queues(edition: Edition, at: datetime) -> list[dict[str, Any]]:
    """Who has how much to check formally, and which unit how many opinions to give; by name, nobody is ranked."""
    held = Check.objects.filter(application__edition=edition, decided_at=None).exclude(application__state__in=LEFT)
    names = [f"{who}__{part}_name" for who in ("verifier", "substitute") for part in ("first", "last")]
    standing = standing_in.names_now(at)
    people = held.values("verifier", *names).annotate(number=Count("pk"))
    found = [
        _in_queue(row, "verifier") | {"verifier": row["verifier"], "stands_in": _stand_in(row, standing)}
        for row in people.order_by("verifier__last_name", "verifier__first_name")
    ]
    asked = Opinion.objects.filter(application__edition=edition, given_at=None, application__state=State.FORMAL_YES)
    units = asked.values("unit", "unit__name").annotate(number=Count("pk"), due=Min("due_at")).order_by("unit__sort_key")
    return found + [
        {
            "who": row["unit__name"], "verifier": None, "number": row["number"], "due": row["due"],
            "stands_in": ", ".join(standing.get(("unit", row["unit"]), [])),
        }
        for row in units
    ]  # fmt: skip


def _stand_in(row: dict[str, Any], standing: dict[tuple[str, int], list[str]]) -> str:
    """Who stands in for a verifier: of the project itself, then those of today's substitutions."""
    names = [_in_queue(row, "substitute")["who"], *standing.get(("person", row["verifier"]), [])]
    return ", ".join(filter(None, dict.fromkeys(names)))


def _in_queue(row: dict[str, Any], who: str) -> dict[str, Any]:
    name = f"{row[f'{who}__first_name'] or ''} {row[f'{who}__last_name'] or ''}".strip()
    return {"who": name, "number": row["number"], "due": None}


def call_by_link(edition_slug: str, token: str) -> Call | None:
    """The letter an author answers."""
    found = Call.objects.filter(application__edition__slug=edition_slug, link_digest=rules.digest_of(token))
    return found.select_related("application__edition", "application__pool").first()


def merger_by_link(edition_slug: str, token: str) -> tuple[Merger, str] | None:
    """The merger an author is asked about, and the digest that says which author it is."""
    digest = rules.digest_of(token)
    found = Merger.objects.filter(Q(kept_link_digest=digest) | Q(absorbed_link_digest=digest), kept__edition__slug=edition_slug)
    merger = found.select_related("kept__edition", "absorbed").first()
    return (merger, digest) if merger else None


def result_of(application: Application, stage: str) -> Course | None:
    """The step that told how a check ended, before any appeal; None while it goes on."""
    ends = {Stage.FORMAL: (State.FORMAL_YES, State.FORMAL_NO), Stage.SUBSTANTIVE: (State.POSITIVE, State.NEGATIVE)}[Stage(stage)]
    return application.course.filter(state__in=ends).select_related("application__edition").first()


def list_with(application: Application, stage: str) -> ProjectList | None:
    """The first published list of that check that names the project as refused."""
    for made in ProjectList.objects.filter(edition=application.edition_id, kind=stage).order_by("version"):
        if any(row["number"] == application.number and row["result"] == "negative" for row in made.rows):
            return made
    return None
