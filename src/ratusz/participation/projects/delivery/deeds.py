"""Deeds on a building as its pages offer them: the form, the action, the words; to staff by role, to an entity by its link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery import forms, rules
from ratusz.participation.projects.models import Delivery, DeliveryState, DropKind

OPEN, REPORTED, DONE, DROPPED = DeliveryState.OPEN, DeliveryState.REPORTED, DeliveryState.DONE, DeliveryState.DROPPED


@dataclass(frozen=True)
class Deed:
    """One deed. `right`: what rules ask for; `photos`: whether it brings photos along."""

    code: str
    right: str
    states: tuple[str, ...]
    title: Any
    label: Any
    form: Callable[..., Any]
    action: Callable[..., Any]
    photos: bool = False
    about: Any = ""


DEEDS = (
    Deed("confirm", "confirm", (REPORTED,), _("Confirm that it is done"), _("Confirm"), forms.BareForm, actions.confirm_done,
         about=_("Look at the photos and the amounts first. Whoever reported it does not confirm it.")),
    Deed("send_back", "send_back", (REPORTED,), _("Send the report back to the unit"), _("Send back"),
         partial(forms.WordsForm, name="note", label=_("What is missing; the unit alone reads it")), actions.send_back),
    Deed("assign", "assign", (OPEN,), _("Name the unit in charge"), _("Keep"), forms.UnitForm, actions.assign_unit,
         about=_("A city's entity or company with an e-mail address gets a link at once; its people need no account.")),
    Deed("report", "report", (OPEN,), _("Report"), _("Send the report"), forms.StageReportForm, actions.report, photos=True),
    Deed("plan", "plan", (OPEN,), _("Plan or move the days"), _("Keep the plan"), forms.PlanForm, actions.plan_days),
    Deed("explain", "explain", (OPEN,), _("Explain the delay"), _("Send the explanation"),
         partial(forms.WordsForm, name="text", label=_("Why it is late, in words for everybody")), actions.explain_delay),
    Deed("money", "money", (OPEN,), _("Write down the amounts"), _("Keep the amounts"), forms.MoneyForm, actions.write_money),
    Deed("done", "report", (OPEN,), _("Report that it is done"), _("Report as done"), forms.DoneForm, actions.report_done,
         photos=True, about=_("With a photo. Somebody else confirms it, then everybody reads that it is done.")),
    Deed("photos", "report", (DONE,), _("Add photos of what is done"), _("Add the photos"), forms.BareForm, actions.add_photos,
         photos=True, about=_("For example a year later, when people use it.")),
    Deed("send_link", "send_link", (OPEN,), _("Send the link to the entity anew"), _("Send the link"), forms.BareForm,
         actions.send_link, about=_("The earlier link opens nothing any more.")),
    Deed("drop", "drop", (OPEN, REPORTED), _("It will not be built"), _("Drop it"),
         partial(forms.WordsForm, name="reason", label=_("Why, in words for everybody: the decision, its day and number")),
         actions.drop),
    Deed("take_up", "take_up", (DROPPED,), _("It is built after all"), _("Take it up"),
         partial(forms.WordsForm, name="reason", label=_("Why, in words for everybody")), actions.take_up),
)  # fmt: skip


def offered(delivery: Delivery, at: datetime, may: Callable[[str], bool]) -> list[Deed]:
    """What may be done now, in the order of the page."""
    return [deed for deed in DEEDS if delivery.state in deed.states and may(deed.right) and _makes_sense(deed, delivery, at)]


def _makes_sense(deed: Deed, delivery: Delivery, at: datetime) -> bool:
    if deed.code == "explain":
        return rules.is_late(delivery.next_on, delivery.state, at)
    if deed.code == "send_link":
        unit = delivery.unit
        return unit is not None and unit.kind in actions.links.OUTSIDE and bool(unit.email)
    if deed.code == "take_up":
        return delivery.drop_kind == DropKind.DECISION
    return deed.code == "assign" or delivery.unit is not None or deed.right not in rules.OF_UNIT


def drawn(
    deeds: Iterable[Deed], delivery: Delivery, at: datetime, typed: tuple[str, Any, Any] | None = None
) -> list[dict[str, Any]]:
    """The forms of the deeds; of the one that was refused the form as it was typed: (code, form, photos)."""
    code, form, photos = typed or ("", None, None)
    return [
        {
            "deed": deed, "is_open": deed.code == code,
            "form": form if deed.code == code else deed.form(None, delivery=delivery, at=at, prefix=deed.code),
            "photos": (photos if deed.code == code else forms.photo_forms(deed.code)) if deed.photos else None,
        }
        for deed in deeds
    ]  # fmt: skip


def read(deed: Deed, delivery: Delivery, at: datetime, post: Any, files: Any) -> tuple[Any, Any]:
    """The form and the photos as sent."""
    form = deed.form(post, delivery=delivery, at=at, prefix=deed.code)
    return form, forms.photo_forms(deed.code, post, files) if deed.photos else None


def facts_of(form: Any, photos: Any) -> dict[str, Any]:
    """As the action takes them."""
    return form.facts() | ({"photos": photos.facts()} if photos is not None else {})
