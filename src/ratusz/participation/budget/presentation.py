"""Parts of the results pages as plain values: columns and rows of tables, tiles, the bar, downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.territory.tiles import tile_places
from ratusz.participation.budget import wording
from ratusz.participation.budget.models import Edition, Pool, PoolResult, PoolTerm, Project, ProjectResult
from ratusz.participation.budget.queries import ListedEnd
from ratusz.participation.budget.tables import Row, link, noted, table, tagged, text
from ratusz.ui.parts import Column, Fact, Funded, Link, Misfit, Tile

DASH = "\u2013"


def crumbs(*links: Link) -> list[Link]:
    """Home, the budget, then the given ones."""
    return [Link(_("Home page"), "/"), Link(_("Participatory budget"), reverse("budget:editions")), *links]


def edition_link(edition: Edition) -> Link:
    return Link(_("Edition {edition}").format(edition=edition), edition.get_absolute_url())


def edition_kicker(edition: Edition) -> str:
    """ "Budżet obywatelski, X edycja, 2023"."""
    if edition.number:
        return _("Participatory budget, edition {roman}, {year}").format(roman=edition.roman, year=edition.year)
    return _("Participatory budget, {city}, {year}").format(city=edition.city, year=edition.year)


def with_edition(pool: Pool, edition: Edition) -> Pool:
    """The pool knowing its edition, so that its address costs no query."""
    pool.edition = edition
    return pool


POOL_SORTS = {
    "pula": ("sort_key", False),
    "pieniadze": ("budget_grosze", True),
    "wydano": ("result.spent_grosze", True),
    "zostalo": ("result.left_grosze", True),
    "projekty": ("result.projects_count", True),
    "karty": ("result.ballots", True),
}


def sorted_pools(pools: Iterable[Pool], key: str, is_descending: bool) -> list[Pool]:
    """The pools in the order asked for; the city-wide one stays on top of the order by name."""
    if key == "pula":
        return sorted(pools, key=lambda pool: (not pool.is_city_wide, pool.sort_key), reverse=is_descending)
    name = POOL_SORTS[key][0]
    return sorted(pools, key=lambda pool: (_value(pool, name), pool.sort_key), reverse=is_descending)


def _value(pool: Pool, name: str) -> int:
    subject: Any = pool
    for part in name.split("."):
        subject = getattr(subject, part)
    return subject


def sort_columns(
    labels: Sequence[tuple[str, str, bool, bool]], sorts: dict, current: str, is_descending: bool, address: str
) -> list[Column]:
    """Columns from (key, label, is number, is heading), those in `sorts` with the link that sorts by them."""
    columns = []
    for key, label, is_number, is_heading in labels:
        sort_url = ""
        if key in sorts:
            turns = not is_descending if key == current else sorts[key][1]
            sort_url = f"{address}sort={'-' if turns else ''}{key}"
        state = ("descending" if is_descending else "ascending") if key == current else ""
        columns.append(Column(key, label, is_number, is_heading, sort_url, state))
    return columns


def pools_table(edition: Edition, pools: Sequence[Pool], current: str, is_descending: bool) -> SafeString:
    """One row a pool: money, spent, left, projects, ballots."""
    columns = sort_columns(
        [
            ("pula", _("Pool"), False, True),
            ("pieniadze", _("Money"), True, False),
            ("wydano", _("Awarded"), True, False),
            ("zostalo", _("Left"), True, False),
            ("projekty", _("Funded of projects"), True, False),
            ("karty", _("Ballots"), True, False),
        ],
        POOL_SORTS, current, is_descending, "?",
    )  # fmt: skip
    return table(_("Results in each pool"), columns, [_pool_row(edition, pool) for pool in pools], _turnout_note(pools))


def _pool_row(edition: Edition, pool: Pool) -> Row:
    result = pool.result
    turnout = wording.percent(result.ballots, pool.registered) if pool.registered else ""
    return (
        link(with_edition(pool, edition).get_absolute_url(), pool.name, kicker=pool.short_code),
        text(zlotys(pool.budget_grosze)),
        text(zlotys(result.spent_grosze)),
        text(zlotys(result.left_grosze)),
        text(_("{funded} of {projects}").format(funded=result.funded_count, projects=result.projects_count)),
        text(grouped(result.ballots)) + noted(turnout),
    )


def _turnout_note(pools: Sequence[Pool]) -> str:
    day = next((pool.registered_day for pool in pools if pool.registered_day), None)
    if day is None:
        return ""
    return _("The percentage beside the ballots: ballots to 100 people registered in the district on {day}.").format(
        day=f"{day:%d.%m.%Y}"
    )


def tiles(edition: Edition, pools: Iterable[Pool]) -> list[Tile]:
    """The districts as tiles in Polish order, darker where more projects were funded."""
    local = sorted((pool for pool in pools if pool.district), key=lambda pool: pool.sort_key)
    places = tile_places()
    most = max((pool.result.funded_count for pool in local), default=0)
    return [
        Tile(
            number=pool.district.number,
            short_name=places[pool.district.number].short_name,
            name=pool.name,
            url=with_edition(pool, edition).get_absolute_url(),
            column=places[pool.district.number].column,
            row=places[pool.district.number].row,
            value=_("{funded} of {projects}").format(funded=pool.result.funded_count, projects=pool.result.projects_count),
            label=f"{pool.result.funded_count}/{pool.result.projects_count}",
            level=-(-4 * pool.result.funded_count // most) if most else 0,
        )
        for pool in local
        if pool.district.number in places
    ]


def ends_table(edition: Edition, ends: Sequence[ListedEnd], caption: str, current: int | None = None, note: str = "") -> SafeString:
    """Projects in the order of counting, each with its reason in plain words."""
    columns = [
        Column("miejsce", _("Place"), is_number=True),
        Column("projekt", _("Project"), is_heading=True),
        Column("punkty", _("Points"), is_number=True),
        Column("osoby", _("People"), is_number=True),
        Column("koszt", _("Cost"), is_number=True),
        Column("wynik", _("Result")),
    ]
    return table(caption, columns, [_end_row(edition, end, current) for end in ends], note)


def _end_row(edition: Edition, end: ListedEnd, current: int | None) -> Row:
    name = (
        tagged(_("this project"), "marker", f"{end.number} {end.name}")
        if end.project_id == current
        else link(project_url(edition, end), end.name, kicker=end.number)
    )
    return (
        text(end.place or DASH),
        name,
        text(grouped(end.points)),
        text(grouped(end.voters)),
        text(zlotys(end.cost_grosze)),
        result_cell(end),
    )


def result_cell(end: ListedEnd) -> str:
    """The verdict as a word that marks it, the reason under it."""
    return tagged(wording.verdict(end), "strong" if end.is_funded else "", wording.reason(end))


def project_url(edition: Edition, project: Project | ListedEnd) -> str:
    """The address of a project's page without a query."""
    return f"{edition.get_absolute_url()}projekty/{project.slug}/"


