"""Opinions of councils and organisations: asked with a clock, answered, or waived by silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations import rules
from ratusz.participation.consultations.actions.steps import begin, noted, show
from ratusz.participation.consultations.models import Consultation, Opinion
from ratusz.participation.consultations.modes import terms

CLOCK, PURPOSE = "consultation.opinion", "consultations.opinion"


@transaction.atomic
def ask_opinion(
    *, consultation: Consultation, body_kind: str, body: str, person: Any, days: int | None = None, asked_on: date | None = None,
    district: District | None = None, letter_number: str = "",
) -> Opinion:  # fmt: skip
    """Asks a body; its clock runs. `days`: those of the pack where not given; the day of the question does not count.

    Raises NotYours, ConsultationRefused, also for a body that is asked already.
    """
    fresh, at = begin(consultation, "plan" if consultation.announced_at is None else "launch", person)
    rules.check_not_over(fresh)
    today = local_day(at)
    asked, bodies = asked_on or today, terms.bodies_on(today)
    if body_kind not in bodies:
        raise rules.ConsultationRefused(_("Choose the kind of body from the list."))
    if asked > today:
        raise rules.ConsultationRefused(_("The question bears a day that is still to come."))
    due = asked + timedelta(days=bodies[body_kind]["days"] if days is None else days)
    facts = {"body_kind": body_kind, "body": body.strip(), "district": district, "asked_on": asked, "due_on": due}
    try:
        with transaction.atomic():
            made = Opinion.objects.create(consultation=fresh, letter_number=letter_number, asked_by=person, **facts)
    except IntegrityError as problem:
        raise rules.ConsultationRefused(_("This body is asked already.")) from problem
    noted("ask_opinion", made, person, body=made.body, due_on=due)
    label, url = f"{made.body}: {fresh.title}", f"/admin/konsultacje/{fresh.pk}/"
    start_clock(
        rule=CLOCK, subject=made.key, label=label, url=url, unit=fresh.owner_unit, person=fresh.owner_person, due_at=end_of_day(due)
    )  # fmt: skip
    show(fresh, at)
    return made


@transaction.atomic
def record_answer(
    *, opinion: Opinion, answered_on: date, stance: str, text: str, person: Any, answer_number: str = "", scan: Any = None
) -> Opinion:
    """Writes down what the body said, late or not. Raises NotYours, ConsultationRefused, files' FileRefused."""
    consultation, at = begin(opinion.consultation, "launch", person)
    fresh = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    rules.check_answer(fresh, answered_on, stance, local_day(at))
    fresh.answered_on, fresh.stance, fresh.text, fresh.answer_number = answered_on, stance, text.strip(), answer_number.strip()
    if scan is not None:
        fresh.file = accept_upload(
            upload=scan, name=getattr(scan, "name", "opinia"), purpose=PURPOSE, uploaded_by=person, subject=consultation.key
        )
    fresh.save()
    noted("record_answer", fresh, person, stance=stance, answered_on=answered_on)
    stop_clock(rule=CLOCK, subject=fresh.key, event="given")
    show(consultation, at)
    return fresh


@transaction.atomic
def take_back_question(*, opinion: Opinion, person: Any) -> Opinion:
    """The question was a mistake; the body may be asked again. Raises NotYours, ConsultationRefused."""
    consultation, at = begin(opinion.consultation, "launch", person)
    fresh = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if fresh.answered_on is not None:
        raise rules.ConsultationRefused(_("The body has answered. The answer stays in the report."))
    fresh.taken_back_at = at
    fresh.save(update_fields=["taken_back_at"])
    noted("take_back_question", fresh, person)
    stop_clock(rule=CLOCK, subject=fresh.key, event="taken_back")
    show(consultation, at)
    return fresh


def close_silent_opinions() -> int:
    """Stops the clocks of bodies whose time is over without a word: their silence counts as no remarks. Nothing else changes."""
    day = local_day(database_now())
    running = set(Clock.objects.running().filter(rule_code=CLOCK).values_list("subject", flat=True))
    silent = [each for each in Opinion.objects.filter(due_on__lt=day, answered_on=None, taken_back_at=None) if each.key in running]
    for each in silent:
        with transaction.atomic():
            stop_clock(rule=CLOCK, subject=each.key, event="silence")
            noted("waive_opinion", each, None, due_on=each.due_on)
    return len(silent)
