"""Projects that wait for a person: the formal checks in their queue, refusals another one has to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.registries import Move
from ratusz.foundation.units.models import Appointment
from ratusz.participation.budget.models import Stage, StageCode
from ratusz.participation.projects import rules, standing_in
from ratusz.participation.projects.models import Appeal, Application, Call, Opinion, State

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """What the person does next with projects."""
    if not rules.may(person, "see", None, at):
        return
    units = Appointment.objects.in_force(at).filter(person=person, role__code="unit_verifier").values("unit")
    theirs = Q(unit__in=units) | Q(unit__in=standing_in.units(person, at))
    asked = Opinion.objects.filter(theirs, given_at=None, application__state=State.FORMAL_YES)
    asked = asked.select_related("application", "unit")
    for opinion in asked.order_by("due_at")[:MOST]:
        if rules.may_give_opinion(person, opinion, at):
            yield _move(_("Give the opinion of your unit: %(project)s"), opinion.application, opinion.due_at)
    waiting = Application.objects.filter(state=State.SUBMITTED).select_related("check_of")
    mine = waiting.filter(standing_in.in_queue(person, at), check_of__proposed_by=None)
    for each in mine.order_by("submitted_at")[:MOST]:
        yield _move(_("Check formally: %(project)s"), each)
    if rules.may(person, "decide", None, at):
        for each in waiting.filter(check_of__proposed_by__isnull=False).exclude(check_of__proposed_by=person.pk)[:MOST]:
            yield _move(_("Approve the refusal: %(project)s"), each)
        yield from _decisions()
        yield from _ballots(at)
    if rules.may(person, "call", None, at):
        for call in Call.objects.filter(answered_at=None, closed_at=None, due_at__lte=at).select_related("application")[:MOST]:
            yield _move(_("The term passed, go on without an answer: %(project)s"), call.application)


def _ballots(at: datetime) -> Iterator[Move]:
    """Accepted projects that are not on the ballot while its list is being made."""
    ready = Application.objects.filter(state=State.POSITIVE, edition__ballot_frozen_at=None)
    making = Stage.objects.filter(code=StageCode.BALLOT_LIST, starts_at__lte=at, edition__in=ready.values("edition"))
    for stage in making.select_related("edition"):
        words = _("Put accepted projects on the ballot: %(edition)s") % {"edition": stage.edition}
        address = reverse("projects_ballot", args=[stage.edition_id])
        yield Move(words, address, due_at=stage.closes_at, since=stage.starts_at, kind="projects")


def _decisions() -> Iterator[Move]:
    passed = Application.objects.filter(state=State.FORMAL_YES)
    for each in passed.exclude(opinions__is_leading=True).order_by("submitted_at")[:MOST]:
        yield _move(_("Ask the units: %(project)s"), each)
    told = passed.filter(opinions__is_leading=True).exclude(opinions__given_at=None)
    for each in told.order_by("submitted_at")[:MOST]:
        yield _move(_("Close the assessment: %(project)s"), each)
    for appeal in Appeal.objects.filter(decided_at=None).select_related("application").order_by("filed_at")[:MOST]:
        yield _move(_("Enter the decision on the appeal: %(project)s"), appeal.application)


def _move(words: str, application: Application, due_at: datetime | None = None) -> Move:
    address = reverse("projects_project", args=[application.pk])
    return Move(words % {"project": str(application)}, address, due_at=due_at, since=application.submitted_at, kind="projects")
