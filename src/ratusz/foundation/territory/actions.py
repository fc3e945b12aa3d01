"""What staff and the demo do to the map of the city: load districts, shapes and streets."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.territory.imports import Checked, check_shapes, check_streets
from ratusz.foundation.territory.models import AddressRange, District, RegisteredCount, Street
from ratusz.foundation.territory.plan import outlines_of
from ratusz.foundation.territory.rules import may, street_key

PACKS = Path(__file__).parent / "packs"


@transaction.atomic
def load_districts(*, pack: str = "katowice_districts", actor=None) -> int:
    """Writes the districts of a pack (a file in packs/ without its ending), by number; repeatable. Returns how many there are."""
    entries = tomllib.loads((PACKS / f"{pack}.toml").read_text(encoding="utf-8"))["district"]
    for entry in entries:
        _write_district(dict(entry))
    record(deed="territory.load_districts", subject=pack, after={"districts": len(entries)}, actor=actor)
    return len(entries)


def _write_district(entry: dict) -> None:
    counts = entry.pop("registered", [])
    entry["sort_key"] = polish_sort_key(entry["name"])
    district, _is_new = District.objects.update_or_create(number=entry.pop("number"), defaults=entry)
    for count in counts:
        RegisteredCount.objects.update_or_create(
            district=district, day=count["day"], defaults={"people": count["people"], "source": count["source"]}
        )


class Refused(ValueError):
    """A file with faults, or a person who may not; nothing was written."""


@transaction.atomic
def import_shapes(*, content: bytes, actor=None) -> int:
    """Writes the districts' shapes of a GeoJSON file: all or none, repeatable. Returns how many. Raises Refused."""
    checked = _checked(check_shapes(content), actor)
    for number, geometry in checked.shapes.items():
        District.objects.filter(number=number).update(shape=geometry)
    # Of all districts anew: neighbours share an edge, also when only one of them came.
    known = {each.number: each.shape for each in District.objects.exclude(shape=None) if each.shape}
    for number, outline in outlines_of(known).items():
        District.objects.filter(number=number).update(outline=outline)
    record(deed="territory.import_shapes", subject="districts", after={"shapes": len(checked.shapes)}, actor=actor)
    return len(checked.shapes)


@transaction.atomic
def import_streets(*, content: bytes, actor=None) -> int:
    """Replaces all streets and house numbers by those of a CSV file: all or none, repeatable. Returns the rows. Raises Refused."""
    checked = _checked(check_streets(content), actor)
    Street.objects.all().delete()
    names = {street_key(part.street): part.street for part in reversed(checked.ranges)}
    streets = Street.objects.bulk_create(Street(name=name, key=key, sort_key=polish_sort_key(name)) for key, name in names.items())
    by_key = {street.key: street for street in streets}
    AddressRange.objects.bulk_create(
        AddressRange(street=by_key[street_key(p.street)], district=p.district, first=p.first, last=p.last, side=p.side)
        for p in checked.ranges
    )
    record(
        deed="territory.import_streets", subject="streets", after={"streets": len(names), "rows": len(checked.ranges)}, actor=actor
    )
    return len(checked.ranges)


def _checked(checked: Checked, actor) -> Checked:
    if actor is not None and not may(actor, "import_map", None, database_now()):
        raise Refused(_("Your role does not change the map of the city."))
    if checked.faults:
        raise Refused("; ".join(f"{fault.row}: {fault.reason}" for fault in checked.faults))
    return checked
