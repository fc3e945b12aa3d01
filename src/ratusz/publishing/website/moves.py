"""What the portal asks of a person at the desk: texts handed in that wait for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from ratusz.foundation.kit.registries import Move


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """One move a page that waits for this person's approval, the longest waiting first."""
    states = list(TaskState.objects.reviewable_by(person).select_related("workflow_state").order_by("started_at"))
    pages = Page.objects.in_bulk([state.workflow_state.object_id for state in states])
    for state in states:
        page = pages.get(int(state.workflow_state.object_id))
        if page is not None:
            what = _("Read and approve: %(title)s") % {"title": page.get_admin_display_title()}
            yield Move(what, reverse("wagtailadmin_pages:edit", args=[page.pk]), since=state.started_at, kind="website")
