"""Project numbers as people type them, what a number leads to, and the numbers near it: L12/03/X, l12 03 x, L12-3-X, L12/O3/X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.budget import wording
from ratusz.participation.budget.models import Edition, Project
from ratusz.publishing.website.search.suggestions import distance

_SEPARATORS = re.compile(r"[^0-9A-Z]+")
SHORTEST_TO_GUESS = 4
"""Signs of a number, without separators, below which anything would be near."""


def signs(number: str) -> str:
    """Letters and figures alone; the letter O is read as zero, on both sides of a comparison."""
    return _SEPARATORS.sub("", number.upper()).replace("O", "0")


def signs_without_zeros(number: str) -> str:
    """As `signs`, with the zeros left out that stand at the beginning of a part: L12/03/X is L123X."""
    parts = _SEPARATORS.split(number.upper().replace("O", "0"))
    return "".join(re.sub(r"^([A-Z]*)0+(?=[0-9])", r"\1", part) for part in parts)


def meant(typed: str, numbers: list[str]) -> str | None:
    """The one of `numbers` that was typed: by its signs, else without leading zeros when only one fits; None when none does."""
    exact = [number for number in numbers if signs(number) == signs(typed)]
    loose = exact or [number for number in numbers if signs_without_zeros(number) == signs_without_zeros(typed)]
    return loose[0] if len(loose) == 1 else None


def near(typed: str, numbers: list[str]) -> list[str]:
    """Those of `numbers` that fit without leading zeros or differ from what was typed by one sign, in their order."""
    if len(signs(typed)) < SHORTEST_TO_GUESS:
        return []
    bare, plain = signs_without_zeros(typed), signs(typed)
    return [each for each in numbers if signs_without_zeros(each) == bare or distance(plain, signs(each), 1) <= 1]


def find_receipt(number: str, at: datetime) -> Receipt | None:
    """What a project's number leads to, however it is written; of equal numbers the newest edition's."""
    found = meant(number, _public_numbers())
    return _receipt(found) if found else None


def nearest_receipts(number: str, at: datetime) -> Iterator[Receipt]:
    """Projects whose public number differs by one sign from what was typed."""
    receipts = map(_receipt, near(number, _public_numbers())[:3])
    return (receipt for receipt in receipts if receipt is not None)


def _public_numbers() -> list[str]:
    published = Project.objects.filter(edition__in=Edition.objects.published().of_this_city())
    return list(published.values_list("number", flat=True).distinct().order_by("number"))


def _receipt(number: str) -> Receipt | None:
    projects = Project.objects.filter(edition__in=Edition.objects.published().of_this_city(), number=number)
    project = projects.select_related("edition", "pool__result").order_by("-edition__year").first()
    end = project and project.pool.result and project.pool.result.projects.filter(project=project).select_related("result").first()
    if not project or not end:
        return None
    return Receipt(
        title=f"{project.number} {project.name}",
        status=wording.verdict(end),
        url=project.get_absolute_url(),
        facts=(
            (_("Participatory budget"), str(project.edition)),
            (_("Why"), wording.reason(end)),
            (_("Points"), wording.points(end.points)),
            (_("Cost"), zlotys(end.cost_grosze)),
        ),
    )
