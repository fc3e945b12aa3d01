"""The list of all projects of an edition: narrowed and sorted in memory, drawn as one table."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget import presentation
from ratusz.participation.budget.models import Edition, Pool
from ratusz.participation.budget.queries import ListedEnd
from ratusz.participation.budget.tables import draw_rows, link, table_of, text
from ratusz.ui.parts import Column

PROJECT_SORTS = {
    "numer": ("number", False),
    "projekt": ("name", False),
    "punkty": ("points", True),
    "osoby": ("voters", True),
    "koszt": ("cost", True),
}
KEYS = {
    "numer": lambda end: (end.pool.position, end.position),
    "projekt": lambda end: end.sort_key,
    "punkty": lambda end: (end.points, end.number),
    "osoby": lambda end: (end.voters, end.number),
    "koszt": lambda end: (end.cost_grosze, end.number),
}


def sorted_ends(ends: Sequence[ListedEnd], key: str, is_descending: bool) -> list[ListedEnd]:
    """Sorted by one column; the order by number is the order they come in."""
    if key == "numer":
        return list(reversed(ends)) if is_descending else list(ends)
    return sorted(ends, key=KEYS[key], reverse=is_descending)


def projects_table(drawn: dict[int, str], ends: Sequence[ListedEnd], key: str, is_descending: bool, query: QueryDict) -> SafeString:
    """One row a project, out of those `draw_projects` gave. Sort links keep the search and the filters."""
    others = query.copy()
    others.pop("sort", None)
    address = f"?{others.urlencode()}&" if others else "?"
    return table_of(_("Projects of this edition"), _columns(key, is_descending, address), [drawn[end.project_id] for end in ends])


def _columns(key: str, is_descending: bool, address: str) -> list[Column]:
    labels = [
        ("projekt", _("Project"), False, True),
        ("pula", _("Pool"), False, False),
        ("punkty", _("Points"), True, False),
        ("osoby", _("People"), True, False),
        ("koszt", _("Cost"), True, False),
        ("wynik", _("Result"), False, False),
    ]
    return presentation.sort_columns(labels, PROJECT_SORTS, key, is_descending, address)


def draw_projects(edition: Edition, pools: Sequence[Pool], ends: Sequence[ListedEnd]) -> dict[int, str]:
    """The row of each project by its number in the database, for every order and every filter of the list."""
    names = {pool.pk: text(pool.name) for pool in pools}
    base = f"{edition.get_absolute_url()}projekty/"
    rows = [
        (
            link(f"{base}{end.slug}/", end.name, kicker=end.number),
            names[end.pool.pk],
            text(grouped(end.points)),
            text(grouped(end.voters)),
            text(zlotys(end.cost_grosze)),
            presentation.result_cell(end),
        )
        for end in ends
    ]
    drawn = draw_rows(_columns("numer", False, ""), rows)
    return {end.project_id: row for end, row in zip(ends, drawn, strict=True)}
