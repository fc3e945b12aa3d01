"""The made-up edition of a simulation: opened rules, pools by the formula, projects, a ballot frozen by two people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.actions import create_account
from ratusz.foundation.people.models import Role
from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.actions import appoint, save_unit
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget import actions
from ratusz.participation.budget.edition_rules import rules_of, signature_limit
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.pool_making import PoolInput

CITY = "Symulacja (zmyślone miasto)"
FIRST_EDITION_YEAR = 2013
THINGS = ("ławki przy szkole", "nowe drzewa", "plac zabaw", "kino pod chmurką", "stojaki na rowery", "kurs pierwszej pomocy",
          "oświetlenie parku", "biblioteka plenerowa", "siłownia na powietrzu", "łąka kwietna")  # fmt: skip
COMMITTEE = ("przewodnicząca komisji", "sekretarz komisji", "radny", "przedstawicielka organizacji", "prawnik Urzędu")
NEEDED = 3


@dataclass(frozen=True)
class Size:
    """How large the edition is."""

    districts: int = 22
    local_projects: int = 9
    city_projects: int = 30


@dataclass(frozen=True)
class People:
    """Who does what: two for the Office, two for the committee, two clerks who type cards."""

    coordinator: Any
    head: Any
    chair: Any
    holder: Any
    first_clerk: Any
    second_clerk: Any


def make_people() -> People:
    """Made-up accounts with their roles."""
    office = save_unit(name="Wydział Symulacji", short_name="SYM", kind=Unit.Kind.OFFICE_UNIT, is_department=True)
    committee = save_unit(name="Komisja głosowania (symulacja)", short_name="KOM", kind=Unit.Kind.OFFICE_UNIT)
    roles = (("budget_coordinator", office), ("head", office), ("committee_chair", committee), ("key_holder", committee))
    clerks = [_person("desk_officer", office, name) for name in ("pierwsza", "druga")]
    return People(*(_person(code, unit) for code, unit in roles), *clerks)


def _person(code: str, unit: Unit, name: str = "osoba") -> Any:
    account = create_account(email=f"{code}-{name}@symulacja.example", first_name="Osoba", last_name="Zmyślona")
    appoint(person=account, role=Role.objects.get(code=code), unit=unit, starts=database_now() - timedelta(days=1))
    return account


def make(size: Size, people: People, random: Random) -> Edition:
    """The edition with its ballot frozen, ready for a vote."""
    load_districts()
    today = local_day(database_now())
    edition = actions.make_edition(
        city=CITY, year=today.year, number=today.year - FIRST_EDITION_YEAR, kind=Edition.WITH_A_VOTE, rules_preset="katowice",
        voting_starts=None, voting_ends=None, actor=people.coordinator,
    )  # fmt: skip
    actions.set_calendar(edition=edition, days=_days(today), person=people.coordinator)
    pools = _pools(size)
    actions.make_pools(edition=edition, given=pools, person=people.coordinator)
    # A small city may ask for fewer signatures; nobody signs here, but the edition opens only with lawful rules.
    lawful = min(rules_of(edition).value("signatures.city"), signature_limit(sum(pools.people.values())))
    # The made-up council has passed the clauses that a committee with a key and annulments need.
    clauses = {"annulment.before_count": True, "key_committee": True}
    actions.set_rules(edition=edition, values={"signatures.city": lawful} | clauses, person=people.coordinator)
    edition.refresh_from_db()
    _put_projects(edition, size, random)
    actions.open_edition(edition=edition, person=people.coordinator)
    for person in (people.coordinator, people.head):
        actions.freeze_ballot(edition=Edition.objects.get(pk=edition.pk), person=person)
    return Edition.objects.get(pk=edition.pk)


def _days(today: date) -> dict[str, tuple[date, date]]:
    """A calendar that is in the middle of its voting today."""
    starts = {"submission": 200, "formal": 160, "substantive": 130, "ballot_list": 20, "voting": 3}
    days = {code: today - timedelta(days=before) for code, before in starts.items()}
    found = {code: (first, first + timedelta(days=10)) for code, first in days.items()}
    return found | {"results": (found["voting"][1] + timedelta(days=1), found["voting"][1] + timedelta(days=10))}


def _pools(size: Size) -> PoolInput:
    people = {}
    for district in District.objects.order_by("number")[: size.districts]:
        count = district.registered_counts.order_by("-day").first()
        people[district.pool_code] = count.people if count else 5_000 + 700 * district.number
    return PoolInput(people, dict.fromkeys(people, 0), tuple(list(people)[:3]))


def _put_projects(edition: Edition, size: Size, random: Random) -> None:
    for pool in edition.pools.order_by("position"):
        for place in range(1, (size.city_projects if pool.is_city_wide else size.local_projects) + 1):
            thing = THINGS[(place + pool.position) % len(THINGS)]
            share = random.choice((4, 8, 8, 12, 20, 35))
            actions.put_on_ballot(
                pool=pool, number=f"{pool.code}/{place:02}/{edition.roman}", name=f"Symulacja: {thing} ({place})",
                cost_grosze=pool.budget_grosze * share // 100 // 10_000 * 10_000,
            )  # fmt: skip
