"""Appeals of authors to the President: in writing, in the term from the day of the list, decided with grounds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import queries, rules
from ratusz.participation.projects.actions.checking import note_estimate_of_author
from ratusz.participation.projects.actions.drafts import locked
from ratusz.participation.projects.actions.steps import take_step, write_to_author
from ratusz.participation.projects.actions.supporting import end_supporting
from ratusz.participation.projects.models import Appeal, Application, Stage, State
from ratusz.participation.projects.settings import setting


@transaction.atomic
def enter_appeal(*, application: Application, reasons: str, filed_at: datetime, person: Any) -> Appeal:
    """Enters a written appeal by the moment it came; a late one is said to be late. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    rules.check_may(person, "enter", application, now)
    rules.check_state(application, *rules.AGAINST)
    stage, _next = rules.AGAINST[State(application.state)]
    if application.appeals.filter(stage=stage).exists():
        raise rules.ApplicationRefused(_("There is an appeal against this check already."))
    if filed_at > now:
        raise rules.ApplicationRefused(_("This moment is still ahead. Write when the appeal reached the Office."))
    published = queries.list_with(application, stage)
    if published is None:
        raise rules.ApplicationRefused(_("The list with this refusal is not published yet: the term has not begun."))
    if not reasons.strip():
        raise rules.ApplicationRefused(_("Write what the author says."))
    end = rules.end_of_appeals(published.published_at, setting(application.edition, "appeal_working_days"))
    appeal = Appeal.objects.create(
        application=application, stage=stage, filed_at=filed_at, is_late=filed_at >= end, reasons=reasons.strip(), entered_by=person
    )
    start_clock(
        rule="project.appeal", subject=f"projects.appeal:{appeal.pk}", label=application.number, unit=Unit.objects.the_department(),
        url=reverse("projects_project", args=[application.pk]), started_at=filed_at,
    )  # fmt: skip
    record(deed="projects.enter_appeal", subject=appeal, after={"stage": stage, "late": appeal.is_late}, actor=person)
    return appeal


@transaction.atomic
def decide_appeal(*, appeal: Appeal, is_upheld: bool, grounds: str, person: Any) -> Appeal:
    """Enters the President's decision; an upheld appeal brings the project back. Raises NotYours, ApplicationRefused."""
    application = locked(appeal.application)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    now = database_now()
    rules.check_may(person, "decide", application, now)
    if appeal.decided_at:
        raise rules.ApplicationRefused(_("This appeal is decided already."))
    if not grounds.strip():
        raise rules.ApplicationRefused(_("Write the grounds of the decision."))
    stage, back = rules.AGAINST[State(application.state)]
    if is_upheld and stage == Stage.SUBSTANTIVE:
        leading = application.opinions.filter(is_leading=True).first()
        if leading is None or leading.cost_grosze is None:
            raise rules.ApplicationRefused(_("No unit gave the cost of this project yet, so it cannot go on the ballot."))
        application.checked_grosze, application.checked_running_grosze = leading.cost_grosze, leading.running_grosze
    if is_upheld and stage == Stage.FORMAL:
        note_estimate_of_author(application)
    appeal.is_upheld, appeal.grounds, appeal.decided_at, appeal.decided_by = is_upheld, grounds.strip(), now, person
    appeal.save()
    words = _("The appeal was upheld: %(grounds)s") if is_upheld else _("The appeal was dismissed: %(grounds)s")
    words %= {"grounds": appeal.grounds}
    take_step(application, back if is_upheld else application.state, deed="projects.decide_appeal", reason=words, person=person)
    write_to_author(application, "appeal", {"appeal": appeal}, dedup=f"appeal:{appeal.pk}")
    stop_clock(rule="project.appeal", subject=f"projects.appeal:{appeal.pk}", event="decided", at=now)
    if stage == Stage.FORMAL:
        # What an appeal may be about is kept until it is decided, and its days run from then.
        end_supporting(application)
    return appeal
