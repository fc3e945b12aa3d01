"""A consultation ends: its report clock runs, it is cancelled with a reason, closed by its report, and archived."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.documents.actions import close_case
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_until
from ratusz.foundation.notifications.actions import send
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.participation.consultations import registries, rules
from ratusz.participation.consultations.actions.notices import put_up_own_notice
from ratusz.participation.consultations.actions.steps import KEY, begin, noted, show
from ratusz.participation.consultations.models import Consultation, Notice
from ratusz.participation.consultations.modes.content import rules_from

REPORT_CLOCK = "consultation.report"
TERM = "consultations.report_term"


@transaction.atomic
def cancel_consultation(*, consultation: Consultation, reason: str, person: Any) -> Consultation:
    """Cancels after the launch with a public reason and a notice; a formal one still owes its report. Raises NotYours, Refused."""
    fresh, at = begin(consultation, "cancel", person)
    if fresh.cancelled_at is not None:
        return fresh
    rules.check_cancelling(fresh, reason, local_day(at))
    fresh.cancelled_at, fresh.cancel_reason = at, reason.strip()
    fresh.save(update_fields=["cancelled_at", "cancel_reason"])
    if fresh.is_formal:
        put_up_own_notice(fresh, at, person, Notice.Occasion.CANCELLING)
        _start_clocks(fresh)
    noted("cancel", fresh, person, reason=fresh.cancel_reason)
    registries.tell(fresh, "cancelled")
    show(fresh, at, _("The consultation is cancelled. %(reason)s") % {"reason": fresh.cancel_reason})
    return fresh


@transaction.atomic
def archive_consultation(*, consultation: Consultation, person: Any) -> Consultation:
    """Closes it for good: its report is out, or the informal talk is over. Raises NotYours, ConsultationRefused."""
    fresh, at = begin(consultation, "archive", person)
    if fresh.archived_at is not None:
        return fresh
    rules.check_archiving(fresh, local_day(at))
    fresh.archived_at = at
    fresh.save(update_fields=["archived_at"])
    if fresh.is_formal:
        close_case(subject=fresh.key, person=person)
    noted("archive", fresh, person, archived_at=at)
    show(fresh, at)
    return fresh


def start_report_clocks() -> int:
    """Starts the clocks of reports of what has ended; run often, it misses nothing, and a clock that runs is left as it is."""
    day = local_day(database_now())
    running = (
        Clock.objects.running().filter(rule_code=REPORT_CLOCK, subject__startswith=f"{KEY}:").values_list("subject", flat=True)
    )
    have = set(running)
    rows = Consultation.objects.owing_a_report(day).select_related("owner_unit", "owner_person")
    waiting = [each for each in rows if each.key not in have and each.closed_day]
    for each in waiting:
        with transaction.atomic():
            _start_clocks(each)
    return len(waiting)


def _start_clocks(consultation: Consultation) -> None:
    """Every closing document with a clock has its own, counted from the last day on which people took part."""
    closed = consultation.closed_day
    assert closed is not None
    # Noon of the last day: that day is not counted, whatever the change of clocks does at night.
    started = datetime.combine(closed, time(12), tzinfo=get_default_timezone())
    url = f"/admin/konsultacje/{consultation.pk}/"
    for closing in rules_from(consultation.rules).closings:
        if closing.clock:
            start_clock(
                rule=closing.clock, subject=consultation.key, label=consultation.title, url=url,
                unit=consultation.owner_unit, person=consultation.owner_person, started_at=started,
            )  # fmt: skip


def hear_report(consultation: Consultation, event: str) -> None:
    """For the registry of changes: a published report stops the clocks it meets."""
    if event != "reported":
        return
    for closing in rules_from(consultation.rules).closings:
        if closing.clock:
            stop_clock(rule=closing.clock, subject=consultation.key, event="published")


def write_to_heads(clock: Clock, step: str) -> None:
    """For the registry of clocks: on days 20, 25 and 30 the heads of the department are written to beside whoever answers."""
    if clock.rule_code != REPORT_CLOCK or step == "overdue" or clock.due_at is None:
        return
    now, unit = database_now(), Unit.objects.the_department()
    heads = Appointment.objects.in_force(now).filter(unit=unit, role__code__in=rules.HEADS).values("person") if unit else []
    button = (_("Open the consultation"), settings.PUBLIC_ADDRESS.rstrip("/") + clock.url)
    context = {"clock": clock, "until": polish_until(clock.due_at)}
    for person in User.objects.filter(pk__in=heads, is_active=True, is_staff=True).exclude(pk=clock.person_id).order_by("pk"):
        key = f"{TERM}:{clock.pk}:{step}:{clock.due_at:%Y%m%d}:{person.pk}"
        try:
            send(to=person, purpose=TERM, dedup_key=key, template="consultations/mail/report_term", context=context, button=button)
        except NotDeliverable:
            continue
