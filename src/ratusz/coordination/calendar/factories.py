"""Elections for tests and the demo."""

from __future__ import annotations

from datetime import date
from typing import Any

from ratusz.coordination.calendar import actions
from ratusz.coordination.calendar.models import Election
from ratusz.foundation.units.factories import AppointmentFactory


def make_election(person: Any = None, **facts: Any) -> Election:
    """Ordered on 29 January, voted on 7 and 21 April 2024; `facts` change it."""
    person = person or AppointmentFactory(role_code="head").person
    given = {
        "kind": "local", "name": "Wybory samorządowe 2024", "ordering_act": "Dz.U. 2024 poz. 109", "territory": "całe miasto",
        "ordered_on": date(2024, 1, 29), "voting_day": date(2024, 4, 7), "second_round_day": date(2024, 4, 21),
    }  # fmt: skip
    return actions.set_up_election(person=person, **{**given, **facts})
