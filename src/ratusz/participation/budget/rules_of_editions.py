"""When settings of an edition may stand: known names and types, signatures within the law. Pure but for the pools it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.budget.edition_rules import EditionRules, RuleValue, bonus_shares, signature_limit
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.rules import NotPossible

LAWFUL_PERMYRIAD = 10
TIE_STEPS = ("cheaper", "dearer", "more_voters", "earlier_number", "lot", "manual")


def check_settings(edition: Edition, settings: EditionRules, values: Mapping[str, Any]) -> None:
    """Raises NotPossible for a value that cannot stand, alone or by art. 5a ust. 7 (signatures above 0.1 %)."""
    for name, value in values.items():
        if name not in settings.entries:
            raise NotPossible(_("There is no setting {name}.").format(name=name))
        _check_value(settings.entries[name], value)
    wanted = {name: values.get(name, settings.value(name)) for name in ("signatures.city", "signatures.local_permyriad")}
    residents = sum(pool.registered or 0 for pool in edition.pools.all() if not pool.is_city_wide)
    if (
        wanted["signatures.local_permyriad"] > LAWFUL_PERMYRIAD
        or residents
        and wanted["signatures.city"] > signature_limit(residents)
    ):
        text = _(
            "So many signatures are above 0.1 % of the residents, which the law does not allow. For the whole city: at most {most}."
        )
        raise NotPossible(text.format(most=signature_limit(residents)))


def _check_value(entry: RuleValue, value: Any) -> None:
    is_same_kind = type(value) is type(entry.value)
    in_choices = not entry.choices or value in dict(entry.choices)
    ties_known = entry.name != "tie" or isinstance(value, str) and all(step.strip() in TIE_STEPS for step in value.split(","))
    is_known = ties_known and _fits_the_formula(entry.name, value)
    if not (is_same_kind and in_choices and is_known) or isinstance(value, int) and value < 0 or value == "":
        raise NotPossible(_("The value of “{title}” cannot be read. Correct it.").format(title=entry.title))


def _fits_the_formula(name: str, value: Any) -> bool:
    """Percentages of the formula of pools are no more than 100; the shares of the reward make 100 together."""
    if name in ("pool.equal_percent", "pool.kept_percent"):
        return isinstance(value, int) and value <= 100
    if name != "pool.bonus":
        return True
    try:
        return bool(bonus_shares(value))
    except (ValueError, AttributeError):
        return False
