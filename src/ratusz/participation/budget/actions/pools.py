"""The pools of a draft computed by the city's formula, each with its terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.territory.models import District
from ratusz.participation.budget import pool_making, rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.edition_rules import CITY_LEVEL, level_rules, pool_formula_of, rules_of
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.engine.pool_formula import PoolFormula
from ratusz.participation.budget.models import Edition, Pool, PoolTerm

CITY_CODE = "M"
CITY_NAME = "Pula ogólnomiejska"
WHOLE = "cała reszta puli ogólnomiejskiej"
ROUNDED = "zaokrąglenie do pełnych złotych"


@transaction.atomic
def make_pools(
    *, edition: Edition, given: pool_making.PoolInput, people_day: date | None = None, formula: PoolFormula | None = None,
    person: Any = None,
) -> list[Pool]:  # fmt: skip
    """Writes the pools of a draft with their terms, in place of those it had. Raises NotAllowed, NotPossible."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require(person, "prepare_edition", edition, database_now())
    formula = formula or pool_formula_of(rules_of(edition))
    if edition.state != Edition.State.DRAFT or edition.projects.exists():
        raise rules.NotPossible(_("Pools are computed while the edition is a draft without projects."))
    if formula is None:
        raise rules.NotPossible(_("The rules of this city have no formula of pools."))
    try:
        terms = pool_making.computed(formula, given)
    except ValueError as error:
        raise rules.NotPossible(
            _("Confirm three different districts with the best turnout; each correction needs its reason.")
        ) from error
    edition.pools.all().delete()
    districts = {district.pool_code: district for district in District.objects.all()}
    made = [_city_pool(edition, formula, given)]
    for one in terms:
        pool = _local_pool(edition, one.code, districts.get(one.code), one.total, given.people[one.code], people_day)
        rows = pool_making.term_rows(one, ROUNDED, pool_making.arithmetic(formula, given, one.code))
        _write_terms(pool, list(rows))
        made.append(pool)
    after = {"pools": {pool.code: pool.budget_grosze for pool in made}, "best_turnout": list(given.best_turnout)}
    record(deed="budget.make_pools", subject=edition, after=after, actor=person)
    return made


def _local_pool(edition: Edition, code: str, district: District | None, total: int, people: int, day: date | None) -> Pool:
    name = district.name if district else code
    number = int(code[1:]) if code[1:].isdecimal() else edition.pools.count()
    return _pool(edition, code, name, "district", total, position=number, slug=district.slug if district else code.lower(),
                 district=district, registered=people, registered_day=day)  # fmt: skip


def _city_pool(edition: Edition, formula: PoolFormula, given: pool_making.PoolInput) -> Pool:
    total = pool_making.city_sum(formula, given, CITY_CODE)
    pool = _pool(edition, CITY_CODE, CITY_NAME, CITY_LEVEL, total, position=0, slug="ogolnomiejska")
    rows = [(PoolTerm.Kind.BASE, formula.city_base, ""), (PoolTerm.Kind.CARRIED, given.leftovers.get(CITY_CODE, 0), WHOLE)]
    if CITY_CODE in given.corrections:
        rows.append((PoolTerm.Kind.CORRECTION, *given.corrections[CITY_CODE]))
    _write_terms(pool, rows)
    return pool


def _pool(edition: Edition, code: str, name: str, place: str, total: int, **facts: Any) -> Pool:
    level = preset(edition.rules_preset).level_of(place, name)
    bound = level_rules(edition, level, rules_of(edition))
    return Pool.objects.create(
        edition=edition, code=code, name=name, sort_key=polish_sort_key(name), place=place, budget_grosze=total,
        rules=to_plain(bound), threshold=int(bound.threshold.value) or None, most_points=bound.ballot.points, **facts,
    )  # fmt: skip


def _write_terms(pool: Pool, rows: list[tuple[Any, int, str]]) -> None:
    PoolTerm.objects.bulk_create(
        PoolTerm(pool=pool, position=position, kind=kind, grosze=grosze, reason=reason)
        for position, (kind, grosze, reason) in enumerate(rows)
    )
