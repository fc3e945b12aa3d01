"""Reads of moderation: the queue narrowed, appeals, what a month brought for the moderators' meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.moderation import catalogue, rules
from ratusz.casework.moderation.models import (
    Appeal,
    Deed,
    Example,
    Item,
    Judgement,
    Mode,
    Outcome,
    PlaceRules,
    State,
    Suspension,
)
from ratusz.casework.moderation.registries import Place
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.units.rules import holds_department_role

MANY_FLAGS = 3
MOST_FLAGGED = 10


def _due(prefix: str) -> Subquery:
    subject = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    running = Clock.objects.running().annotate(wanted=subject).filter(subject=F("wanted"), paused_at=None)
    return Subquery(running.order_by(F("due_at").asc(nulls_last=True)).values("due_at")[:1])


def with_terms() -> Any:
    """Items with the nearest term that runs (`due_at`) and how many people flagged them (`flag_count`)."""
    flags = Count("flags", distinct=True)
    return Item.objects.annotate(due_at=_due("moderation.item:"), flag_count=flags).select_related("unit", "person")


def of_or_untaken(person: Any) -> Q:
    """The person's own items and those nobody has taken."""
    return Q(person=None) | Q(person=person.pk)


def visible_to(person: Any, at: datetime) -> Q:
    """Everything for moderators of the department; for those of a place what stands there."""
    if holds_department_role(person, *rules.MODERATORS, at=at):
        return Q()
    return Q(place__in=rules.places_of(person, at))


def mode_of(place: Place | None, key: str, at: datetime) -> Mode:
    """How the place publishes at that moment: the newest setting, else its module's own."""
    found = PlaceRules.objects.filter(place=key, starts__lte=at).order_by("-starts", "-pk").first() if key else None
    return Mode(found.mode) if found else Mode(place.default_mode if place else "post")


def suspension_of(*, author: Any = None, address: str = "", at: datetime) -> Suspension | None:
    """The suspension that keeps an account or an address from writing; upper modules ask before they take words in."""
    own = Q(author=author.pk) if getattr(author, "pk", None) else Q(pk=None)
    by_address = Q(author_address__iexact=plain_address(address)) if address else Q(pk=None)
    return Suspension.objects.in_force(at).filter(own | by_address).order_by("-ends").first()


def decided(things: Collection[str]) -> dict[str, Judgement]:
    """The newest decision about each thing, by its key; none where that one left the thing as it was."""
    made = Judgement.objects.filter(item__thing__in=things).select_related("item").order_by("pk")
    newest = {each.item.thing: each for each in made}
    return {thing: each for thing, each in newest.items() if each.deed != Deed.APPROVE}


def queue(chosen: dict[str, Any], person: Any, at: datetime) -> QuerySet[Any]:
    """The items asked for that the person may see: urgent ones first, then those whose term comes first."""
    items = with_terms().filter(visible_to(person, at))
    state = chosen.get("stan") or "otwarte"
    if state == "otwarte":
        items = items.open()
    elif state == "po_terminie":
        items = items.open().filter(due_at__lte=at)
    elif state == "zamkniete":
        items = items.filter(state__in=(State.JUDGED, State.GONE))
    elif state in State.values:
        items = items.filter(state=state)
    if kind := chosen.get("rodzaj"):
        items = items.filter(kind=kind)
    if source := chosen.get("skad"):
        items = items.filter(source=source)
    if reason := chosen.get("powod"):
        items = items.filter(judgements__reason=reason)
    if chosen.get("moje"):
        items = items.filter(person=person.pk)
    if text := (chosen.get("szukaj") or "").strip():
        number = plain_number(text)
        items = items.filter(Q(label__icontains=text) | (Q(pk=number) if number is not None else Q(pk=None)))
    return items.order_by(F("closed_at").desc(nulls_first=True), "-is_urgent", F("due_at").asc(nulls_last=True), "pk").distinct()


def appeals(state: str) -> QuerySet[Any]:
    """Appeals, open ones by default; those due first at the top."""
    found = Appeal.objects.annotate(due_at=_due("moderation.appeal:")).select_related(
        "judgement__item", "judgement__person", "decided_by"
    )
    if state == "rozstrzygniete":
        return found.exclude(decided_at=None).order_by("-decided_at", "pk")
    return found.filter(decided_at=None).order_by("due_at", "pk")


