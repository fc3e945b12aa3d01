"""A plan is begun, changed, deleted; whatever is missing is told, and nothing is refused for being unfinished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.actions.steps import begin, noted, plain
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.modes.pack import all_modes
from ratusz.participation.consultations.planned.actions import free_slug, number_it

EDITABLE = (
    "title", "subject", "purpose", "open_questions", "decided_by", "summary", "target_group", "label", "modes", "owner_unit",
    "owner_person", "starts_on", "ends_on", "order_number", "ordered_on", "alternative", "what_next", "contact", "final_act",
    "key_dates", "follows",
)  # fmt: skip


@transaction.atomic
def begin_consultation(
    *, facts: dict[str, Any], person: Any, areas: Iterable[District] | None = None, form_key: Any = None
) -> Consultation:
    """A plan with a number and an address; nobody outside the Office sees it. The same form sent twice is one plan.

    `facts` are fields of EDITABLE, the title at least. `areas`: districts it concerns; none of them is the whole city, and the
    scope may be drawn later. Raises NotYours, ConsultationRefused.
    """
    at = database_now()
    rules.check_may(person, "plan", None, at)
    if form_key and (known := Consultation.objects.filter(form_key=form_key).first()):
        return known
    made = Consultation(created_at=at, created_by=person, form_key=form_key, slug=free_slug(facts["title"]))
    _write(made, facts)
    made.save(force_insert=True)
    number_it(made)
    _write_areas(made, list(areas or ()))
    noted("begin", made, person, number=made.number, title=made.title)
    return made


def _write_areas(consultation: Consultation, districts: list[District]) -> None:
    rows = [Area(consultation=consultation, kind=Area.Kind.DISTRICT, name=each.name, district=each) for each in districts]
    Area.objects.bulk_create(rows or [Area(consultation=consultation, kind=Area.Kind.CITY, name=whole_city())])


@transaction.atomic
def change_plan(*, consultation: Consultation, facts: dict[str, Any], person: Any) -> Consultation:
    """Changes what is written in a plan that is not announced yet. Raises NotYours, ConsultationRefused."""
    fresh, _at = begin(consultation, "plan", person)
    rules.check_planned(fresh)
    before = {name: plain(getattr(fresh, name)) for name in facts if name in EDITABLE}
    _write(fresh, facts)
    fresh.save()
    after = {name: plain(getattr(fresh, name)) for name in before}
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        told = {name: before[name] for name in changed}
        noted("change_plan", fresh, person, told, **{name: after[name] for name in changed})
    return fresh


def _write(consultation: Consultation, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if name in EDITABLE:
            setattr(consultation, name, value)
    if unknown := [code for code in consultation.modes if code not in all_modes()]:
        raise rules.ConsultationRefused(_("There is no mode “%(mode)s”.") % {"mode": unknown[0]})
    rules.check_days(consultation.starts_on, consultation.ends_on)


def whole_city() -> str:
    """The name of the area that is the whole city."""
    return _("the whole city").capitalize()


@transaction.atomic
def delete_plan(*, consultation: Consultation, person: Any) -> None:
    """A plan nobody saw goes, with its forms; its number is never given again. Raises NotYours, ConsultationRefused."""
    fresh, _at = begin(consultation, "plan", person)
    rules.check_planned(fresh)
    if fresh.notices.exists() or fresh.opinions.exists() or fresh.forms.exclude(subject="").exists():
        raise rules.ConsultationRefused(_("Notices, opinions or meetings belong to this plan already. Cancel those first."))
    noted("delete_plan", fresh, person, {"number": fresh.number, "title": fresh.title})
    fresh.forms.all().delete()
    fresh.delete()
