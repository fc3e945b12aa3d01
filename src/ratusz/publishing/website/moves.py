"""What the portal asks of a person at the desk: texts that came back, texts handed in that wait for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from ratusz.foundation.kit.registries import Move
from ratusz.foundation.units.rules import holds_department_role

from .models import StoppedPublication
from .page_writers import writers_of

READERS_OF_ALL = ("editor", "head", "deputy_head")


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """The person's own texts that came back, publications that were stopped, then texts that wait for their approval."""
    yield from _sent_back(person)
    yield from _stopped(person, at)
    yield from _to_approve(person)


def _sent_back(person: Any) -> Iterator[Move]:
    """What the person handed in and got back to mend."""
    asked = WorkflowState.objects.filter(requested_by=person.pk, status=WorkflowState.STATUS_NEEDS_CHANGES)
    states = list(asked.select_related("current_task_state").order_by("created_at"))
    pages = Page.objects.in_bulk([state.object_id for state in states])
    for state in states:
        page = pages.get(int(state.object_id))
        if page is not None:
            what = _("Mend and hand in again: %(title)s") % {"title": page.get_admin_display_title()}
            since = state.current_task_state and state.current_task_state.finished_at
            yield Move(what, reverse("wagtailadmin_pages:edit", args=[page.pk]), since=since, kind="website")


def _stopped(person: Any, at: datetime) -> Iterator[Move]:
    """Pages that were to go out by themselves and lack something: to the editors all, to others what they wrote."""
    stopped = StoppedPublication.objects.select_related("page").order_by("stopped_at")
    if not holds_department_role(person, *READERS_OF_ALL, at=at):
        stopped = stopped.filter(revision__user=person.pk)
    for each in stopped:
        what = _("Not published at its time; add what is missing: %(title)s") % {"title": each.page.get_admin_display_title()}
        yield Move(what, reverse("wagtailadmin_pages:edit", args=[each.page_id]), since=each.stopped_at, kind="website")


def _to_approve(person: Any) -> Iterator[Move]:
    states = list(TaskState.objects.reviewable_by(person).select_related("workflow_state").order_by("started_at"))
    pages = Page.objects.in_bulk([state.workflow_state.object_id for state in states])
    written = writers_of({page.pk: page.latest_revision_id for page in pages.values() if page.latest_revision_id})
    for state in states:
        page = pages.get(int(state.workflow_state.object_id))
        # Whoever wrote a part of it is no second pair of eyes.
        if page is not None and person.pk not in written.get(page.pk, ()):
            what = _("Read and approve: %(title)s") % {"title": page.get_admin_display_title()}
            yield Move(what, reverse("wagtailadmin_pages:edit", args=[page.pk]), since=state.started_at, kind="website")
