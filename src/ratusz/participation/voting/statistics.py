"""Tables about a vote: counted at stripping, while ways and hours are still known, and at opening; then fit to be published.

A ballot is counted here when it goes on to the count: not annulled, not replaced by a later one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count

from ratusz.participation.voting import disclosure
from ratusz.participation.voting.disclosure import BANDS, Row
from ratusz.participation.voting.models import Vote, VoteTable
from ratusz.participation.voting.reconciliation import sums_of

Name = VoteTable.Name
COUNTED = """
SELECT channel, district, age_band, (cast_at AT TIME ZONE %(zone)s)::date::text,
       extract(hour FROM cast_at AT TIME ZONE %(zone)s)::int, count(*)
  FROM ratusz_voting_sealedballot WHERE vote_id = %(vote)s AND state = 'accepted' GROUP BY 1, 2, 3, 4, 5
"""


def before_stripping(vote: Vote) -> dict[str, Any]:
    """Name -> content of every table that has to be counted before envelopes and voters are parted."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"vote": vote.pk, "zone": settings.TIME_ZONE})
        rows = cursor.fetchall()
    districts = list(vote.edition.pools.order_by("position").values_list("code", flat=True))
    ways, days = [channel for channel, *_rest in sorted(rows)], sorted({row[3] for row in rows})
    level, by_place = disclosure.bands_of_places(_cells(rows, [*districts, ""]))
    return {
        Name.SUMS: _sums(vote),
        Name.CHANNEL: _plain(disclosure.together(_counted(rows, 0, dict.fromkeys(ways)))),
        Name.DISTRICT: _plain(disclosure.together(_counted(rows, 1, [*districts, ""]))),
        Name.DAY: _plain(disclosure.in_order(_counted(rows, 3, days))),
        Name.HOUR: _plain(disclosure.in_order({str(hour): count for hour, count in _counted(rows, 4, range(24)).items()})),
        Name.AGE: _plain(disclosure.in_order(_ages(rows))),
        Name.DISTRICT_AGE: {"level": level, "rows": [[list(row.names), row.count, bands] for row, bands in by_place]},
    }


def _counted(rows: Iterable[tuple], part: int, names: Iterable[Any]) -> dict[Any, int]:
    """Ballots per name, in the order of the names; only those that have any, but for hours."""
    found: Counter[Any] = Counter()
    for row in rows:
        found[row[part]] += row[5]
    return {name: found[name] for name in names}


def _ages(rows: Iterable[tuple]) -> dict[str, int]:
    """Per band; who gave no age stands last, where there is anybody."""
    found = _counted(rows, 2, [*BANDS, ""])
    return {name: count for name, count in found.items() if name or count}


def _cells(rows: Iterable[tuple], districts: Iterable[str]) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found[row[1], row[2]] += row[5]
    return {(place, band): found[place, band] for place in districts for band in (*BANDS, "") if found[place, band]}


def _plain(rows: Iterable[Row]) -> dict[str, Any]:
    return {"rows": [[list(row.names), row.count] for row in rows]}


def _sums(vote: Vote) -> dict[str, Any]:
    """The reconciliation, exact: per way and district people on the roll, envelopes, annulled ones; people in the register."""
    sums = sums_of(vote)
    rows = [[row["channel"], row["district"], row["roll"], row["envelopes"], row["annulled"]] for row in sums.rows()]
    people = dict(vote.register.order_by().values_list("district").annotate(number=Count("pk")))
    return {"totals": sums.totals(), "rows": rows} | ({"people": people} if people else {})


def published(vote: Vote) -> dict[str, Any]:
    """Every table as anybody may have it."""
    return fit(dict(vote.tables.values_list("name", "content")))


def fit(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables with the reconciliation by way and by district apart, in the groups of the other tables.

    Way times district is for the committee alone: one paper card in a district would be one person.
    """
    if Name.SUMS not in tables:
        return dict(tables)
    exact, people = tables[Name.SUMS], tables[Name.SUMS].get("people", {})
    ways = _whole(tables[Name.CHANNEL], [row[0] for row in exact["rows"]])
    places = _whole(tables[Name.DISTRICT], [*(row[1] for row in exact["rows"]), *people])
    sums = {
        "totals": exact["totals"],
        Name.CHANNEL: [[names, _sum(exact["rows"], 0, names, 2), _sum(exact["rows"], 0, names, 3)] for names in ways],
        Name.DISTRICT: [[names, _sum(exact["rows"], 1, names, 2), _sum(exact["rows"], 1, names, 3)] for names in places],
    }
    if people:
        by_place = [[names, sum(people.get(name, 0) for name in names)] for names in places]
        sums["people"] = {"all": sum(people.values()), "district": by_place}
    return {**tables, Name.SUMS: sums}


def _whole(table: Mapping[str, Any], known: Iterable[str]) -> list[list[str]]:
    """Groups of a published table; whoever is in none (nobody voted there, or all were annulled) joins the last one."""
    groups = [list(names) for names, _count in table["rows"]]
    if groups:
        groups[-1] += [name for name in dict.fromkeys(known) if not any(name in names for names in groups)]
    return groups


def _sum(rows: Iterable[Sequence[Any]], part: int, names: Sequence[str], number: int) -> int:
    return sum(row[number] for row in rows if row[part] in names)


def turnout(tables: Mapping[str, Any]) -> tuple[int, int, list[tuple[list[str], int, int]]] | None:
    """(people in the register, who voted, [(districts, people, who voted)]); None for a vote without a register."""
    sums = fit(tables).get(Name.SUMS, {})
    if "people" not in sums:
        return None
    rows = zip(sums["people"]["district"], sums[Name.DISTRICT], strict=True)
    return (
        sums["people"]["all"],
        sums["totals"]["roll"],
        [(names, people, roll) for (names, people), (_names, roll, _sealed) in rows],
    )


def of_parts(parts: Mapping[tuple[bool, bool], int]) -> dict[str, Any]:
    """(a local part was used, the city's part was used) -> ballots: how many left a part blank."""
    return {"both": parts.get((True, True), 0), "local": parts.get((True, False), 0), "city": parts.get((False, True), 0)}
