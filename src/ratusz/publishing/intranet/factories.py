"""Notices, buildings and people of units for tests and the demo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.intranet import actions
from ratusz.publishing.intranet.models import Building, Notice
from ratusz.publishing.intranet.structure import from_text

FAR = datetime(2099, 1, 1, tzinfo=UTC)
TEXT = """W piątek o godz. 10.00 ćwiczymy ewakuację. Gdy usłyszysz sygnał, wyjdź najbliższym wyjściem.

- nie używaj windy
- weź okrycie"""


class BuildingFactory(factory.django.DjangoModelFactory):
    """A building without units."""

    class Meta:
        model = Building

    name = factory.Sequence(lambda n: f"Próbna {n}")


def make_writer(role_code: str = "editor") -> Any:
    """An editor of the department."""
    return AppointmentFactory(role_code=role_code).person


def make_staff(unit: Any, role_code: str = "employee", **person: Any) -> Any:
    """Somebody of a unit."""
    return AppointmentFactory(role_code=role_code, unit=unit, **{f"person__{name}": value for name, value in person.items()}).person


def make_draft(person: Any = None, **facts: Any) -> Notice:
    """A draft with a text, for all staff unless `targets` are given."""
    person = person or make_writer()
    given = {"title": "Próbna ewakuacja", "lead": "Ćwiczymy w piątek.", "body": from_text(TEXT)}
    facts = {**given, "owner_unit": facts.pop("owner_unit", None) or person.appointments.first().unit, **facts}
    return actions.write_notice(person=person, **facts)


def make_notice(person: Any = None, **facts: Any) -> Notice:
    """The same, published; `is_required=True` asks until the far future unless `due_at` is given."""
    person = person or make_writer()
    if facts.get("is_required"):
        facts.setdefault("due_at", FAR)
    notice = make_draft(person, **facts)
    actions.publish_notice(notice=notice, person=person)
    notice.refresh_from_db()
    return notice


__all__ = ["FAR", "AppointmentFactory", "BuildingFactory", "UnitFactory", "make_draft", "make_notice", "make_staff", "make_writer"]
