"""Example messages for tests and the demo city."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.foundation.units.models import Unit
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.models import Message

WARSAW = ZoneInfo("Europe/Warsaw")


def warsaw(*parts: int) -> datetime:
    """A wall-clock moment in the city."""
    return datetime(*parts, tzinfo=WARSAW)


WATER: dict[str, Any] = {
    "title": "Przerwa w dostawie wody: {gdzie}",
    "short_text": "{kiedy} nie będzie wody. Powód: awaria wodociągu.",
    "long_text": "Beczkowóz stoi przed szkołą nr 1.\n\n- Przygotuj zapas wody.\n- Po przerwie spuść pierwszą wodę z kranu.",
    "what": "Przerwa w dostawie wody",
    "place": "ul. Mikołowska 10–44",
    "starts": warsaw(2026, 11, 12, 8),
    "ends": warsaw(2026, 11, 12, 16),
    "for_whom": "mieszkańcy budynków przy ul. Mikołowskiej 10–44",
    "what_to_do": "Przygotuj zapas wody na 8 godzin.",
    "contact": "Pogotowie wodociągowe, tel. 994",
    "source_document": "KST.7021.15.2026",
    "as_of": warsaw(2026, 11, 11, 15, 30),
}


def make_author(role_code: str = "editor", **appointment: Any) -> Any:
    """A member of staff who may write messages."""
    return AppointmentFactory(role_code=role_code, **appointment).person


def make_message(person: Any = None, kind: str = "disruption", places: list[str] | None = None, **facts: Any) -> Message:
    """A message about water, in the places given (all offered ones otherwise); `facts` change its facts."""
    person = person or make_author()
    unit = Unit.objects.order_by("pk").first()
    assert unit is not None
    own = {name: facts.pop(name) for name in ("topic_numbers", "urgency", "valid_until", "language") if name in facts}
    return actions.write_message(person=person, kind=kind, owner_unit=unit, facts=WATER | facts, places=places, **own)


def let_everything_out(message: Message, approver: Any) -> None:
    """Approves and sends every text of a message."""
    actions.approve_all(message=message, person=approver)
    for variant in message.variants.filter(state="approved"):
        actions.send_variant(variant=variant, person=approver)
