"""The end: reported as done by the unit and confirmed by somebody else, or dropped with a reason everybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.actions.delivery.links import close_links
from ratusz.participation.projects.actions.delivery.opening import bring_back, put_away
from ratusz.participation.projects.actions.delivery.photos import PhotoFacts, take_photos
from ratusz.participation.projects.actions.delivery.planning import money_of
from ratusz.participation.projects.actions.delivery.reporting import reach
from ratusz.participation.projects.actions.delivery.steps import begin, keep, set_clocks
from ratusz.participation.projects.delivery import queries, rules
from ratusz.participation.projects.delivery.pack import last_stage
from ratusz.participation.projects.models import Delivery, DeliveryState, DeliveryStep, DropKind


@transaction.atomic
def report_done(
    *, delivery: Delivery, day: date, text: str, spent_grosze: int, note: str = "", photos: Sequence[PhotoFacts] = (),
    person: Any = None, by_unit: Unit | None = None,
) -> Delivery:  # fmt: skip
    """The unit says that it is done: since when, what people have, what it cost, with a photo. Somebody else confirms it.

    Raises NotYours, DeliveryRefused, files' FileRefused.
    """
    delivery, at = begin(delivery, "report", person, by_unit)
    rules.check_state(delivery, DeliveryState.OPEN)
    if delivery.unit is None:
        raise rules.DeliveryRefused(_("Say first which unit built it."))
    text, note = rules.check_words(text, at), rules.check_words(note, at, needed=False) or delivery.money_note
    rules.check_reached(day, at)
    rules.check_money(delivery.ballot_grosze, delivery.contract_grosze, spent_grosze, note, is_end=True)
    take_photos(delivery, photos, at, person, by_unit)
    if not delivery.photos.exists():
        raise rules.DeliveryRefused(_("Add a photo of what is done: people want to see it."))
    before = {"state": delivery.state, **money_of(delivery)}
    delivery.state, delivery.finished_on, delivery.spent_grosze, delivery.money_note = (
        DeliveryState.REPORTED,
        day,
        spent_grosze,
        note,
    )
    delivery.reported_at, delivery.reported_by = at, person
    keep(
        delivery, "report_delivery_done", person, at, kind=DeliveryStep.Kind.REPORTED, day=day, text=text, before=before,
        **money_of(delivery),
    )  # fmt: skip
    set_clocks(delivery, at, is_reported=True)
    return delivery


@transaction.atomic
def confirm_done(*, delivery: Delivery, person: Any) -> Delivery:
    """Somebody else saw it: it is done for everybody. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "confirm", person)
    rules.check_state(delivery, DeliveryState.REPORTED)
    rules.check_second_person(delivery, person)
    assert delivery.finished_on is not None and delivery.reported_at is not None
    said = delivery.steps.filter(kind=DeliveryStep.Kind.REPORTED).order_by("-pk").first()
    delivery.state, delivery.stage, delivery.explanation = DeliveryState.DONE, last_stage(local_day(at)), ""
    delivery.ended_at, delivery.ended_by = at, person
    reach(delivery, delivery.stage, delivery.finished_on)
    # What the report showed is the finished work, and says so from now on.
    delivery.photos.filter(added_at=delivery.reported_at).update(stage=delivery.stage)
    text = said.text if said else ""
    keep(
        delivery, "confirm_delivery", person, at, kind=DeliveryStep.Kind.DONE, day=delivery.finished_on, text=text,
        before={"state": DeliveryState.REPORTED.value},
    )  # fmt: skip
    close_links(delivery)
    set_clocks(delivery, at)
    return delivery


@transaction.atomic
def send_back(*, delivery: Delivery, note: str, person: Any) -> Delivery:
    """The report goes back to the unit with a note, which everybody does not read. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "send_back", person)
    rules.check_state(delivery, DeliveryState.REPORTED)
    note = note.strip()[:600]
    if not note:
        raise rules.DeliveryRefused(_("Write to the unit what is missing."))
    delivery.state, delivery.finished_on, delivery.reported_at, delivery.reported_by = DeliveryState.OPEN, None, None, None
    keep(
        delivery, "send_delivery_back", person, at, kind=DeliveryStep.Kind.SENT_BACK, text=note,
        before={"state": DeliveryState.REPORTED.value},
    )  # fmt: skip
    set_clocks(delivery, at)
    return delivery


@transaction.atomic
def drop(*, delivery: Delivery, reason: str, person: Any) -> Delivery:
    """It will not be built: the reason stands on its page for good. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "drop", person)
    rules.check_state(delivery, DeliveryState.OPEN, DeliveryState.REPORTED)
    reason = rules.check_words(reason, at)
    delivery.finished_on = None
    put_away(delivery, at, person, DropKind.DECISION, reason)
    return delivery


@transaction.atomic
def take_up(*, delivery: Delivery, reason: str, person: Any) -> Delivery:
    """What was dropped by a decision is built after all. Raises NotYours, DeliveryRefused."""
    delivery, at = begin(delivery, "take_up", person)
    rules.check_state(delivery, DeliveryState.DROPPED)
    # A new count may have come after the decision: what no result funds any more is not built by a decision either.
    is_funded = queries.funded(delivery.project.edition).filter(project=delivery.project_id).exists()
    if delivery.drop_kind == DropKind.RESULT or not is_funded:
        raise rules.DeliveryRefused(_("It fell out of the result. Only a new count of the votes brings it back."))
    bring_back(delivery, at, person, rules.check_words(reason, at))
    return delivery
