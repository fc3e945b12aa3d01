"""What the screens of the intranet read: the feed, the search, the report by unit, the directory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ratusz.foundation.kit.lemmas import lemmas_of_word, query_lemmas, words_of
from ratusz.foundation.kit.words import polish_sort_key, search_key
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.publishing.intranet import audience, rules
from ratusz.publishing.intranet.models import Notice, NoticeVersion, Reading
from ratusz.publishing.intranet.structure import lines_of
from ratusz.publishing.intranet.tree import read_tree


def words_for_search(title: str, lead: str, body: list) -> str:
    """Keys of all lemmas and own forms between spaces: what `found` looks into."""
    keys: set[str] = set()
    for word in words_of(" ".join([title, lead, *lines_of(body)])):
        keys |= {*lemmas_of_word(word), search_key(word)}
    return f" {' '.join(sorted(keys))} " if keys else ""


def found(notices: QuerySet[Notice], query: str) -> QuerySet[Notice]:
    """Those that have every word of the query in any form, with or without Polish letters."""
    for group in query_lemmas(query[:200]):
        fits = Q()
        for key in group:
            fits |= Q(words__contains=f" {key} ")
        notices = notices.filter(fits)
    return notices


def feed(person: Any, at: datetime, *, category: str = "", query: str = "", everybody: bool = False) -> QuerySet[Notice]:
    """Notices on view for the person (or all of them), pinned ones first, then the newest change."""
    notices = Notice.objects.on_view(at) if everybody else audience.notices_for(person, at)
    notices = notices.filter(category=category) if category else notices
    notices = found(notices, query) if query else notices
    return audience.with_answer(notices, person).select_related("owner_unit").order_by("-is_pinned", "-changed_at", "-pk")


def home_of(person: Any, at: datetime) -> str:
    """The intranet, for whoever works in the Office."""
    is_at_home = rules.is_staff(person) and Appointment.objects.in_force(at).filter(person=person).exists()
    return reverse("intranet:home") if is_at_home else ""


def last_seen(person: Any, notices: list[Notice]) -> dict[int, int]:
    """Which version of each the person saw last; missing ones were never opened."""
    return dict(Reading.objects.filter(person=person, notice__in=notices).values_list("notice", "last_seen"))


def newest_version(notice: Notice) -> NoticeVersion | None:
    """What readers see now."""
    return notice.versions.select_related("written_by").filter(number=notice.current_version).first()


@dataclass
class UnitInReport:
    """How a unit stands: how many are asked and how many confirmed; `missing` is filled only for their superior."""

    unit: Unit
    asked: int = 0
    confirmed: int = 0
    may_see_names: bool = False
    missing: list[User] = field(default_factory=list)

    @property
    def missing_count(self) -> int:
        return self.asked - self.confirmed


@dataclass(frozen=True)
class Report:
    """Units in the order of the alphabet, never by how they do; somebody of two units counts in both, and once in the whole."""

    units: list[UnitInReport]
    asked: int
    confirmed: int

    @property
    def shows_names(self) -> bool:
        return any(row.missing for row in self.units)


def report(notice: Notice, person: Any, at: datetime, *, whole: bool) -> Report:
    """Who is asked and who has confirmed, by unit; names of the missing only where `person` is the superior.

    Without `whole` only the units they head: a head compares nobody else's.
    """
    tree = read_tree()
    confirmed = audience.confirmed_people(notice)
    headed = audience.headed_units(person, at, tree)
    places = audience.audience_of(notice, at, tree).select_related("unit", "person")
    rows: dict[int, UnitInReport] = {}
    seen: set[tuple[int, int]] = set()
    for place in places:
        if (place.unit_id, place.person_id) in seen or not (whole or place.unit_id in headed):
            continue
        seen.add((place.unit_id, place.person_id))
        row = rows.setdefault(place.unit_id, UnitInReport(place.unit, may_see_names=place.unit_id in headed))
        row.asked += 1
        row.confirmed += place.person_id in confirmed
        if row.may_see_names and place.person_id not in confirmed:
            row.missing.append(place.person)
    for row in rows.values():
        row.missing.sort(key=_by_name)
    people = {person_id for _unit, person_id in seen}
    ordered = sorted(rows.values(), key=lambda row: (row.unit.sort_key, row.unit.name))
    return Report(ordered, asked=len(people), confirmed=len(people & confirmed))


def missing_in(notice: Notice, unit: Unit, at: datetime) -> list[User]:
    """Those of exactly this unit who have yet to confirm, by name; only for their superior's screens."""
    confirmed = audience.confirmed_people(notice)
    places = audience.audience_of(notice, at).filter(unit=unit).select_related("person")
    people = {place.person for place in places if place.person_id not in confirmed}
    return sorted(people, key=_by_name)


def _by_name(person: User) -> tuple[str, str]:
    return polish_sort_key(f"{person.last_name} {person.first_name}"), person.email
