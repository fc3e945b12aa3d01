"""Words of a building on screens and in letters: state, stage, days, money, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.participation.projects.delivery.pack import stage_words, stages_on
from ratusz.participation.projects.delivery.rules import is_late
from ratusz.participation.projects.models import DayMove, Delivery, DeliveryDay, DeliveryState, DeliveryStep
from ratusz.ui.parts import Fact
from ratusz.ui.parts import Stage as LineStage


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def projects(count: int) -> str:
    """ "12 projektów"."""
    return ngettext("%(count)s project", "%(count)s projects", count) % {"count": grouped(count)}


def public_state(delivery: Delivery) -> str:
    """ "w budowie", "gotowe", "porzucony": what everybody reads. A report that waits is still under way for them."""
    if delivery.state == DeliveryState.DROPPED:
        return str(DeliveryState.DROPPED.label)
    return stage_words(delivery.stage)


def tone(delivery: Delivery, at: datetime, next_on: date | None) -> str:
    """How its tag looks."""
    if delivery.state == DeliveryState.DONE:
        return "strong"
    return "marker" if is_late(next_on, delivery.state, at) or delivery.state == DeliveryState.DROPPED else ""


def late_words(delivery: Delivery, at: datetime, next_on: date | None) -> str:
    """ "12 dni po planowanym dniu"; "" when it is not late."""
    if next_on is None or not is_late(next_on, delivery.state, at):
        return ""
    days = (local_day(at) - next_on).days
    return ngettext("%(days)s day past the planned one", "%(days)s days past the planned one", days) % {"days": days}


def due_words(delivery: Delivery, due_on: date | None) -> str:
    """When it is to be done, or was."""
    if delivery.state == DeliveryState.DONE and delivery.finished_on:
        return _("done on %(day)s") % {"day": polish_date(delivery.finished_on)}
    if delivery.state == DeliveryState.DROPPED:
        return ""
    return _("planned for %(day)s") % {"day": polish_date(due_on)} if due_on else _("the unit has not planned it yet")


def told(step: DeliveryStep) -> str:
    """A step as a sentence for followers and the course."""
    kind = DeliveryStep.Kind
    words = capital(str(kind(step.kind).label))
    if step.kind == kind.STAGE:
        words = _("New stage: %(stage)s") % {"stage": stage_words(step.stage)}
    elif step.kind == kind.UNIT and step.unit:
        words = _("In charge: %(unit)s") % {"unit": step.unit.name}
    return f"{words}. {step.text}" if step.text else f"{words}."


def course(steps: Sequence[DeliveryStep]) -> list[tuple[str, str]]:
    """Steps as (day, words), the newest first."""
    return [(polish_date(step.day), told(step)) for step in reversed(steps)]


def line(delivery: Delivery, days: Sequence[DeliveryDay], at: datetime) -> list[LineStage]:
    """The stages in order with their days; those of another catalogue that it went through stand where they were."""
    known = {each.stage: each for each in days}
    codes = [each.code for each in stages_on(local_day(at))]
    place = codes.index(delivery.stage) if delivery.stage in codes else -1
    if delivery.state == DeliveryState.DONE:
        place = len(codes)
    shown = []
    for number, code in enumerate(codes):
        day = known.get(code)
        is_now = number == place and delivery.state != DeliveryState.DROPPED
        when = "now" if is_now else "past" if number < place else "ahead"
        shown.append(LineStage(capital(stage_words(code)), _day_words(day, when), when))
    return shown


def _day_words(day: DeliveryDay | None, when: str) -> str:
    if day is not None and day.reached_on and when != "ahead":
        words = polish_date(day.reached_on)
        if day.planned_on in (None, day.reached_on):
            return words
        return _("%(day)s, planned %(planned)s") % {"day": words, "planned": polish_date(day.planned_on)}
    if day is not None and day.planned_on:
        return _("planned %(day)s") % {"day": polish_date(day.planned_on)}
    return _("passed by or without a day") if when == "past" else ""


def moves(rows: Sequence[DayMove]) -> list[str]:
    """Every move of a day with its reason."""
    words = _("%(stage)s: from %(was)s to %(now)s. %(reason)s")
    return [
        words
        % {
            "stage": capital(stage_words(each.stage)), "was": polish_date(each.was_on), "now": polish_date(each.now_on),
            "reason": each.reason,
        }
        for each in rows
    ]  # fmt: skip


def money_facts(delivery: Delivery) -> list[Fact]:
    """Cost on the ballot, contract, spent, why they differ."""
    facts = [Fact(_("Cost on the ballot"), zlotys(delivery.ballot_grosze))]
    if delivery.contract_grosze is not None:
        facts.append(Fact(_("Contract"), zlotys(delivery.contract_grosze)))
    if delivery.spent_grosze is not None:
        label = _("Spent") if delivery.state == DeliveryState.DONE else _("Spent so far")
        facts.append(Fact(label, zlotys(delivery.spent_grosze)))
    if delivery.money_note:
        facts.append(Fact(_("Why the amounts differ"), delivery.money_note))
    return facts
