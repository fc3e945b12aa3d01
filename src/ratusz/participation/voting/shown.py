"""Sums and statistics of a vote in words: for the public page and the protocol, with what was put together and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.documents.blocks import Block, Table, Text
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.words import grouped
from ratusz.participation.voting import disclosure
from ratusz.participation.voting import statistics as statistics_tables
from ratusz.participation.voting.models import BallotCode, Vote, VoteTable
from ratusz.participation.voting.models.roll import Channel
from ratusz.participation.voting.wording import REASONS

Name = VoteTable.Name
TITLES = {
    Name.CHANNEL: gettext_lazy("Ways of voting"), Name.DISTRICT: gettext_lazy("Districts"), Name.AGE: gettext_lazy("Age"),
    Name.DAY: gettext_lazy("Days"), Name.HOUR: gettext_lazy("Hours"), Name.DISTRICT_AGE: gettext_lazy("Age in districts"),
}  # fmt: skip
WHY_LEVEL = {
    "merged age": gettext_lazy("Ages are in wider bands: in a narrower one some district had fewer than {least} people."),
    "nothing": gettext_lazy("Ages are left out: even in wide bands some district had fewer than {least} people."),
}


@dataclass(frozen=True)
class Shown:
    """One table as it is shown: `note` says what was put together and why."""

    title: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    note: str = ""


def statistics(vote: Vote) -> list[Shown]:
    """Every table of a vote that is not empty: two queries."""
    tables = dict(vote.tables.values_list("name", "content"))
    places = _places(vote)
    made = [_plain(name, tables[name]["rows"], places) for name in TITLES if name in tables and name != Name.DISTRICT_AGE]
    if Name.DISTRICT_AGE in tables:
        made.append(_of_districts(tables[Name.DISTRICT_AGE], places))
    made.insert(2, _turnout(tables, places))
    return [table for table in made if table.rows]


def _places(vote: Vote) -> dict[str, str]:
    known = {pool.code: str(pool) for pool in vote.edition.pools.all()}
    return known | {"": _("no local part used, district not known")}


def _plain(name: str, rows: list[Any], places: dict[str, str]) -> Shown:
    total = sum(count for _names, count in rows)
    shown = [[_label(name, names, places), grouped(count), _share(count, total)] for names, count in rows]
    merged = any(len(names) > 1 for names, _count in rows)
    words = _("Classes with fewer than {least} people stand together with others, so that nobody can be picked out.")
    return Shown(
        str(TITLES[Name(name)]), (str(TITLES[Name(name)]), _("Ballots"), _("Share")), shown,
        words.format(least=disclosure.LEAST) if merged else "",
    )  # fmt: skip


def _turnout(tables: dict[str, Any], places: dict[str, str]) -> Shown:
    """Who voted of those who may, district by district; no row where there is no register."""
    _all, _voted, rows = statistics_tables.turnout(tables) or (0, 0, [])
    shown = [
        [_label(Name.DISTRICT, names, places), grouped(people), grouped(voted), _share(voted, people)]
        for names, people, voted in rows
    ]
    return Shown(_("Turnout in districts"), (_("District"), _("People in the register"), _("Voted"), _("Turnout")), shown)


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f}%".replace(".", ",") if total else ""


def _label(name: str, names: list[str], places: dict[str, str]) -> str:
    if name == Name.HOUR:
        return f"{int(names[0]):02}:00–{int(names[-1]):02}:59"
    if name == Name.DAY:
        first, last = (polish_date(date.fromisoformat(day)) for day in (names[0], names[-1]))
        return first if len(names) == 1 else f"{first} – {last}"
    if name == Name.CHANNEL:
        return ", ".join(str(Channel(each).label) for each in names)
    if name == Name.AGE:
        return ", ".join(_age(each) for each in names)
    return ", ".join(places.get(each, each) for each in names)


def _age(band: str) -> str:
    """An age band in words."""
    return {"": _("not given"), "<18": _("under 18")}.get(band, band.replace("-", "–"))


def _of_districts(content: dict[str, Any], places: dict[str, str]) -> Shown:
    bands: list[str] = []
    for _names, _count, found in content["rows"]:
        bands += [band for band in found if band not in bands]
    order = [*disclosure.BANDS, "18-59", "60+", ""]
    bands.sort(key=order.index)
    rows = [
        [_label(Name.DISTRICT, names, places), grouped(count), *(grouped(found.get(band, 0)) for band in bands)]
        for names, count, found in content["rows"]
    ]
    why = WHY_LEVEL.get(content["level"], "")
    note = str(why).format(least=disclosure.LEAST) if why else ""
    columns = (_("District"), _("Ballots"), *(_age(band) for band in bands))
    return Shown(str(TITLES[Name.DISTRICT_AGE]), columns, rows if bands else [], note)


def sums(vote: Vote) -> list[tuple[str, str]]:
    """The reconciliation as labels and numbers; nothing before it was made."""
    tables = dict(vote.tables.values_list("name", "content"))
    if Name.SUMS not in tables:
        return []
    totals = tables[Name.SUMS]["totals"]
    found = statistics_tables.turnout(tables)
    turnout = [(_("people in the register"), grouped(found[0])), (_("turnout"), _share(found[1], found[0]))] if found else []
    rows = [
        (_("people on the roll"), totals["roll"]), (_("envelopes of these people"), totals["envelopes"]),
        (_("ballots replaced by later ones"), totals["superseded"]), (_("annulled ballots"), totals["annulled"]),
        (_("went on to the count"), totals["to_count"]),
    ]  # fmt: skip
    if Name.PARTS in tables:
        parts = tables[Name.PARTS]
        rows += [
            (_("ballots that used both parts"), parts["both"]), (_("the local part alone"), parts["local"]),
            (_("the city's part alone"), parts["city"]),
        ]  # fmt: skip
    return turnout + [(label, grouped(number)) for label, number in rows]


def annulments(vote: Vote) -> list[tuple[str, int]]:
    """Reasons of annulments with how many, once envelopes and voters are apart."""
    counts = Counter(vote.codes.filter(end=BallotCode.End.ANNULLED).values_list("reason", flat=True))
    return [(str(REASONS.get(reason, reason)), count) for reason, count in sorted(counts.items())]


def sums_blocks(vote: Vote) -> Iterator[Block]:
    """The reconciliation for the protocol."""
    rows = sums(vote)
    if rows:
        yield Table([_("Sum"), _("How many")], rows, caption=_("The roll, the envelopes and the ballots agree"))


def statistics_blocks(vote: Vote) -> Iterator[Block]:
    """All tables for the protocol."""
    for table in statistics(vote):
        yield Table(list(table.columns), table.rows, caption=table.title)
        if table.note:
            yield Text(table.note)
