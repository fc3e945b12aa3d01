"""Tables about a vote: counted at stripping, while ways and hours are still known, and at opening; then fit to be published.

A ballot is counted here when it goes on to the count: not annulled, not replaced by a later one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection

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
    """The reconciliation, exact: per way and district people on the roll, envelopes, annulled ones."""
    sums = sums_of(vote)
    rows = [[row["channel"], row["district"], row["roll"], row["envelopes"], row["annulled"]] for row in sums.rows()]
    return {"totals": sums.totals(), "rows": rows}


def published(vote: Vote) -> dict[str, Any]:
    """Every table as anybody may have it: the reconciliation by way and by district apart, in the groups of the other tables.

    Way times district is for the committee alone: one paper card in a district would be one person.
    """
    tables = dict(vote.tables.values_list("name", "content"))
    if Name.SUMS in tables:
        exact = tables[Name.SUMS]
        tables[Name.SUMS] = {"totals": exact["totals"]} | {
            name: _in_groups(exact["rows"], part, [names for names, _count in tables[name]["rows"]])
            for part, name in enumerate((Name.CHANNEL, Name.DISTRICT))
        }
    return tables


def _in_groups(rows: Iterable[Sequence[Any]], part: int, groups: Sequence[Sequence[str]]) -> list[list[Any]]:
    """[names, people on the roll, envelopes] of each group; whoever is in none (all annulled) joins the last."""
    made = [[list(names), 0, 0] for names in groups]
    for row in rows if made else ():
        group = next((each for each in made if row[part] in each[0]), made[-1])
        if row[part] not in group[0]:
            group[0].append(row[part])
        group[1] += row[2]
        group[2] += row[3]
    return made


def of_parts(parts: Mapping[tuple[bool, bool], int]) -> dict[str, Any]:
    """(a local part was used, the city's part was used) -> ballots: how many left a part blank."""
    return {"both": parts.get((True, True), 0), "local": parts.get((True, False), 0), "city": parts.get((False, True), 0)}
