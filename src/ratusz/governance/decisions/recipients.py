"""Who is written to on a day: heads of units, people in charge, posts; a stand-in instead of whoever is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.governance.decisions.ladder_pack import ladder
from ratusz.governance.decisions.rules import HEADS, OFFICE

Recipient = tuple[str, int]
""" ("person", account) or ("unit", unit): a unit is written to where nobody is appointed in it."""


class Directory:
    """Everybody whom the ladder may reach at one moment; four queries however many decisions there are."""

    def __init__(self, at: datetime):
        in_force = list(
            Appointment.objects.in_force(at)
            .filter(role__code__in=(*HEADS, *OFFICE))
            .values_list("pk", "person_id", "role__code", "unit_id")
            .order_by("pk")
        )
        away = dict(
            Appointment.objects.in_force(at).filter(standing_in_for__isnull=False).values_list("standing_in_for_id", "person_id")
        )
        whose = dict(Appointment.objects.filter(pk__in=away).values_list("pk", "person_id"))
        self.stand_ins = {whose[pk]: person for pk, person in away.items() if pk in whose}
        self._heads: dict[str, dict[int, list[int]]] = {role: defaultdict(list) for role in HEADS}
        self._office: list[int] = []
        for pk, person, role, unit in in_force:
            if pk in away:
                continue
            if role in OFFICE:
                self._office.append(person)
            else:
                self._heads[role][unit].append(person)
        units = Unit.objects.values_list("pk", "short_name", "email")
        self._units = {pk: (symbol, email) for pk, symbol, email in units}
        self._by_symbol = {symbol: pk for pk, (symbol, _email) in self._units.items()}

    def heads_of(self, unit: int | None) -> list[Recipient]:
        """The head, else the deputy, else the unit's own address."""
        if unit is None:
            return []
        for role in HEADS:
            if found := self._heads[role].get(unit):
                return [("person", person) for person in dict.fromkeys(found)]
        return [("unit", unit)] if self._units.get(unit, ("", ""))[1] else []

    def person(self, person: int | None, unit: int | None) -> list[Recipient]:
        """The person in charge, or whoever stands in for them today; without one, the head of the unit."""
        if person is None:
            return self.heads_of(unit)
        return [("person", self.stand_ins.get(person, person))]

    def post(self, name: str) -> list[Recipient]:
        """The holder of a post of the pack; nobody there: the President's office."""
        unit = self._by_symbol.get(ladder().posts[name])
        return self.heads_of(unit) or self.office()

    def office(self) -> list[Recipient]:
        return [("person", person) for person in dict.fromkeys(self._office)]

    def reached(self, recipients: Iterable[Recipient]) -> dict[Recipient, Any]:
        """Recipient -> what `notifications.send` takes: an account, or the unit's address."""
        wanted = set(recipients)
        people = User.objects.filter(pk__in=[pk for kind, pk in wanted if kind == "person"], is_active=True).in_bulk()
        found: dict[Recipient, Any] = {("person", pk): person for pk, person in people.items() if person.email}
        return found | {("unit", pk): self._units[pk][1] for kind, pk in wanted if kind == "unit"}