def bar(edition: Edition, result: PoolResult, ends: Sequence[ListedEnd]) -> dict[str, Any]:
    """The pool's money for the component `money_bar`: funded ones in order, what is left, the first that did not fit."""
    funded = [
        Funded(end.number, end.name, end.paid_grosze, zlotys(end.paid_grosze), project_url(edition, end))
        for end in ends
        if end.is_funded and end.paid_grosze
    ]
    # By Equal Shares no project meets the rest of the pool, so none is the first that did not fit in it.
    walked = (end for end in ends if end.outcome == ProjectResult.Outcome.NO_MONEY and not wording.is_by_shares(end))
    first = next((end for end in walked if end.left_before_grosze is not None), None)
    return {
        "pool": result.budget_grosze,
        "pool_text": zlotys(result.budget_grosze),
        "funded": funded,
        "left_text": zlotys(result.left_grosze),
        "spent_text": zlotys(result.spent_grosze),
        "misfit": first and _misfit(edition, first),
    }


def _misfit(edition: Edition, end: ListedEnd) -> Misfit:
    missing = end.cost_grosze - (end.left_before_grosze or 0)
    return Misfit(
        end.number, end.name, end.cost_grosze, zlotys(end.cost_grosze), missing, zlotys(missing),
        project_url(edition, end),
    )  # fmt: skip


def result_summary(result: PoolResult) -> str:
    """A result in two sentences."""
    return wording.summary(result.funded_count, result.projects_count, result.budget_grosze, result.spent_grosze)


def term_facts(terms: Sequence[PoolTerm]) -> list[Fact]:
    """Where a pool's money comes from, term by term."""
    facts = []
    for term in terms:
        amount = zlotys(term.grosze)
        facts.append(Fact(str(term.get_kind_display()), f"{amount} ({term.reason})" if term.reason else amount))
    return facts


def neighbours(ends: Sequence[ListedEnd], project: Project, reach: int = 2) -> list[ListedEnd]:
    """The project with those just above and below it."""
    at = next(index for index, end in enumerate(ends) if end.project_id == project.pk)
    return list(ends[max(0, at - reach) : at + reach + 1])


def steps_table(ends: Sequence[ListedEnd]) -> SafeString:
    """The walk down the list as a sum anybody can follow: before, cost, after."""
    columns = [
        Column("krok", _("Step"), is_number=True),
        Column("projekt", _("Project"), is_heading=True),
        Column("poparcie", _("Points"), is_number=True),
        Column("przed", _("Was left"), is_number=True),
        Column("koszt", _("Cost"), is_number=True),
        Column("po", _("Is left"), is_number=True),
        Column("wynik", _("Result")),
    ]
    rows = [_step_row(number, end, before) for number, (end, before) in enumerate(_with_money_before(ends), 1)]
    return table(_("The count step by step"), columns, rows)


def _with_money_before(ends: Sequence[ListedEnd]) -> Iterator[tuple[ListedEnd, int | None]]:
    """Each end with what was in the pool before it, in grosze: as the walk met it, by Equal Shares before each purchase."""
    left = ends[0].pool.budget_grosze if ends else 0
    for end in ends:
        if not wording.is_by_shares(end):
            yield end, end.left_before_grosze
            continue
        yield end, left if end.is_funded else None
        left -= end.paid_grosze


def _step_row(number: int, end: ListedEnd, before: int | None) -> Row:
    after = None if before is None else before - end.paid_grosze
    return (
        text(number),
        text(f"{end.number} {end.name}"),
        text(grouped(end.points)),
        text(DASH if before is None else zlotys(before)),
        text(zlotys(end.cost_grosze)),
        text(DASH if after is None else zlotys(after)),
        text(wording.verdict(end)),
    )