def open_appeals() -> QuerySet[Any]:
    """Appeals that wait, with all who judged in the matter."""
    return appeals("").prefetch_related("judgement__item__judgements", "judgement__item__flags")


def examples(*, public_only: bool = False) -> dict[str, list[Example]]:
    """Examples in force by reason."""
    found = Example.objects.filter(retired_at=None)
    by_reason: dict[str, list[Example]] = {}
    for each in found.filter(is_public=True) if public_only else found:
        by_reason.setdefault(each.reason, []).append(each)
    return by_reason


def earlier_of_author(item: Item) -> int:
    """How many things of the same author were changed or hidden before; 0 where nobody is known."""
    if item.author_id is None:
        return 0
    judged = Judgement.objects.filter(item__author=item.author_id).exclude(item=item.pk).exclude(deed__in=("approve", "ask"))
    return judged.values("item").distinct().count()


@dataclass(frozen=True)
class Matter:
    """One matter for the moderators' meeting, in codes; the agenda puts it into words."""

    about: str
    """appeal | reversed | other | late | flagged | open."""
    item: Item
    judgement: Judgement | None = None
    appeal: Appeal | None = None
    clock: Clock | None = None
    flags: int = 0
    """How many people flagged it in the month."""


def month(since: datetime, until: datetime) -> list[Matter]:
    """What [since, until) brought: appeals, decisions reversed, every "other", clocks missed, what many flagged, what is open.

    A reversed appeal is told as reversed, not twice.
    """
    return [*_appeals(since, until), *_others(since, until), *_late(since, until), *_flagged(since, until), *_open(until)]


def _appeals(since: datetime, until: datetime) -> list[Matter]:
    touched = (
        Q(filed_at__gte=since, filed_at__lt=until)
        | Q(decided_at__gte=since, decided_at__lt=until)
        | Q(decided_at=None, filed_at__lt=until)
    )
    found = Appeal.objects.filter(touched).select_related("judgement__item").order_by("filed_at", "pk")
    about = {Outcome.REVERSED: "reversed", Outcome.PARTLY: "reversed"}
    matters = [
        Matter(about.get(Outcome(each.outcome), "appeal") if each.outcome else "appeal", each.judgement.item, each.judgement, each)
        for each in found
    ]
    return sorted(matters, key=lambda matter: matter.about != "reversed")


def _others(since: datetime, until: datetime) -> list[Matter]:
    found = Judgement.objects.filter(reason=catalogue.OTHER, judged_at__gte=since, judged_at__lt=until).select_related("item")
    return [Matter("other", each.item, each) for each in found.order_by("judged_at", "pk")]


def missed_clocks(since: datetime, until: datetime) -> QuerySet[Clock]:
    """Clocks of moderation whose term passed in [since, until) while nothing stopped them."""
    clocks = Clock.objects.filter(rule_code__startswith="moderation.", due_at__gte=since, due_at__lt=until)
    return clocks.filter(Q(stopped_at=None, paused_at=None) | Q(stopped_at__gte=F("due_at")))


def _late(since: datetime, until: datetime) -> list[Matter]:
    missed = missed_clocks(since, until).order_by("due_at", "pk")
    items = {f"moderation.item:{each.pk}": each for each in Item.objects.filter(pk__in=_numbers(missed, "item"))}
    of_appeals = Appeal.objects.filter(pk__in=_numbers(missed, "appeal")).select_related("judgement__item")
    items |= {each.key: each.judgement.item for each in of_appeals}
    return [Matter("late", items[each.subject], clock=each) for each in missed if each.subject in items]


def _flagged(since: datetime, until: datetime) -> list[Matter]:
    """What many people flagged, most first; each is decided, for what is open is told as open."""
    flagged = Count("flags", filter=Q(flags__flagged_at__gte=since, flags__flagged_at__lt=until))
    found = Item.objects.exclude(closed_at=None).annotate(count=flagged).filter(count__gte=MANY_FLAGS)
    return [Matter("flagged", each, flags=each.count) for each in found.order_by("-count", "pk")[:MOST_FLAGGED]]


def _numbers(clocks: QuerySet[Clock], noun: str) -> list[int]:
    return [int(each.subject.rpartition(":")[2]) for each in clocks if each.subject.startswith(f"moderation.{noun}:")]


def _open(until: datetime) -> list[Matter]:
    return [Matter("open", each) for each in Item.objects.open().filter(opened_at__lt=until).order_by("opened_at", "pk")]
