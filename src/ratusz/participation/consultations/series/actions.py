"""A series is begun, its consultations are made, its template is mended for those that follow it, an instance follows it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models import Area, Consultation, Series, SeriesInstance
from ratusz.participation.consultations.planned.actions import make_planned
from ratusz.participation.consultations.series import rules

FIELDS = (
    "title", "template", "forms", "label", "modes", "owner_unit", "owner_person", "starts_on", "ends_on", "order_number",
    "ordered_on",
)  # fmt: skip


@transaction.atomic
def begin_series(*, facts: dict[str, Any], person: Any) -> Series:
    """A template without consultations yet; `facts` are FIELDS. Raises NotYours, SeriesRefused."""
    now = database_now()
    rules.check_may(person, "manage", None, now)
    rules.check_template(facts["template"], facts.get("starts_on"), facts.get("ends_on"))
    made = Series.objects.create(made_at=now, made_by=person, **{name: facts[name] for name in FIELDS if name in facts})
    record(deed="consultations.begin_series", subject=made, actor=person)
    return made


@transaction.atomic
def make_instances(*, series: Series, districts: Iterable[District], person: Any) -> list[SeriesInstance]:
    """A planned consultation for each district that has none in the series yet; repeatable. Raises NotYours."""
    series = _locked(series, person)
    known = set(series.instances.values_list("district", flat=True))
    made = [_make(series, each, person) for each in districts if each.pk not in known]
    if made:
        record(deed="consultations.make_instances", subject=series, after={"instances": len(made)}, actor=person)
    return made


def _make(series: Series, district: District, person: Any) -> SeriesInstance:
    area = {"kind": Area.Kind.DISTRICT, "name": district.name, "district": district, "shape": None}
    consultation = make_planned(facts=rules.said_for(series, district), areas=[area], forms=series.forms, person=person)
    return SeriesInstance.objects.create(series=series, consultation=consultation, district=district)


@transaction.atomic
def mend_template(*, series: Series, facts: dict[str, Any], person: Any) -> int:
    """Writes the template anew; instances that are not announced take over what nobody wrote by hand. Gives how many changed.

    Raises NotYours, SeriesRefused.
    """
    series = _locked(series, person)
    rules.check_template(facts["template"], facts.get("starts_on"), facts.get("ends_on"))
    instances = list(_instances(series))
    said_until_now = {each.pk: rules.said_for(series, each.district) for each in instances}
    before = {name: str(getattr(series, name)) for name in facts}
    for name in FIELDS:
        if name in facts:
            setattr(series, name, facts[name])
    series.save()
    changed = sum(_follow(series, each, said_until_now[each.pk]) for each in instances)
    after = {name: str(getattr(series, name)) for name in facts}
    record(deed="consultations.mend_template", subject=series, before=before, after=after | {"changed": changed}, actor=person)
    return changed


def _instances(series: Series):
    """Those that are not announced, their consultations locked: a launch at the same moment waits, or is seen."""
    rows = series.instances.select_related("consultation", "district").select_for_update(of=("self", "consultation"))
    return rows.filter(consultation__announced_at=None).order_by("pk")


def _follow(series: Series, instance: SeriesInstance, said_until_now: dict[str, Any]) -> bool:
    """Takes over what the template says now; True when something changed."""
    consultation = instance.consultation
    values = {name: getattr(consultation, name) for name in said_until_now}
    overridden = rules.written_by_hand(values, said_until_now, instance.overridden)
    if overridden != instance.overridden:
        SeriesInstance.objects.filter(pk=instance.pk).update(overridden=overridden)
    wanted = rules.follows(rules.said_for(series, instance.district), overridden)
    changed = {name: value for name, value in wanted.items() if values[name] != value}
    if changed:
        Consultation.objects.filter(pk=consultation.pk).update(**changed)
    return bool(changed)


@transaction.atomic
def follow_again(*, instance: SeriesInstance, person: Any) -> None:
    """What was written by hand gives way to the template, unless everybody has read it. Raises NotYours."""
    series = _locked(instance.series, person)
    mine = _instances(series).filter(pk=instance.pk).first()
    if mine is None:
        return
    SeriesInstance.objects.filter(pk=mine.pk).update(overridden=[])
    Consultation.objects.filter(pk=mine.consultation_id).update(**rules.said_for(series, mine.district))
    record(deed="consultations.follow_template", subject=mine.consultation, actor=person)


def _locked(series: Series, person: Any) -> Series:
    rules.check_may(person, "manage", series, database_now())
    return Series.objects.select_for_update().get(pk=series.pk)
