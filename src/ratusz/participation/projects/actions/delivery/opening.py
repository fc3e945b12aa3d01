"""A published result opens the building of each funded project; a later one drops what fell out and takes up what came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget.models import Edition, PoolResult, ProjectResult
from ratusz.participation.projects.actions.delivery.links import close_links, invite_entity
from ratusz.participation.projects.actions.delivery.steps import begin, keep, locked, set_clocks
from ratusz.participation.projects.delivery import queries, rules
from ratusz.participation.projects.delivery.pack import first_stage
from ratusz.participation.projects.models import Delivery, DeliveryDay, DeliveryState, DeliveryStep, DropKind, Opinion
from ratusz.publishing.website.actions import bump_content_version

Kind = DeliveryStep.Kind


@transaction.atomic
def open_deliveries(*, edition: Edition, person: Any = None) -> int:
    """For results published before buildings were kept: opens what is missing; how many. Raises NotYours."""
    at = database_now()
    if person is not None:
        rules.check_may(person, "open", None, at)
    if not edition.is_of_this_city:
        return 0
    # Publishing holds the pool as well: two at once open each building once.
    list(edition.pools.order_by("pk").select_for_update().values_list("pk"))
    missing = list(queries.without_delivery(edition).select_related("project__pool", "project__edition").order_by("pk"))
    _open(missing, at)
    return len(missing)


def hear_results(results: Iterable[PoolResult], at: datetime) -> int:
    """Registered with the budget, within the transaction that publishes; how many buildings were opened.

    Of other cities' editions, which stand here to be compared with, nothing is built.
    """
    ours = {each.pk: each for each in results if each.pool.edition.is_of_this_city}
    ends = ProjectResult.objects.filter(result__in=ours).select_related("project__pool", "project__edition").order_by("pk")
    known = {each.project_id: each for each in Delivery.objects.filter(project__results__result__in=ours)}
    fresh = []
    for end in ends:
        delivery = known.get(end.project_id)
        if delivery is not None:
            _follow_result(delivery, end, ours[end.result_id], at)
        elif end.is_funded:
            fresh.append(end)
    _open(fresh, at)
    return len(fresh)


def _open(ends: list[ProjectResult], at: datetime) -> None:
    """Many at once: an edition funds over a hundred."""
    units = _leading_units(ends)
    stage = first_stage(local_day(at))
    made = Delivery.objects.bulk_create(
        Delivery(
            project=end.project, unit=units.get((end.project.edition_id, end.project.number)), stage=stage,
            ballot_grosze=end.cost_grosze, made_at=at,
        )
        for end in ends
    )  # fmt: skip
    DeliveryStep.objects.bulk_create(
        DeliveryStep(delivery=each, kind=Kind.OPENED, stage=stage, day=_day_of(each, at), happened_at=at, unit=each.unit)
        for each in made
    )
    DeliveryDay.objects.bulk_create(DeliveryDay(delivery=each, stage=stage, reached_on=_day_of(each, at)) for each in made)
    for each in made:
        if each.unit is not None:
            invite_entity(each, at)
            set_clocks(each, at)
    if made:
        record(
            deed="projects.open_deliveries", subject=made[0].project.edition,
            after={"projects": len(made), "with a unit": len([each for each in made if each.unit_id])},
        )  # fmt: skip
        bump_content_version()


def _day_of(delivery: Delivery, at: datetime) -> date:
    """The last day of the vote; results of earlier years are published long after it."""
    return delivery.project.edition.voting_ends or local_day(at)


def _leading_units(ends: list[ProjectResult]) -> dict[tuple[int, str], Unit]:
    """The unit that said in the assessment that it would carry the project out, by edition and number, while it still works."""
    editions, numbers = {end.project.edition_id for end in ends}, [end.project.number for end in ends]
    found = Opinion.objects.filter(
        is_leading=True, unit__in=Unit.objects.working(), application__edition__in=editions, application__number__in=numbers
    )
    return {
        (each.application.edition_id, each.application.number): each.unit for each in found.select_related("application", "unit")
    }


def _follow_result(delivery: Delivery, end: ProjectResult, result: PoolResult, at: datetime) -> None:
    """The row says what the newest result says; what is done stays done."""
    delivery = locked(delivery)
    ground = result.change.ground if result.change else ""
    if end.is_funded:
        if delivery.state == DeliveryState.DROPPED and delivery.drop_kind == DropKind.RESULT:
            delivery.ballot_grosze = end.cost_grosze
            _take_up(delivery, at, None, _("It won in the result counted again. %(ground)s") % {"ground": ground})
        return
    if delivery.state == DeliveryState.DONE:
        text = _("After a new count the project is not among the winners; it is built already. %(ground)s") % {"ground": ground}
        keep(delivery, "delivery_recounted", None, at, kind=Kind.RECOUNTED, text=text[:600])
    elif delivery.state != DeliveryState.DROPPED:
        outcome = end.get_outcome_display()
        text = _("After a new count: %(outcome)s. %(ground)s") % {"outcome": outcome, "ground": ground}
        put_away(delivery, at, None, DropKind.RESULT, text[:600].strip())


def put_away(delivery: Delivery, at: datetime, person: Any, kind: str, reason: str) -> None:
    """Drops it: for everybody, with its reason; its clocks and links end. Call it under the lock."""
    before = {"state": delivery.state}
    delivery.state, delivery.drop_kind, delivery.drop_reason = DeliveryState.DROPPED, kind, reason
    delivery.ended_at, delivery.ended_by, delivery.reported_at, delivery.reported_by = at, person, None, None
    keep(delivery, "drop_delivery", person, at, kind=Kind.DROPPED, text=reason, before=before, why=kind)
    close_links(delivery)
    set_clocks(delivery, at)


def _take_up(delivery: Delivery, at: datetime, person: Any, reason: str) -> None:
    delivery.state, delivery.drop_kind, delivery.drop_reason = DeliveryState.OPEN, "", ""
    delivery.ended_at, delivery.ended_by, delivery.finished_on = None, None, None
    before = {"state": DeliveryState.DROPPED.value}
    keep(
        delivery,
        "take_up_delivery",
        person,
        at,
        kind=Kind.BACK,
        text=reason[:600].strip(),
        before=before,
        money=zlotys(delivery.ballot_grosze),
    )
    invite_entity(delivery, at)
    set_clocks(delivery, at)


def bring_back(delivery: Delivery, at: datetime, person: Any, reason: str) -> None:
    """It is built after all. Call it under the lock."""
    _take_up(delivery, at, person, reason)


@transaction.atomic
def assign_unit(*, delivery: Delivery, unit: Unit, person: Any) -> Delivery:
    """Says which unit builds it; its entity gets the link, the earlier one's link opens nothing any more.

    Raises NotYours, DeliveryRefused.
    """
    delivery, at = begin(delivery, "assign", person)
    rules.check_state(delivery, DeliveryState.OPEN)
    if unit.closed_date is not None or unit.pk == delivery.unit_id:
        raise rules.DeliveryRefused(_("Choose another working unit."))
    before, delivery.unit = {"unit": delivery.unit_id}, unit
    keep(delivery, "assign_delivery", person, at, kind=Kind.UNIT, before=before, unit_now=unit.pk)
    close_links(delivery)
    invite_entity(delivery, at)
    set_clocks(delivery, at, is_reported=before["unit"] is not None)
    return delivery
