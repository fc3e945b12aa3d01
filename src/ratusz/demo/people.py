"""The Office of Katowice as a tree of units, and one made-up person per role."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ratusz.demo.accounts import DEMO_ACCOUNTS
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.actions import create_account
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units.actions import appoint, save_unit
from ratusz.foundation.units.models import Unit

SINCE = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Warsaw"))
OFFICE = ("UM", "Urząd Miasta Katowice", Unit.Kind.OFFICE, None)
UNITS = [
    # symbol (made up where the public one is not known), name, kind, part of
    ("KP", "Kancelaria Prezydenta Miasta", Unit.Kind.OFFICE_UNIT, "UM"),
    ("KS", "Wydział Komunikacji Społecznej", Unit.Kind.OFFICE_UNIT, "UM"),
    ("BD", "Wydział Budynków i Dróg", Unit.Kind.OFFICE_UNIT, "UM"),
    ("KST", "Wydział Kształtowania Środowiska", Unit.Kind.OFFICE_UNIT, "UM"),
    ("ES", "Wydział Edukacji i Sportu", Unit.Kind.OFFICE_UNIT, "UM"),
    ("K", "Wydział Kultury", Unit.Kind.OFFICE_UNIT, "UM"),
    ("PS", "Wydział Polityki Społecznej", Unit.Kind.OFFICE_UNIT, "UM"),
    ("SK", "Wydział Budżetu Miasta", Unit.Kind.OFFICE_UNIT, "UM"),
    ("INF", "Wydział Informatyki", Unit.Kind.OFFICE_UNIT, "UM"),
    ("BOM", "Biuro Obsługi Mieszkańców", Unit.Kind.OFFICE_UNIT, "UM"),
    ("IOD", "Stanowisko ds. ochrony danych", Unit.Kind.OFFICE_UNIT, "UM"),
    ("MZUIM", "Miejski Zarząd Ulic i Mostów", Unit.Kind.ENTITY, None),
    ("ZZM", "Zakład Zieleni Miejskiej", Unit.Kind.ENTITY, None),
    ("MOPS", "Miejski Ośrodek Pomocy Społecznej", Unit.Kind.ENTITY, None),
    ("MBP", "Miejska Biblioteka Publiczna", Unit.Kind.ENTITY, None),
    ("MOSIR", "Miejski Ośrodek Sportu i Rekreacji", Unit.Kind.ENTITY, None),
    ("WOD", "Katowickie Wodociągi", Unit.Kind.COMPANY, None),
]


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("komórki i konta")
    with acting(system("demo")):
        units = {}
        for symbol, name, kind, parent in [OFFICE, *UNITS]:
            units[symbol] = Unit.objects.filter(short_name=symbol).first() or save_unit(
                name=name, short_name=symbol, kind=kind, parent=units.get(parent), is_department=symbol == "KS"
            )
        for each in DEMO_ACCOUNTS:
            if not User.objects.filter(email=each.email).exists():
                account = create_account(email=each.email, first_name=each.first_name, last_name=each.last_name)
                appoint(person=account, role=Role.objects.get(code=each.code), unit=units[each.unit], starts=SINCE)
