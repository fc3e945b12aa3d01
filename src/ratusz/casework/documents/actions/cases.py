"""A case is opened with its sign, closed, and gets its number of the document system."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ratusz.casework.documents import rules
from ratusz.casework.documents.actions.numbers import take_number
from ratusz.casework.documents.file_plan import class_on
from ratusz.casework.documents.models import Case
from ratusz.casework.documents.registries import case_kinds
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit

SIGN = "{unit}.{plan_class}.{{number}}.{{year}}"
"""Unit, class, number in the year, year: § 5 of the filing instruction (Dz.U. 2011 nr 14 poz. 67, annex 1)."""


@transaction.atomic
def open_case(*, kind: str, subject: str, title: str, unit: Unit, url: str = "", person: Any = None) -> Case:
    """Opens a case of a registered kind and gives it its sign; the same subject has one case, however often it is asked for.

    Raises NotInForce: the file plan has no such class that day.
    """
    if known := Case.objects.filter(subject=subject).first():
        return known
    now = database_now()
    plan = class_on(case_kinds[kind].plan_class, local_day(now))
    place = f"{unit.short_name}.{plan.symbol}"
    number = take_number(
        series=f"case:{place}", subject=subject, at=now, pattern=SIGN.format(unit=unit.short_name, plan_class=plan.symbol)
    )
    case, is_new = Case.objects.get_or_create(
        subject=subject,
        defaults={
            "kind": kind, "sign": number.text, "title": title[:300], "unit": unit, "url": url, "plan_class": plan.symbol,
            "category": plan.category, "opened_at": now,
        },
    )  # fmt: skip
    if is_new:
        record(deed="documents.open_case", subject=case, after={"kind": kind, "unit": unit.short_name}, actor=person)
    return case


@transaction.atomic
def close_case(*, subject: str, person: Any = None) -> Case | None:
    """The case is closed from now; None where the thing has no case, and nothing changes where it is closed already."""
    case = Case.objects.select_for_update().filter(subject=subject).first()
    if case is None or case.closed_at is not None:
        return case
    case.closed_at = database_now()
    case.save(update_fields=["closed_at"])
    record(deed="documents.close_case", subject=case, after={"closed_at": case.closed_at}, actor=person)
    return case


@transaction.atomic
def note_number(*, case: Case, number: str, person: Any) -> Case:
    """The number under which the document system keeps the case, typed by whoever carried it over. Raises NotYours."""
    rules.check_may(person, "hand", case, database_now())
    case = Case.objects.select_for_update().get(pk=case.pk)
    before, case.foreign_number = case.foreign_number, number.strip()[:120]
    case.save(update_fields=["foreign_number"])
    after = {"foreign_number": case.foreign_number}
    record(deed="documents.note_number", subject=case, before={"foreign_number": before}, after=after, actor=person)
    return case
