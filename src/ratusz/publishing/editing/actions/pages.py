"""A page of Wagtail's editor that nobody else has read: somebody is asked to, or it goes out alone for a recorded reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import clocks, rules
from ratusz.publishing.editing.models import LonePublication
from ratusz.publishing.editing.page_eyes import unread_by_others


@transaction.atomic
def ask_for_second_pair(*, page: Page, person: Any) -> WorkflowState:
    """The saved draft waits for somebody else of the department, on whose desk it stands. Raises NotNow, PermissionDenied."""
    page = _locked(page, person)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise rules.NotNow(_("This page waits for a second pair of eyes already."))
    workflow = page.get_workflow()
    if workflow is None:
        raise rules.NotNow(_("Nobody approves pages in this part of the portal. Ask somebody of the department yourself."))
    if state is not None:
        state.resume(person)
    else:
        state = workflow.start(page, person)
    record(deed="editing.ask_for_second_pair", subject=page, after={"revision": page.latest_revision_id}, actor=person)
    return state


@transaction.atomic
def publish_page_alone(*, page: Page, seen_revision: int, reason: str, person: Any) -> LonePublication:
    """Publishes the saved draft, or lets it out at its moment, without a second pair of eyes; somebody else reads it the next day.

    Raises NotNow, PermissionDenied, GatesShut for what stops it besides.
    """
    page = _locked(page, person)
    now, revision = database_now(), page.latest_revision
    if not rules.may_publish_alone(person, now):
        raise PermissionDenied
    if revision is None or revision.pk != seen_revision:
        raise rules.NotNow(_("The page was changed meanwhile. Look at it once more."))
    if unread_by_others(revision, person.pk) is None:
        raise rules.NotNow(_("This page needs no second pair of eyes any more. Publish it in the editor."))
    if not reason.strip():
        raise rules.NotNow(_("Write why it cannot wait for a second pair of eyes."))
    lone = LonePublication.objects.create(
        page=page,
        title=revision.as_object().title,
        version=revision.pk,
        reason=reason.strip(),
        published_by=person,
        published_at=now,
    )
    page.specific.publish(revision, user=person)
    record(deed="editing.publish_page_alone", subject=lone, after={"revision": revision.pk, "reason": reason.strip()}, actor=person)
    clocks.start_review(lone)
    return lone


def _locked(page: Page, person: Any) -> Page:
    """The row as it is now, for those of the department who may publish it."""
    page = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    is_theirs = rules.is_department(person, database_now()) and page.permissions_for_user(person).can_publish()
    if not is_theirs:
        raise PermissionDenied
    return page
